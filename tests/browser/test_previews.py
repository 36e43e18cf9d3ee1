"""An arm that is pulled is followed on the other phones of the table and on the wall, then let go or placed."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.people import Participant

pytestmark = pytest.mark.browser

SAFELY_OVER_MS = 3_000


@pytest.fixture
def table(opened, workshop):
    """Two phones of group 1, one of group 2."""
    people = [
        ("France services", 1, "Nadia"),
        ("Conseiller numérique", 1, "Paul"),
        ("France services", 2, "Lina"),
    ]
    return [
        Participant(opened(), workshop.base, workshop.code, trade, group, name)
        for trade, group, name in people
    ]


class Finger:
    """A finger on the right handle of a card."""

    def __init__(self, person, action):
        self.mouse = person.page.mouse
        handle = person.card(action).locator("input.handle[data-arm=cn]")
        handle.scroll_into_view_if_needed()
        self.box, self.thumb = handle.bounding_box(), 44

    def at(self, reach):
        along = (self.box["width"] - self.thumb) * reach / 100
        return self.box["x"] + self.thumb / 2 + along, self.box["y"] + self.box["height"] / 2

    def press(self, reach):
        self.mouse.move(*self.at(reach))
        self.mouse.down()

    def pull(self, reach):
        self.mouse.move(*self.at(reach), steps=5)

    def lift(self):
        self.mouse.up()


def wall_bar(wall, action="orienter"):
    return wall.locator(f'[data-bar="1/{action}"]').first


def test_the_table_and_the_wall_follow_fingers_and_keys_and_nobody_else_does(wall, table):
    an_arm_brought_back_to_where_it_was_leaves_no_trace(wall, table, "orienter")
    the_table_and_the_wall_follow_a_finger_until_it_places(wall, table, "orienter")
    arrow_keys_are_followed_too(table, "former")
    two_people_at_the_same_bar_and_an_initiative_meanwhile(wall, table, "relayer")


def the_table_and_the_wall_follow_a_finger_until_it_places(wall, table, action):
    nadia, paul, lina = table
    theirs, on_wall = paul.bar(action), wall_bar(wall, action)
    paul.card(action)
    finger = Finger(nadia, action)
    finger.press(0)
    finger.pull(60)
    for bar in (theirs, on_wall):
        expect(bar).to_have_class(re.compile(r"\bcn-60\b"))
        expect(bar).to_have_attribute("data-previewed", "unplaced")
    # The other handle of the open card follows its bar; words and counts wait for what is placed.
    handle = paul.page.locator(f"#card-{action} input.handle[data-arm=cn]")
    expect(handle).to_have_js_property("value", "60")
    expect(paul.page.locator(f"#card-{action} [data-words]").first).to_have_text("À placer")
    expect(paul.page.locator("[data-atelier-progress]")).to_have_text(re.compile("^0 sur"))
    expect(wall.locator("#wall-progress-1")).to_contain_text("0/")
    expect(nadia.page.locator("[data-previewed]")).to_have_count(0)
    expect(lina.page.locator("[data-previewed]")).to_have_count(0)
    expect(lina.bar(action)).to_have_class(re.compile(r"\bcn-none\b"))
    # A finger that rests is still there.
    paul.page.wait_for_timeout(SAFELY_OVER_MS)
    expect(theirs).to_have_attribute("data-previewed", "unplaced")
    finger.pull(80)
    finger.lift()
    for bar in (theirs, on_wall, nadia.bar(action)):
        expect(bar).to_have_class(re.compile(r"\bcn-80\b"))
        expect(bar).to_have_attribute("data-state", "placed")
        expect(bar).not_to_have_attribute("data-previewed", re.compile(".*"))
    expect(paul.page.locator("[data-atelier-progress]")).to_have_text(re.compile("1 à moitié"))
    # One arm is half an answer: the screen counts cards that are complete.
    expect(wall.locator("#wall-progress-1")).to_contain_text("0/")


def an_arm_brought_back_to_where_it_was_leaves_no_trace(wall, table, action):
    nadia, paul, _ = table
    theirs, on_wall = paul.bar(action), wall_bar(wall, action)
    finger = Finger(nadia, action)
    finger.press(0)
    finger.pull(40)
    expect(theirs).to_have_class(re.compile(r"\bcn-40\b"))
    finger.pull(0)
    finger.lift()
    for bar in (theirs, on_wall, nadia.bar(action)):
        expect(bar).to_have_attribute("data-state", "unplaced")
        expect(bar).not_to_have_attribute("data-previewed", re.compile(".*"))
    expect(nadia.page.locator("[data-held]")).to_have_count(0)
    expect(nadia.page.locator("[data-atelier-progress]")).to_have_text(re.compile("^0 sur"))


def arrow_keys_are_followed_too(table, action):
    nadia, paul, _ = table
    nadia.card(action).locator("input.handle[data-arm=cn]").focus()
    for _ in range(4):
        nadia.page.keyboard.press("ArrowRight")
    expect(paul.bar(action)).to_have_class(re.compile(r"\bcn-20\b"))
    expect(paul.bar(action)).not_to_have_attribute("data-previewed", re.compile(".*"))
    expect(paul.bar(action)).to_have_attribute("data-state", "placed")


def two_people_at_the_same_bar_and_an_initiative_meanwhile(wall, table, action):
    nadia, paul, _ = table
    on_wall = wall_bar(wall, action)
    finger = Finger(nadia, action)
    finger.press(0)
    finger.pull(40)
    expect(on_wall).to_have_attribute("data-previewed", "unplaced")
    # An initiative on the same line moves no arm: the pull goes on.
    paul.propose(action, "Pendant que Nadia tire")
    expect(wall.locator(f'[data-initiatives="1/{action}"]').first).to_have_text("1")
    expect(on_wall).to_have_attribute("data-previewed", "unplaced")
    # Paul taps: his act counts, and every screen shows it while the finger elsewhere rests.
    paul.place(action, 100, 100)
    paul.page.wait_for_timeout(SAFELY_OVER_MS)
    for bar in (paul.bar(action), on_wall):
        expect(bar).to_have_class(re.compile(r"\bfs-100\b.*\bcn-100\b"))
        expect(bar).not_to_have_attribute("data-previewed", re.compile(".*"))
    finger.lift()
    expect(on_wall).to_have_class(re.compile(r"\bcn-40\b"))
    expect(paul.bar(action)).to_have_class(re.compile(r"\bfs-100\b.*\bcn-40\b"))


def test_a_phone_that_vanishes_while_pulling_gives_the_bar_back(wall, table):
    nadia, paul, _ = table
    theirs, on_wall = paul.bar("orienter"), wall_bar(wall)
    finger = Finger(nadia, "orienter")
    finger.press(0)
    finger.pull(40)
    expect(on_wall).to_have_class(re.compile(r"\bcn-40\b"))
    # The phone stands still in the middle of it, as one without battery does.
    stopped = nadia.page.context.new_cdp_session(nadia.page)
    stopped.send("Debugger.enable")
    stopped.send("Debugger.pause")
    for bar in (theirs, on_wall):
        expect(bar).to_have_attribute("data-state", "unplaced")
        expect(bar).to_have_class(re.compile(r"\bcn-none\b"))
