"""The wall, with every text at its limit: no letter below its size, nothing cut, no word broken, every page shown."""

import re

import pytest
from playwright.sync_api import expect

from atelier.access.operation_ids import new_op
from tests.support.full_rooms import ANNOUNCEMENT, write_rooms
from tests.support.running import RunningServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES = ((1920, 1080), (1280, 720), (1024, 768))
SCENES = (
    "welcome", "remits", "demonstration", "overview", "group", "action", "overlay", "across", "vote", "decisions",
    "message", "blank",
)  # fmt: skip
TURNED = "Date.now = () => 9000 * (window.turn || 0)"
"""Pages go by the hour: the test turns them."""

MEASURE = r"""() => {
  const FAR = `.matrix__label:not(.matrix__label--own) .matrix__text, .sheet__line:not(.sheet__line--own) .sheet__text,
    .overlay-label, .wall-join__code strong, .wall-clock__time, .wall-highlight__text, .wall-announcement, .message,
    .action-label, .action-initiative__text, .decision__text, .across__label, .vote__question, .vote__ask,
    .welcome-how__code, .welcome-how__address,
    .demo-sentence, .demo-words, .big-code__words, .day-slot__what, .day-action__title, .day-action .verdict__words,
    .day-entry__code, .day-entry__address, .day-wall__hour`;
  const LEAST = `.wall__notes, .wall-clock__of, .wall-clock__paused, .wall-clock__over, .matrix__number, .wall-progress,
    .initiative-count, .group-head__counts, .welcome-steps b, .cols-5 .bar__word, .cols-6 .bar__word,
    .cols-5 .placed-mark__word, .cols-6 .placed-mark__word, .wall-header__title--long`;
  const CELLS = `.matrix__cell, .matrix__group, .matrix__label, .matrix__corner, .verdict, .remit, .sheet__label,
    .overlay-label, .decision > *, .wall-steps__step, .wall-header__what, .welcome-group, .wall-join, .wall-highlight,
    .wall-clock, .demo-card__label, .action-bar, .group-head, .overlay-own, .message, .wall-poles__names,
    .across__arms, .across__said, .vote__row, .day-slot, .day-action, .day-entry`;
  const faults = [];
  const height = innerHeight;
  const told = (why, node) =>
    faults.push(`${why}: « ${node.data.trim().slice(0, 40)} » ${node.parentElement.className}`);
  const seen = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return false;
      if (at.matches(".visually-hidden, [hidden]") || style.clipPath === "inset(50%)") return false;
    }
    return true;
  };
  const walker = document.createTreeWalker(document.querySelector(".wall"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const size = (100 * parseFloat(getComputedStyle(element).fontSize)) / height;
    if (!node.data.trim() || !size || !seen(element)) continue;
    const least = element.closest(LEAST) ? 2.5 : element.closest(FAR) ? 4.4 : 3.3;
    if (size < least - 0.01) told(`${size.toFixed(2)} < ${least}`, node);
    range.selectNodeContents(node);
    const cell = element.closest(CELLS);
    const around = cell && cell.getBoundingClientRect();
    const turns = element.closest("[data-atelier-turn]");
    for (const box of range.getClientRects()) {
      if (box.left < -1 || box.right > innerWidth + 1) told("beside the screen", node);
      if (!turns && (box.top < -2 || box.bottom > height + 2)) told("above or below the screen", node);
      if (around && (box.left < around.left - 1 || box.right > around.right + 1)) told("beside its cell", node);
    }
    for (const word of node.data.matchAll(/[\p{L}\p{N}’]+/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set(Array.from(range.getClientRects(), (box) => Math.round(box.top))).size > 1)
        told("a word in two", node);
    }
  }
  for (const block of document.querySelectorAll("[data-atelier-turn]")) {
    const content = block.firstElementChild;
    if (content.scrollWidth > block.clientWidth + 1) faults.push(`cut at the side: ${block.className}`);
    if (content.offsetHeight > block.clientHeight + 1 && !block.dataset.page)
      faults.push(`cut below: ${block.className}`);
  }
  for (const part of document.querySelectorAll(".scene, .wall")) {
    const over = part.scrollHeight - part.clientHeight;
    if (over > 1) faults.push(`fuller than its place, by ${over}: ${part.className}`);
  }
  return Array.from(new Set(faults));
}"""

PAGES = r"""() => Array.from(document.querySelectorAll("[data-atelier-turn][data-page]"))
  .filter((block) => !block.closest("[data-atelier-rotate] > :not([data-shown])"))
  .map((block) => {
    const content = block.firstElementChild;
    const [top, bottom] = content.style.clipPath.match(/[\d.]+px/g).map(parseFloat);
    const style = getComputedStyle(block);
    const room = block.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const [page, pages] = block.dataset.page.split("/").map(Number);
    const shown = [top, content.offsetHeight - bottom];
    return { name: block.className, page, pages, shown, room, whole: content.offsetHeight };
  })"""

CUT_ON_PAPER = """() => Array.from(document.querySelectorAll("[data-atelier-turn]")).filter((block) => {
  const style = getComputedStyle(block.firstElementChild);
  const cut = block.firstElementChild.offsetHeight > block.clientHeight + 1;
  return cut || style.clipPath !== "none" || style.transform !== "none";
}).map((block) => block.className)"""
"""What does not show the whole of its text."""

SETTLED = """async () => {
  for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
}"""


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full-rooms")
    found = write_rooms(folder / "sessions")
    server = RunningServer(folder).start()
    yield server.base, found
    server.stop()


class Wall:
    """One wall of a full room, and the desk's acts on it."""

    def __init__(self, page, base, code, secret):
        self.page, self.base, self.code = page, base, code
        page.add_init_script(TURNED)
        page.goto(f"{base}/animer/{code}?cle={secret}")
        page.goto(f"{base}/ecran/{code}")
        expect(page.locator("body")).to_have_attribute("data-connection", "live")

    def act(self, command, **fields):
        """Do something as the desk does."""
        form = {"op": new_op(), "command": command, **fields}
        answer = self.page.request.post(
            f"{self.base}/animer/{self.code}/actes", form=form, headers={"Origin": self.base}
        )
        assert answer.ok, answer.text()

    def show(self, scene):
        """Choose a scene and wait for it."""
        place = {"group": "1"} if scene in ("group", "action") else {}
        place |= {"action": "orienter"} if scene in ("action", "across") else {}
        self.act("show-on-wall", scene=scene, **place)
        expect(self.page.locator(f"#scene.scene--{scene}")).to_be_attached()

    def vote(self):
        """The vote’s name, as the button of the desk has it."""
        desk = self.page.request.get(f"{self.base}/animer/{self.code}").text()
        return re.findall(r'name="vote" value="([^"]+)"', desk)[0]

    def turn(self, at):
        """Turn to the page of that moment."""
        self.page.evaluate(
            "at => new Promise(done => { window.turn = at; dispatchEvent(new Event('resize'));"
            " requestAnimationFrame(() => requestAnimationFrame(done)); })",
            at,
        )

    def pages_after_its_room_changed(self):
        """Return the pages of less room, of which the window says nothing, and those that a turn makes."""
        self.turn(0)
        self.page.evaluate("document.querySelector('.wall').style.height = '70vh'")
        self.page.evaluate(SETTLED)
        before = self.page.evaluate(PAGES)
        self.turn(0)
        after = self.page.evaluate(PAGES)
        self.page.evaluate("document.querySelector('.wall').style.height = ''")
        return before, after

    def faults(self, scene):
        """Return what is too small, cut, broken or out of reach at each size, with letters as they are and large."""
        found = []
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            for letters in ("", "large"):
                self.page.evaluate("letters => { document.documentElement.className = letters; }", letters)
                self.turn(0)
                faults = self.page.evaluate(MEASURE)
                found += [f"{scene} {letters} {width}×{height} {each}" for each in faults]
            self.page.evaluate("document.documentElement.className = ''")
        return found


@pytest.mark.parametrize("groups", [3, 6, 12])
def test_every_text_of_every_scene_has_its_size_and_its_place(opened, rooms, axe, groups):
    base, codes = rooms
    wall = Wall(opened(1280, 720), base, *codes[groups])
    faults = []
    for said in ("", ANNOUNCEMENT):
        if said:
            wall.act("announce", text=said)
        for scene in SCENES:
            if scene == "message" and not said:
                continue
            wall.show(scene)
            faults += wall.faults(scene)
            if groups == 12 and not said:
                axe(wall.page, f"{scene}, {groups} groups")
    wall.act("reveal-vote", vote=wall.vote())
    wall.show("vote")
    expect(wall.page.locator(".vote__row").first).to_be_attached()
    faults += wall.faults("revealed vote")
    wall.act("set-arms-discreet", on="1")
    for scene in ("overview", "group", "action"):
        wall.show(scene)
        expect(wall.page.locator("#scene .placed-mark").first).to_be_attached()
        faults += wall.faults(f"discreet {scene}")
    wall.act("set-arms-discreet", on="0")
    assert not faults, "\n".join(faults)


def test_every_line_comes_in_its_turn(opened, rooms):
    base, codes = rooms
    wall = Wall(opened(1024, 768), base, *codes[12])
    for scene in ("overview", "remits", "group", "overlay", "across"):
        wall.show(scene)
        before, after = wall.pages_after_its_room_changed()
        assert before == after, scene
        wall.page.emulate_media(media="print")
        assert wall.page.evaluate(CUT_ON_PAPER) == [], scene
        wall.page.emulate_media(media="screen")
        shown: dict[tuple[int, str], list[tuple[float, float]]] = {}
        whole: dict[tuple[int, str], float] = {}
        at, most = 0, 1
        while at < most:
            wall.turn(at)
            for n, block in enumerate(wall.page.evaluate(PAGES)):
                start, end = block["shown"]
                assert end - start <= block["room"] + 1.5, block
                shown.setdefault((n, block["name"]), []).append((start, end))
                whole[n, block["name"]] = block["whole"]
                most = max(most, block["pages"]) if not block["name"].startswith("wall-highlight") else most
            at += 1
        assert most > 1, scene
        for name, parts in shown.items():
            if name[1].startswith("wall-highlight"):
                continue
            reached = 0.0
            for start, end in sorted(set(parts)):
                assert start - reached <= 0.02 * 768, (scene, name)
                reached = max(reached, end)
            assert whole[name] - reached <= 0.02 * 768, (scene, name)
