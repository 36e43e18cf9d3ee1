"""The wall in use: the code in large, a screen that stays on, a server that is gone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LOCK = "if (navigator.wakeLock) navigator.wakeLock.request = async () => {answer};"
REFUSED = LOCK.replace("{answer}", 'Promise.reject(new DOMException("no", "NotAllowedError"))')
ON_TOP = """() => [[0.5, 0.5], [0.02, 0.05], [0.98, 0.95]].every(([x, y]) =>
  document.elementFromPoint(innerWidth * x, innerHeight * y)?.closest("#wall-big-code"))"""
HELD = LOCK.replace("{answer}", "Object.assign(new EventTarget(), { released: false })")


def test_the_code_in_large_over_any_scene_and_a_screen_that_stays_on(facilitator, opened, axe):
    wall, other = opened(1280, 720), opened(1024, 768)
    wall.add_init_script(HELD)
    other.add_init_script(REFUSED)
    facilitator.project(other)
    expect(other.get_by_text("Ce navigateur ne garde pas l’écran allumé")).to_be_visible()
    facilitator.project(wall)
    expect(wall.locator("body")).to_have_attribute("data-awake", "held")
    expect(wall.get_by_text("Ce navigateur ne garde pas l’écran allumé")).to_be_hidden()

    code = wall.locator("#wall-big-code")
    facilitator.press("QR en grand")
    expect(code.locator(".qr")).to_be_visible()
    is_above_any_scene(facilitator, wall)
    wall.wait_for_function(
        "height => document.querySelector('#wall-big-code .qr')?.clientHeight >= height", arg=0.8 * 720
    )
    expect(code).to_contain_text(f"{facilitator.code[:3]} {facilitator.code[3:]}")
    axe(wall, "the code in large")
    wall.clock.install()
    wall.reload()
    expect(code.locator(".qr")).to_be_visible()
    wall.clock.fast_forward(20_000)
    expect(code).to_be_hidden()

    facilitator.press("Plus")
    asked = facilitator.desk.get_by_label("Grands caractères")
    asked.check()
    same = facilitator.project(facilitator.desk.context.new_page())
    letters = same.locator("html")
    expect(letters).to_have_class("large")
    same.keyboard.press("g")
    expect(letters).not_to_have_class("large")
    expect(asked).not_to_be_checked()
    asked.check()
    expect(letters).to_have_class("large")
    same.reload()
    expect(letters).to_have_class("large")


def is_above_any_scene(facilitator, wall):
    """Whatever is chosen meanwhile; then twenty seconds from here."""
    for scene in ("overview", "blank", "welcome"):
        facilitator.desk.locator(f'.scenes [name=scene][value="{scene}"]').click()
        expect(wall.locator("body")).to_have_attribute("data-scene", scene)
        assert wall.evaluate(ON_TOP), scene
    facilitator.press("QR en grand")
    expect(wall.locator("#wall-big-code .qr")).to_be_visible()


def test_a_wall_that_lost_its_server_says_so_small_and_keeps_its_picture(wall, server):
    before = wall.locator("#scene").inner_html()
    lost = wall.get_by_text("Connexion au serveur perdue")
    expect(lost).to_be_hidden()
    server.kill()
    expect(lost).to_be_visible()
    assert lost.bounding_box()["height"] < 0.04 * 720
    assert wall.locator("#scene").inner_html() == before
    server.start()
    expect(lost).to_be_hidden()
