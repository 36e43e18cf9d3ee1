"""Report-back action by action over all groups: on the desk by buttons, keys and a remote; on the wall at once."""

import pytest
from playwright.sync_api import expect

from tests.support.full_rooms import INITIATIVE, NAMES
from tests.support.people import Facilitator, Prepared
from tests.support.pictures import picture

pytestmark = pytest.mark.browser

SIZES = {"hd": (1920, 1080), "wall": (1280, 720), "old": (1024, 768)}


def at_rest(desk):
    """Wait until no button rests: one that has just become another takes no press for a moment."""
    expect(desk.locator("[data-resting]")).to_have_count(0)


@pytest.fixture
def room(server, opened):
    """Three groups that placed and wrote; nobody presents yet."""
    workshop = Prepared(server.base, "remits", "articulations")
    for group, (fs, cn) in enumerate(((100, 0), (75, 25), (75, 25)), start=1):
        workshop.act("place-action", group=group, action="aller-vers", fs=fs, cn=cn)
        workshop.act("post-initiative", group=group, action="aller-vers", text=f"{INITIATIVE[:270]} {group}")
    workshop.act("post-initiative", group=2, action="diagnostiquer", text="Une permanence commune")
    for group, name in enumerate(NAMES[:3], 1):
        workshop.act("rename-group", group=group, name=name)
    workshop.act("open-phase", phase="report-back", sure=1)
    facilitator = Facilitator.of(workshop, opened(1366, 657))
    screen = opened(*SIZES["wall"])
    screen.clock.install()  # goes as usual until it is told otherwise
    facilitator.project(screen)
    return facilitator, workshop


def fits_every_size(wall):
    for size, (width, height) in SIZES.items():
        wall.set_viewport_size({"width": width, "height": height})
        expect(wall.locator(".across__initiative").first).to_be_visible()
        assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
        picture(wall, f"wall-across-{size}")


def tells_what_changes(workshop, wall, spoken):
    """A card that is moved, a text that comes."""
    workshop.act("place-action", group=3, action="aller-vers", fs=0, cn=100)
    expect(wall.locator("#wall-across-word")).to_contain_text("À discuter")
    expect(spoken.locator(".verdict")).to_contain_text("À discuter")
    workshop.act("post-initiative", group=1, action="aller-vers", text="Le marché du samedi")
    expect(wall.locator(".across__count")).to_contain_text("4 initiatives")
    expect(spoken.locator(".spoken__initiatives > li")).to_have_count(4)


def the_turn_has_its_clock(desk, wall, group):
    """A full turn for each group, which waits for its start."""
    expect(wall.locator("body")).to_have_attribute("data-presenting", group)
    expect(desk.locator("body")).to_have_attribute("data-ticking", "stopped")
    expect(wall.locator("[data-clock-text]")).to_have_text("5:00")


def the_clock_runs_on(desk, wall):
    """Over all groups too it is the group that speaks whose time goes by, up to its end."""
    expect(desk.locator("body")).to_have_attribute("data-ticking", "running")
    expect(wall.locator(".wall-clock__over")).to_be_hidden()
    wall.clock.fast_forward(5 * 60_000)
    expect(wall.locator(".wall-clock__over")).to_be_visible()


def the_remote_turns_pages(desk, wall, spoken):
    """Those of an action before it goes to the next one; back, it begins with the action."""
    for key, shown in (
        ("PageDown", "page 2/3"), ("PageDown", "page 3/3"), ("PageUp", "page 2/3"), ("PageDown", "page 3/3"),
        ("PageDown", "1 initiative"), ("PageUp", "page 1/3"),
    ):  # fmt: skip
        at_rest(desk)
        desk.keyboard.press(key)
        expect(wall.locator(".across__count")).to_contain_text(shown)
        if shown == "1 initiative":
            expect(wall.locator(".across__label")).to_contain_text("2 · ")
            expect(spoken).to_contain_text("Une permanence commune")


def the_remote_goes_on_in_the_synthesis(facilitator):
    """There the action on the wall is marked among all of them."""
    desk, wall = facilitator.desk, facilitator.wall
    facilitator.go_to("Passer à la synthèse", "synthesis")
    desk.get_by_role("button", name="À l’écran : Aller vers").click()
    expect(wall.locator("#scene.scene--across")).to_be_attached()
    expect(desk.locator(".together__show[aria-current]")).to_contain_text("Aller vers")
    for shown in ("page 2/3", "page 3/3", "1 initiative"):
        at_rest(desk)
        desk.keyboard.press("PageDown")
        expect(wall.locator(".across__count")).to_contain_text(shown)
    expect(desk.locator(".together__show[aria-current]")).to_contain_text("Diagnostiquer")


def test_the_room_goes_from_action_to_action_over_all_groups(room, axe):
    facilitator, workshop = room
    desk, wall = facilitator.desk, facilitator.wall
    desk.locator(".turn").first.click()
    expect(wall.locator("#scene.scene--group.tone-1")).to_be_attached()
    the_turn_has_its_clock(desk, wall, "1")
    desk.locator("[form=desk-start]:visible").click()
    # Group by group: the whole sheet, then action by action. The remote is heard though a button was just pressed.
    at_rest(desk)
    desk.keyboard.press("PageDown")
    expect(wall.locator("#scene.scene--action .action-label")).to_contain_text("aller vers")
    facilitator.press("Par action, tous les groupes")
    expect(wall.locator("#scene.scene--across .across__group")).to_have_count(3)
    expect(wall.locator("#wall-across-word")).to_contain_text("Surtout France services")
    expect(wall.locator(".across__count")).to_have_text("3 initiatives · page 1/3")
    spoken = desk.locator("#desk-spoken")
    expect(spoken.locator(".spoken__arms .bar")).to_have_count(3)
    expect(spoken.get_by_role("link", name="Regrouper")).to_be_in_viewport(ratio=1)
    expect(spoken.locator(".spoken__initiatives > li").first).to_be_in_viewport()
    axe(desk, "action by action on the desk")
    axe(wall, "action by action on the wall")
    picture(desk, "desk-across")
    fits_every_size(wall)
    tells_what_changes(workshop, wall, spoken)
    the_remote_turns_pages(desk, wall, spoken)
    expect(wall.locator(".across__label")).to_contain_text("1 · ")
    expect(desk.locator("#desk-walk")).to_contain_text("Action 1 sur 10")
    # Notes stay beside it; the way back is one press.
    expect(desk.locator(".report__notes textarea").locator("visible=true").first).to_be_visible()
    the_clock_runs_on(desk, wall)
    facilitator.press("Par groupe")
    expect(wall.locator("#scene.scene--group.tone-1")).to_be_attached()
    desk.locator(".turn").nth(1).click()
    expect(wall.locator("#scene.scene--group.tone-2")).to_be_attached()
    the_turn_has_its_clock(desk, wall, "2")
    the_remote_goes_on_in_the_synthesis(facilitator)
    axe(desk, "the synthesis, with a button an action")
    picture(desk, "desk-synthesis")
