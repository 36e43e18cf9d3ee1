"""The desk, phase by phase: at 1366×657 nothing needed is out of sight, whatever the names and the number of groups."""

import secrets

import pytest
from playwright.sync_api import expect

from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = (
    "Communauté d’agglomération de Saint-Dié-des-Vosges et de Raon",
    "Vandœuvre-lès-Nancy, Neufchâteau et arrondissement de Toul",
    "Arrondissement de Lunéville-Baccarat-Blâmont, côté des vallées",
)
TITLE = "Articuler France services et les conseillers numériques dans l’arrondissement de Saint-Dié : qui fait quoi ?"
TEXT = ("Un carnet de liaison commun, laissé à l’accueil, avec les noms et les jours de chacun. " * 4)[:279]
LAPTOPS = ((1366, 657), (1280, 720), (1024, 768), (1920, 1080))
REMOTE = (360, 640)

ALWAYS = (
    ".desk-head__title", ".desk-head__code", ".presence", ".connection--live", ".desk-head__panels .button",
    ".now__next .button", ".phase__name",
)  # fmt: skip
TIMED = (".now__time time", ".now__toggle", "[form=desk-minus-1]", "[form=desk-plus-1]", "[form=desk-plus-5]")
WIDE = (
    ".say__list li", "[data-atelier-turn]", ".miniature", ".scene", ".feed__head summary",
    "#desk-feed > li:first-child .initiative__where",
)  # fmt: skip
MIDDLE = {
    "welcome": (".group__name", ".group__people", ".group__list", ".group__acts > *"),
    "remits": (".group__name", ".figure--missions", ".group__list", ".group__acts > *"),
    "articulations": (".group__name", ".figure--sheet", ".group .bar", ".group__acts > *"),
    "report-back": (
        ".turn", ".presenting__name", "[aria-pressed=true].presenting__line", ".walk .button", ".spoken__what",
        ".spoken__gather a", ".report__notes .textarea",
    ),
    "synthesis": (
        ".together", ".together__order .button--small", ".together__row:nth-child(2)", ".settled .textarea",
        ".decide .button",
    ),
}  # fmt: skip

SCENES = dict(zip(MIDDLE, ("welcome", "remits", "overview", "action", "overlay"), strict=True))
TICKING = {"articulations": "running", "report-back": "running"}

# What is drawn but outside the window, cut by something that scrolls, or under something else. Nothing drawn: said too.
OUT_OF_SIGHT = """wanted => wanted.flatMap(selector => {
  const drawn = [...document.querySelectorAll(selector)]
    .filter(each => !each.closest("dialog, .menu__list") && each.getClientRects().length);
  if (!drawn.length) return [`${selector}: nowhere`];
  return drawn.flatMap(each => {
    const { left, top, right, bottom } = each.getBoundingClientRect();
    if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return [`${selector}: outside`];
    const at = (x, y) => document.elementFromPoint(x, y);
    const points = [[left + 3, (top + bottom) / 2], [right - 3, (top + bottom) / 2], [(left + right) / 2, top + 2],
      [(left + right) / 2, bottom - 3]];
    const seen = points.every(([x, y]) => each.contains(at(x, y)) || at(x, y)?.contains(each));
    return seen ? [] : [`${selector}: covered or cut`];
  });
})"""
CUT = """() => [...document.querySelectorAll(".group__name > span, .turn__name, .presenting__name > span")]
  .filter((each) => each.scrollHeight > each.clientHeight + 1 && each.getClientRects().length && each.clientHeight > 1)
  .map((each) => `${each.textContent}: cut`)"""
"""Names that are not there to their last letter."""
SCROLLS = "document.scrollingElement.scrollHeight > innerHeight || document.scrollingElement.scrollWidth > innerWidth"


COVERED = """() => [...document.querySelectorAll(".control, .remote")]
  .filter((part) => getComputedStyle(part).position === "fixed")
  .reduce((sum, part) => sum + part.offsetHeight, 0) / innerHeight"""
"""The share of the height that fixed parts take."""

FRAMED = """() => new Promise((done) => setTimeout(done, 0))
  .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  .then(() => document.querySelectorAll("button:focus-visible").length)"""
"""How many buttons are framed, once the focus was given back."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = RunningServer(tmp_path_factory.mktemp("desk")).start()
    yield running
    running.stop()


class Room:
    """A workshop whose names and texts are as long as they may be."""

    def __init__(self, base, groups):
        self.base, self.groups, self.host = base, groups, Browser(base)
        self.code = self.host.post("/preparer", {"title": TITLE[:120], "groups": groups})[1].split("/")[2]
        for number in range(1, groups + 1):
            self.act("rename-group", group=number, name=f"{NAMES[number % 3][:57]} {number}")
        for n in range(2 * groups):
            trade = ("fs", "cn")[n % 2]
            Browser(base).join(self.code, trade, n % groups + 1, "Jean-Baptiste Emmanuel")

    def act(self, command, **fields):
        """Have the facilitator do it."""
        return self.host.act(self.code, command, **fields)

    def open(self, phase):
        """Open a phase, with what it would have brought by its end."""
        if phase != "welcome":
            self.act("open-phase", phase=phase, sure=1)
        getattr(self, f"_{phase.replace('-', '_')}", lambda: None)()

    def _remits(self):
        for number in range(1, self.groups + 1):
            self.act("add-mission", group=number, side="both", text=TEXT[:140])

    def _articulations(self):
        self.act("start-clock")
        for number in range(1, self.groups + 1):
            for n, action in enumerate(("aller-vers", "diagnostiquer", "orienter")):
                self.act("place-action", group=number, action=action, fs=25 * n, cn=100 - 25 * n)
                for _ in range(3):
                    self.act(
                        "post-initiative", group=number, action=action, text=TEXT, op=secrets.token_hex(16)
                    )

    def _report_back(self):
        self.act("present-group", group=1)
        self.act("show-on-wall", scene="action", group=1, action="diagnostiquer")
        self.act("start-clock")

    def _synthesis(self):
        for _ in range(5):
            self.act("record-decision", what=TEXT, who=NAMES[0], op=secrets.token_hex(16))

    def desk(self, opened):
        """Open the desk."""
        page = opened(1366, 657)
        cookies = self.host.cookies.items()
        page.context.add_cookies(
            [{"name": name, "value": value, "url": self.base} for name, value in cookies]
        )
        page.goto(f"{self.base}/animer/{self.code}")
        expect(page.locator("body")).to_have_attribute("data-connection", "live")
        return page


def _needed(phase):
    return [*ALWAYS, *(() if phase == "welcome" else TIMED)]


def look(page, phase, sizes=LAPTOPS):
    """At each size the page does not scroll, and all that the phase needs is in sight."""
    body = page.locator("body")
    for name, value in (
        ("phase", phase),
        ("scene", SCENES[phase]),
        ("ticking", TICKING.get(phase, "stopped")),
    ):
        expect(body).to_have_attribute(f"data-{name}", value)
    found = {}
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        missing = page.evaluate(OUT_OF_SIGHT, [*_needed(phase), *WIDE, *MIDDLE[phase]])
        found[width] = sorted(set(missing)) + ["the page scrolls"] * page.evaluate(SCROLLS)
        few = page.locator(".group").count() <= 4 and width > 1024
        found[width] += page.evaluate(CUT) if few else []
    page.set_viewport_size({"width": 1366, "height": 657})
    assert not any(found.values()), (phase, found)


@pytest.mark.parametrize("groups", [6, 12])
def test_every_phase_fits_a_laptop_with_many_groups(opened, server, groups):
    room = Room(server.base, groups)
    desk = room.desk(opened)
    for phase in MIDDLE:
        room.open(phase)
        look(desk, phase, LAPTOPS[:1] if groups == 12 else LAPTOPS)


def test_a_whole_workshop_at_the_desk_from_laptop_to_telephone(opened, server, axe):
    room = Room(server.base, 3)
    desk = room.desk(opened)
    miniature = desk.frame_locator(".miniature iframe")
    expect(miniature.locator("body")).to_have_attribute("data-connection", "live")
    sockets = []  # of the page as it is loaded again, not what the first one still opens
    desk.on("websocket", lambda socket: sockets.append(socket.url))
    desk.reload()
    for phase, scene in SCENES.items():
        if phase == "report-back":
            nobody_speaks_yet(room, desk)
        room.open(phase)
        look(desk, phase)
        expect(miniature.locator("body")).to_have_attribute("data-scene", scene)
        axe(desk, phase)
        lists_are_at_their_top(desk)
        desk.locator("[data-atelier-feed]").evaluate("feed => feed.scrollTo(0, 400)")
        desk.set_viewport_size({"width": REMOTE[0], "height": REMOTE[1]})
        assert not desk.evaluate("document.scrollingElement.scrollWidth > innerWidth"), phase
        assert desk.evaluate(OUT_OF_SIGHT, _needed(phase)) == [], phase
        axe(desk, f"{phase}, on a telephone")
        desk.set_viewport_size({"width": 683, "height": 328})  # the laptop at 200 %
        assert not desk.evaluate("document.scrollingElement.scrollWidth > innerWidth"), phase
        assert desk.evaluate(COVERED) < 0.25, "what stays in sight leaves room for what one looks at"
        desk.set_viewport_size({"width": 1366, "height": 657})
    assert len(sockets) <= 2, "the desk's and, in small, the screen's"


def nobody_speaks_yet(room, desk):
    """No empty frame where the speaking group’s things will stand: the sheets of all are there."""
    room.act("open-phase", phase="report-back", sure=1)
    expect(desk.locator("body")).to_have_attribute("data-phase", "report-back")
    expect(desk.locator(".report__spoken, .report__notes").locator("visible=true")).to_have_count(0)
    expect(desk.locator(".moment--groups .bar").first).to_be_in_viewport()
    room.act("open-phase", phase="articulations", sure=1)


def lists_are_at_their_top(desk):
    """Nothing that scrolls inside itself kept its place from the phase before."""
    scrolled = "[...document.querySelectorAll('[data-atelier-top], [data-atelier-feed]')].map(list => list.scrollTop)"
    assert set(desk.evaluate(scrolled)) == {0}


def test_the_room_is_run_from_the_keyboard_and_a_presenter_s_remote(opened, server):
    room = Room(server.base, 3)
    desk = room.desk(opened)
    body = desk.locator("body")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(".say__phase:not([hidden]) [data-atelier-turned]")).to_have_text("2")
    for key, scene in (("v", "overview"), ("d", "decisions"), ("e", "blank"), ("a", "welcome")):
        desk.keyboard.press(key)
        expect(body).to_have_attribute("data-scene", scene)
    desk.get_by_role("button", name="Missions", exact=True).click()
    for key, covered in (("x", "yes"), ("x", "no"), (".", "yes")):  # whatever was clicked last
        at_rest(desk)
        desk.keyboard.press(key)
        expect(body).to_have_attribute("data-covered", covered)
    expect(desk.get_by_text("L’écran est masqué : la salle n’y lit plus rien")).to_be_visible()
    desk.get_by_role("button", name="Remontrer l’écran").locator("visible=true").click()
    expect(body).to_have_attribute("data-covered", "no")
    room.act("open-phase", phase="report-back", sure=1)
    expect(body).to_have_attribute("data-phase", "report-back")
    at_rest(desk)
    desk.keyboard.press("PageDown")
    expect(body).to_have_attribute("data-presenting", "1")
    for key, shown in (
        ("PageDown", "Action 1 sur 10"),
        ("PageDown", "Action 2 sur 10"),
        ("PageUp", "Action 1 sur 10"),
    ):
        at_rest(desk)
        desk.keyboard.press(key)
        expect(desk.locator("#desk-walk")).to_contain_text(shown)
    what_was_clicked_is_not_framed(desk)
    room.act("show-on-wall", scene="action", group=1, action="relayer")
    expect(desk.locator("#desk-walk")).to_contain_text("Action 10 sur 10")
    at_rest(desk)
    desk.keyboard.press("PageDown")
    expect(body).to_have_attribute("data-presenting", "2")


def what_was_clicked_is_not_framed(desk):
    """A remote’s keys act on the page, not on the button that was clicked last."""
    at_rest(desk)
    desk.locator("#desk-walk [data-keep=after]").click()
    expect(desk.locator("#desk-walk")).to_contain_text("Action 2 sur 10")
    at_rest(desk)
    desk.keyboard.press("PageDown")
    expect(desk.locator("#desk-walk")).to_contain_text("Action 3 sur 10")
    assert desk.evaluate(FRAMED) == 0


def at_rest(desk):
    """Wait until every control takes a press."""
    expect(desk.locator("[data-resting]")).to_have_count(0)
