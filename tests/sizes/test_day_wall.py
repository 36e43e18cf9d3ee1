"""The wall of a day of twelve rooms, every text at its limit: nothing too small, cut, or out of reach of a page."""

import pytest
from playwright.sync_api import expect

from atelier.app import create_program
from atelier.config import Config
from tests.sizes.test_wall_sizes import MEASURE, PAGES, SETTLED, SIZES, TURNED
from tests.support.days import DayOwner
from tests.support.running import RunningServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOM = "Grand amphithéâtre Jeanne-d’Arc, premier étage, aile ouest"
TITLE = "Quelle articulation entre France services et conseillers numériques, dans le nord et l’est du département ?"
WIDEST_CODE = """
for (const code of document.querySelectorAll(".day-entry__code strong")) code.textContent = "WWW WWW";
"""
REACHES = (0, 25, 50, 75, 100)


def full_day(folder):
    """Make a day whose rooms say everything of one action; return its code and its owner's cookie."""
    program = create_program(Config(sessions=folder / "sessions", exports=folder / "exports"))
    owner = DayOwner(program.app)
    slots = [("00:01", "23:59", f"{ROOM} {n}"[:60], TITLE, 1) for n in range(1, 13)]
    code = owner.make(slots, title=TITLE.ljust(120, "!")[:120], place=ROOM, organiser=TITLE)
    for n, slot in enumerate(owner.slots()):
        room = owner.give_new(slot)
        owner.act(room, "open-phase", phase="articulations")
        for group in (1, 2, 3):
            fs, cn = REACHES[(n + group) % 5], REACHES[(n * group) % 5]
            for action in ("orienter", "former")[: 1 + (n < 3)]:
                owner.act(room, "place-action", group=group, action=action, fs=fs, cn=cn)
    cookie = owner.client.get_cookie("atelier").value
    program.close()
    return code, cookie


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full-day")
    code, cookie = full_day(folder)
    server = RunningServer(folder).start()
    yield server.base, code, cookie
    server.stop()


def faults(page):
    """Return what is wrong at each size, with letters as they are and large; every page of what turns is whole."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for letters in ("", "large"):
            page.evaluate("letters => { document.documentElement.className = letters; }", letters)
            page.evaluate(SETTLED)
            told = page.evaluate(MEASURE)
            blocks = page.evaluate(PAGES)
            told += [f"beyond its page: {each['name']}" for each in blocks if spills(each)]
            found += [(width, letters, each) for each in told]
    return found


def spills(block):
    top, bottom = block["shown"]
    return bottom - top > block["room"] + 1


def test_every_text_of_the_wall_of_a_day_is_read_from_afar(day, opened, axe):
    base, code, cookie = day
    page = opened(1920, 1080)
    page.context.add_cookies([{"name": "atelier", "value": cookie, "url": base}])
    page.add_init_script(TURNED)
    for shows, scene in (("programme", ".day-slot"), ("synthesis", ".day-action")):
        answer = page.request.post(
            f"{base}/journee/{code}/ecran", form={"shows": shows}, headers={"Origin": base}
        )
        assert answer.ok
        page.goto(f"{base}/journee/{code}/ecran")
        expect(page.locator(scene).first).to_be_visible()
        page.evaluate(WIDEST_CODE)
        assert faults(page) == []
        axe(page, shows)
