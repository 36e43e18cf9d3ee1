"""A control never changes its meaning under a press: two presses, with the mouse, a finger or a key, do one thing.

The page's clock is handed in: what is told of 699 and 701 ms holds on a busy machine too.
"""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from tests.support.people import Participant, as_browser
from tests.support.simulation.browser import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REST_MS = 700
STEP_MS = 20
PATIENCE = 500
SLOW_NETWORK = """
const quick = window.fetch;
window.fetch = (...asked) => new Promise((go) => setTimeout(() => go(quick(...asked)), 400));
"""
UNDER = """([x, y]) => {
  const control = document.elementFromPoint(x, y)?.closest("button, a[href]");
  return control ? `${control.getAttribute("form") || control.hash}=${control.value || ""}` : "";
}"""


FOCUSED = """() => {
  const { activeElement: control } = document;
  return `${control.getAttribute("form")}=${control.value || ""}`;
}"""


class Desk:
    """A desk whose clock only moves when it is told to, and what it sends."""

    def __init__(self, page, room, path=""):
        self.page, self.room = page, room
        self.posts: list[Any] = []
        self.answers: list[Any] = []
        page.on("request", lambda request: self.posts.append(request) if _is_act(request) else None)
        page.on("response", lambda told: self.answers.append(told) if _is_act(told.request) else None)
        page.clock.resume()  # where it stood still for the room before
        page.clock.install()
        page.goto(path or f"{room.base}/animer/{room.code}")
        stand_still(page)

    def spot(self, selector):
        """The middle of the first visible element."""
        return spot_of(self.page.locator(selector).locator("visible=true").first)

    def press_at(self, spot):
        """Press there, whatever it is by now."""
        self.page.mouse.click(*spot)

    def until(self, expression, arg=None):
        """Let the page's time go by until something holds there; then no more of it."""
        run(self.page, expression, arg)

    def wait(self, ms):
        """Let the page's time go by."""
        self.page.clock.run_for(ms)

    def press_until_redrawn(self, selector):
        """Press a control once; return where, when something else has come there."""
        spot = self.spot(selector)
        meant = self.page.evaluate(UNDER, spot)
        self.press_at(spot)
        self.until(f"([spot, meant]) => ({UNDER})(spot) !== meant", [spot, meant])
        return spot

    def settle(self):
        """Let all that was sent be answered and drawn."""
        for turn in range(PATIENCE):
            self.wait(250)
            self.page.wait_for_timeout(5)
            if turn >= 3 and len(self.answers) == len(self.posts):
                return
        raise AssertionError("no answer")


class Room:
    """A workshop on a server, and the one who facilitates it."""

    def __init__(self, server, *commands):
        self.base, self.host = server.base, Browser(server.base)
        self.code = self.host.post("/preparer", {})[1].split("/")[2]
        for command, fields in commands:
            self.act(command, **fields)

    def act(self, command, **fields):
        """Have the server do it, whatever the pages show."""
        self.host.act(self.code, command, **fields)

    def flag(self, name):
        """What the server says of the desk right now, by a flag of its page."""
        page = self.host.get(f"/animer/{self.code}")
        return next(iter(re.findall(rf'<body[^>]* data-{name}="([^"]*)"', page)))

    def desk(self, opened):
        """Open a desk of this facilitator."""
        return Desk(as_browser(opened(1366, 657), self.host), self)

    def colleague(self, opened):
        """Open the desk of somebody else, with a link of their own."""
        self.host.post(f"/animer/{self.code}/cles", {"holder": "facilitator", "op": "a-link-for-a-colleague"})
        links = re.findall(r"/animer/\w+\?cle=[\w-]+", self.host.get(f"/animer/{self.code}/pret"))
        return Desk(opened(1366, 657), self, self.base + links[-1])


def _is_act(request):
    return request.method == "POST" and "command=" in (request.post_data or "")


def spot_of(element):
    """The middle of an element."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    return [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]


def stand_still(page):
    """Wait until a page is live; from then on its time goes by when it is told to."""
    expect(page.locator("body")).to_have_attribute("data-connection", "live")
    while True:
        try:
            return page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)
        except Error:
            continue  # a machine so busy that this moment has passed already


def run(page, expression, arg=None):
    """Let a page's time go by in small steps until something holds there; then no more of it."""
    for _ in range(PATIENCE):
        if page.evaluate(expression, arg):
            return
        page.clock.run_for(STEP_MS)
        page.wait_for_timeout(5)
    raise AssertionError(f"never: {expression}")


Commands = list[tuple[str, dict[str, Any]]]

REMITS: Commands = [("open-phase", {"phase": "remits"})]
WRITING: Commands = [*REMITS, ("start-clock", {}), ("open-phase", {"phase": "articulations"})]
RUNNING: Commands = [*WRITING, ("start-clock", {})]
REPORTING: Commands = [*RUNNING, ("open-phase", {"phase": "report-back"})]
FIRST: Commands = [*REPORTING, ("present-group", {"group": 1}), ("start-clock", {})]
LAST_BUT_ONE: Commands = [*REPORTING, ("present-group", {"group": 2}), ("start-clock", {})]
DECIDING: Commands = [
    ("open-phase", {"phase": "synthesis"}),
    *[("record-decision", {"what": w}) for w in "ABC"],
]

CASES: dict[str, tuple[Commands, str]] = {
    "next phase": ([*REMITS, ("start-clock", {})], ".now__go"),
    "launch": (WRITING, ".now__start"),
    "pause": (RUNNING, "[form=desk-pause].now__toggle"),
    "resume": ([*RUNNING, ("pause-clock", {})], "[form=desk-resume].now__toggle"),
    "stop": (RUNNING, ".now__buttons [form=desk-stop]"),
    "first to speak": (REPORTING, ".now__turn"),
    "next to speak": (FIRST, ".now__turn"),
    "last to speak, then the synthesis": (LAST_BUT_ONE, ".now__turn"),
    "next action": (FIRST, ".walk__after"),
    "take back": (REMITS, "[form=desk-revert]"),
    "a clock of five minutes": ([], ".now__untimed button"),
    "withdraw a decision": (DECIDING, "[form=desk-undecide]"),
}
"""What was done before, and the control that is pressed twice."""


@pytest.fixture
def page(opened):
    """A page for one desk after the other."""
    return opened(1366, 657)


@pytest.fixture
def on_a_desk(server, page):
    """Return a function that gives `(room, desk, selector)` of a case, the desk on that page."""

    def show(case):
        commands, selector = CASES[case]
        room = Room(server, *commands)
        return room, room.desk(lambda *_: page), selector

    return show


AGAIN = {"launch": "", "pause": "", "first to speak": ".now__turn", "next action": ".walk__after"}
"""What may be pressed once more after the rest, and where it is then, if no more where it was."""


def test_presses_on_what_has_just_become_another_control_do_nothing_until_it_rested(on_a_desk, subtests):
    for case in CASES:
        with subtests.test(case):
            room, desk, selector = on_a_desk(case)
            spot = desk.press_until_redrawn(selector)
            seq = room.flag("seq")
            for ms in (0, 200, 300, 160):
                desk.wait(ms)
                desk.press_at(spot)
            desk.settle()
            assert (room.flag("seq"), len(desk.posts)) == (seq, 1)
            if case in AGAIN:
                desk.wait(REST_MS)
                desk.press_at(desk.spot(AGAIN[case]) if AGAIN[case] else spot)
                desk.settle()
                assert len(desk.posts) == 2


def test_presses_on_a_slow_network_do_one_thing(page, on_a_desk, subtests):
    page.add_init_script(SLOW_NETWORK)
    for case, facts in {"next phase": 2, "launch": 1, "next to speak": 2}.items():
        with subtests.test(case):
            room, desk, selector = on_a_desk(case)
            spot = desk.spot(selector)
            seq = int(room.flag("seq"))
            for ms in (0, 200, 300, 200, 300):
                desk.wait(ms)
                desk.press_at(spot)
            desk.settle()
            assert int(room.flag("seq")) - seq == facts


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_pressed_twice_on_a_button_does_one_thing(key, on_a_desk, subtests):
    for case in ("next phase", "launch", "first to speak", "withdraw a decision"):
        with subtests.test(case):
            room, desk, selector = on_a_desk(case)
            desk.page.locator(selector).locator("visible=true").first.focus()
            before = desk.page.evaluate(FOCUSED)
            desk.page.keyboard.press(key)
            desk.until(f"before => ({FOCUSED})() !== before", before)
            seq = room.flag("seq")
            desk.page.keyboard.press(key)
            desk.settle()
            assert (room.flag("seq"), len(desk.posts)) == (seq, 1)


def test_the_space_bar_pressed_twice_launches_the_clock_and_no_more(opened, server):
    room = Room(server, *WRITING)
    desk = room.desk(opened)
    desk.page.keyboard.press("Space")
    desk.until("document.body.dataset.ticking === 'running'")
    desk.page.keyboard.press("Space")
    desk.settle()
    assert room.flag("ticking") == "running"
    desk.page.keyboard.press("Space")
    desk.until("document.body.dataset.ticking === 'paused'")


def test_a_control_that_rests_says_so_and_keeps_the_focus(opened, server, axe):
    desk = Room(server, *WRITING).desk(opened)
    desk.page.locator(".now__start").focus()
    desk.page.keyboard.press("Enter")
    desk.until("document.body.dataset.ticking === 'running'")
    pause = desk.page.locator(".now__toggle[form=desk-pause]")
    expect(pause).to_be_focused()
    expect(pause).to_have_attribute("aria-disabled", "true")
    assert pause.evaluate("button => button.disabled") is False
    desk.wait(REST_MS)
    assert pause.get_attribute("aria-disabled") is None
    expect(pause).to_be_focused()
    desk.page.clock.resume()  # axe takes its time, more than a rest
    pause.evaluate("button => { button.dataset.resting = ''; button.setAttribute('aria-disabled', 'true'); }")
    axe(desk.page, "a control that rests")


def test_one_minute_more_twice_is_two_minutes_more(opened, server):
    room = Room(server, *RUNNING)
    desk = room.desk(opened)
    for gap in (0, 150, 800):
        before = int(room.flag("total"))
        spot = desk.spot(".now__buttons [form=desk-plus-1]")
        desk.press_at(spot)
        desk.wait(gap)
        desk.press_at(spot)
        desk.settle()
        assert int(room.flag("total")) - before == 120_000, gap


def test_what_is_drawn_anew_under_a_finger_does_not_take_its_press_away(opened, server):
    room = Room(server, *WRITING)
    guest, other = Browser(server.base), Browser(server.base)
    for each in (guest, other):
        each.join(room.code, "fs", 1, "")
    made = guest.act(room.code, "post-initiative", group=1, action="orienter", text="Un carnet de liaison")
    desk = room.desk(opened)
    item = desk.page.locator("[data-initiative]").first
    desk.page.mouse.move(*spot_of(item.get_by_role("button", name="En avant").first))
    desk.page.mouse.down()
    other.act(room.code, "support-initiative", group=1, initiative=made["op"])
    for _ in range(20):  # less than a press may keep the page waiting
        desk.wait(20)
        desk.page.wait_for_timeout(20)
    desk.page.mouse.up()
    desk.until("document.querySelector('[data-initiative].initiative--starred')")


# --- two desks


def test_who_was_slower_presses_on_what_is_no_more_and_hears_no_reproach(on_a_desk, opened, subtests):
    page = opened(1366, 657)
    for case in ("next phase", "launch", "pause", "next to speak", "take back", "next action"):
        with subtests.test(case):
            room, quicker, selector = on_a_desk(case)
            slower = room.colleague(lambda *_: page)
            spot = slower.spot(selector)
            quicker.press_until_redrawn(selector)
            seq = room.flag("seq")
            slower.press_at(spot)  # its time stands still: it shows what was there
            slower.settle()
            assert (room.flag("seq"), [answer.status for answer in slower.answers]) == (seq, [409])
            expect(slower.page.locator("[data-atelier-toast]")).to_be_empty()
            expect(slower.page.locator("[data-atelier-moved-on]")).not_to_be_empty()


def test_one_minute_more_from_two_desks_at_once_is_one_minute_more(opened, server):
    room = Room(server, *RUNNING)
    desks = [room.desk(opened), room.colleague(opened)]
    totals = []
    for _ in range(10):  # until both presses came to the server within its second
        before, at = int(room.flag("total")), time.monotonic()
        for desk in desks:
            desk.press_at(desk.spot(".now__buttons [form=desk-plus-1]"))
        for desk in desks:
            desk.settle()
        totals.append((int(room.flag("total")) - before, time.monotonic() - at))
        if totals[-1][0] == 60_000:
            return
    raise AssertionError(totals)


# --- leaving early


def test_leaving_with_time_left_is_asked_once_with_numbers_that_stay_true(opened, server, axe):
    room = Room(server, *RUNNING)
    phones = [
        Participant(opened(), server.base, room.code, "France services", number, f"Table {number}")
        for number in (1, 2)
    ]
    desk = room.desk(opened)
    spot = desk.spot(".now__go")
    desk.press_at(spot)
    desk.until("document.querySelector('#suite[open]') !== null")
    question = desk.page.locator("#desk-leaving")
    expect(question).to_have_text(
        "Il reste 19\u00a0min, 2 groupes n’ont pas terminé. Passer quand même\u202f?"
    )
    assert "sure" not in desk.page.evaluate(UNDER, spot)
    for gap in (0, 300, 300):  # whoever presses on neither confirms it nor closes it
        desk.wait(gap)
        desk.press_at(spot)
    expect(desk.page.locator("#suite")).to_have_attribute("open", "")
    phones[0].page.get_by_role("button", name="Notre groupe a terminé").click()
    desk.until("document.querySelector('#desk-leaving').textContent.includes('groupe n’a pas')")
    desk.page.clock.fast_forward(60_000)
    expect(question).to_contain_text("Il reste 18\u00a0min, 1 groupe n’a pas terminé")
    desk.page.clock.resume()
    axe(desk.page, "the question")
    desk.page.get_by_role("button", name="Passer quand même").click()
    expect(desk.page.locator("body")).to_have_attribute("data-phase", "report-back")
    expect(desk.page.locator("#suite")).not_to_have_attribute("open", "")
    assert len(desk.posts) == 2


def test_the_confirmation_pressed_twice_touches_nothing_behind_it(opened, server):
    room = Room(server, *WRITING)
    desk = room.desk(opened)
    desk.press_at(desk.spot(".now__go"))
    desk.until("document.querySelector('#suite[open]') !== null")
    spot = desk.spot("#suite .button--main")
    desk.press_at(spot)
    desk.settle()
    assert len(desk.posts) == 1, "it rests as well"
    desk.press_at(spot)
    desk.until("document.querySelector('#suite[open]') === null")
    seq = room.flag("seq")
    desk.press_at(spot)
    desk.page.keyboard.press("Enter")
    desk.settle()
    assert (room.flag("seq"), room.flag("phase"), len(desk.posts)) == (seq, "report-back", 2)


def test_a_question_goes_away_when_a_colleague_moves_the_room_on(opened, server):
    room = Room(server, *WRITING)
    desk = room.desk(opened)
    desk.press_at(desk.spot(".now__go"))
    desk.until("document.querySelector('#suite[open]') !== null")
    room.act("open-phase", phase="report-back")
    desk.until("document.querySelector('#suite[open]') === null")


def test_the_next_phase_asked_for_by_key_is_not_confirmed_by_the_same_press(opened, server):
    room = Room(server, *RUNNING)
    desk = room.desk(opened)
    for key in ("ArrowRight", "Enter", "Space", "ArrowRight"):
        desk.page.keyboard.press(key)
    desk.settle()
    assert (room.flag("phase"), desk.posts) == ("articulations", [])
    desk.page.locator("#suite .button--main").locator("visible=true").click()
    desk.until("document.body.dataset.phase === 'report-back'")


def test_presses_with_a_phone_out_of_reach_ask_and_do_nothing_else(opened, server):
    room = Room(server, *REMITS, ("start-clock", {}))
    phone = Participant(opened(), server.base, room.code, "France services", 1, "Nadia")
    phone.page.close()
    desk = room.desk(opened)
    desk.until("!document.querySelector('#desk-held').hidden")
    spot = desk.spot(".now__go")
    for _ in range(3):
        desk.press_at(spot)
        desk.wait(200)
    desk.settle()
    expect(desk.page.locator("#suite")).to_have_attribute("open", "")
    assert (room.flag("phase"), desk.posts) == ("remits", [])


def test_without_scripts_a_page_asks(opened, server):
    room = Room(server, *REMITS)
    page = opened(360, 640, java_script_enabled=False)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": room.base} for name, value in room.host.cookies.items()]
    )
    page.goto(f"{room.base}/animer/{room.code}")
    page.locator(".now__go").locator("visible=true").click()
    expect(page.locator("#desk-leaving")).to_have_text(
        "Le minuteur n’a pas été lancé. Passer quand même\u202f?"
    )
    page.get_by_role("button", name="Passer quand même").click()
    expect(page).to_have_url(re.compile(f"/animer/{room.code}"))
    expect(page.locator("body")).to_have_attribute("data-phase", "articulations")


# --- phones


@pytest.fixture
def phone(opened, server):
    """Nadia's, at table 1, in « Articulations » where somebody proposed something; its time stands still."""
    room = Room(server, *WRITING)
    room.act("post-initiative", group=1, action="orienter", text="Un carnet de liaison")
    page = opened(360, 640, has_touch=True)
    page.clock.install()
    nadia = Participant(page, server.base, room.code, "France services", 1, "Nadia")
    stand_still(page)
    return nadia


def test_taps_on_the_heart_are_one_tap(phone):
    page = phone.page
    page.locator("#card-orienter summary").first.click()
    spot = spot_of(page.locator("#initiatives-1-orienter .heart").first)
    for ms in (0, 200, 300):
        page.clock.run_for(ms)
        page.touchscreen.tap(*spot)
    run(page, "document.querySelector('#initiatives-1-orienter [data-hearts]').textContent === '1'")
    run(page, "document.querySelector('[data-atelier-saved]').dataset.state === 'saved'")
    assert page.locator("#initiatives-1-orienter .heart").first.get_attribute("aria-pressed") == "true"
    page.clock.run_for(REST_MS)
    page.touchscreen.tap(*spot)
    run(page, "document.querySelector('#initiatives-1-orienter [data-hearts]').textContent === '0'")


def test_saying_to_be_ready_twice_says_it_once(phone):
    page = phone.page
    page.touchscreen.tap(*spot_of(page.locator("#ready-button")))
    run(page, "document.querySelector('#ready-button').form.id === 'not-ready'")
    button = page.locator("#ready-button")
    assert button.get_attribute("aria-disabled") == "true"
    page.touchscreen.tap(*spot_of(button))
    for _ in range(20):
        page.clock.run_for(50)
        page.wait_for_timeout(5)
    assert button.get_attribute("form") == "not-ready"
