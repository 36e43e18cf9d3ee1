"""What is seen: nothing cut off on a small phone or at 200 %, and what a form says about itself."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.support.people import Facilitator, Participant, Prepared

pytestmark = pytest.mark.browser

LONG_NAME = "Communauté de communes de la porte des Vosges méridionales"
CUT = "element => element.scrollWidth > element.clientWidth + 1"
PLACEHOLDER_CUT = """field => {
  const mirror = field.cloneNode();
  mirror.value = field.placeholder;
  mirror.style.visibility = "hidden";
  field.after(mirror);
  const cut = mirror.scrollHeight > mirror.clientHeight + 1;
  mirror.remove();
  return cut;
}"""
SIZES = [(320, 100), (390, 100), (390, 200)]


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def zoom_text(page, percent):
    page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")


@pytest.fixture
def small_phone(opened, server):
    facilitator = Facilitator.of(Prepared(server.base, "remits"), opened(1280, 720))
    participant = Participant(opened(), server.base, facilitator.code, "France services", 1, "Nadia")
    facilitator.desk.get_by_role("link", name="Personnes et nom").first.click()
    field = facilitator.desk.locator("#table-1 input[name=name]")
    expect(facilitator.desk.locator("[data-resting]")).to_have_count(0)
    field.fill(LONG_NAME)
    field.press("Enter")
    expect(participant.page.locator(".top__words")).to_have_text(LONG_NAME)
    return participant.page


def test_the_header_and_the_missions_are_readable_on_a_small_phone_and_enlarged(small_phone):
    for width, percent in SIZES:
        small_phone.set_viewport_size({"width": width, "height": 700})
        zoom_text(small_phone, percent)
        assert not too_wide(small_phone), (width, percent)
        words, frame = small_phone.locator(".top__words"), small_phone.locator(".top")
        assert not words.evaluate(CUT), (width, percent)
        box, around = words.bounding_box(), frame.bounding_box()
        assert box["x"] + box["width"] <= around["x"] + around["width"], (width, percent)
        assert box["y"] + box["height"] <= around["y"] + around["height"], (width, percent)
        for field in small_phone.locator("form[data-act=add-mission] textarea").all():
            assert not field.evaluate(PLACEHOLDER_CUT), (width, percent)


def test_the_pages_before_the_workshop_fit_a_small_phone_and_enlarged_letters(opened, server):
    code = Prepared(server.base).code
    page = opened(320, 640)
    for path in ("/", "/preparer", f"/r/{code}", f"/r/{code}?metier=cn"):
        for width, percent in SIZES:
            page.set_viewport_size({"width": width, "height": 700})
            page.goto(f"{server.base}{path}")
            zoom_text(page, percent)
            for fold in page.locator("details").all():
                fold.evaluate("fold => { fold.open = true; }")
            assert not too_wide(page), (path, width, percent)


def test_as_many_names_as_groups_and_none_dropped_unsaid(opened, server):
    page = opened(1280, 900)
    page.goto(f"{server.base}/preparer")
    page.get_by_text("Autre territoire, noms des groupes, durées").click()
    count, names = page.get_by_label("Nombre de groupes"), page.locator("[data-atelier-groups] input:visible")
    expect(names).to_have_count(3)
    count.fill("4")
    expect(names).to_have_count(4)
    names.nth(3).fill("Les Tilleuls")
    count.fill("2")
    expect(names).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("Sans groupe : « Les Tilleuls »")
    count.fill("4")
    expect(page.get_by_role("status")).to_be_empty()
    expect(names.nth(3)).to_have_value("Les Tilleuls")


def test_without_a_script_all_names_are_there_with_the_rule(opened, server):
    page = opened(1280, 900, java_script_enabled=False)
    page.goto(f"{server.base}/preparer")
    page.get_by_text("Autre territoire, noms des groupes, durées").click()
    expect(page.locator("[data-atelier-groups] input:visible")).to_have_count(12)
    expect(page.get_by_text("Remplissez autant de noms que de groupes")).to_be_visible()


def test_every_line_says_whether_it_will_be_on_the_sheet(opened, server):
    page = opened(1280, 900)
    page.goto(f"{server.base}/preparer")
    page.get_by_text("Actions de la fiche").click()
    rows = page.locator(".prepare__actions tbody tr")

    def state(at):
        return rows.nth(at).locator("td").first.inner_text().splitlines()[-1].strip()

    assert (state(0), state(10)) == ("gardée", "ligne vide")
    rows.nth(0).get_by_role("checkbox").uncheck()
    page.get_by_label("Texte de l’action 11").fill("Je coordonne")
    assert (state(0), state(10)) == ("écartée", "ajoutée")


def test_three_groups_stand_side_by_side_on_the_smallest_laptop(opened, server):
    desk = opened(1280, 720)
    Facilitator.of(Prepared(server.base), desk)
    tops = {box["y"] for box in (group.bounding_box() for group in desk.locator("article.group").all())}
    assert len(tops) == 1
    assert not too_wide(desk)


def test_no_clock_runs_once_the_workshop_is_closed(facilitator, wall, phone):
    clocks = [wall.locator(".wall-clock"), phone.page.locator(".top__clock")]
    for clock in clocks:
        expect(clock).to_be_visible()
    facilitator.go_to("Passer à la restitution", "report-back")
    facilitator.go_to("Passer à la synthèse", "synthesis")
    facilitator.press("Clore l’atelier…")
    facilitator.desk.get_by_role("button", name="Clore maintenant").click()
    for clock in clocks:
        expect(clock).to_be_hidden()


def test_on_the_wall_the_shapes_of_a_mission_stay_with_its_last_word(facilitator, wall, phone):
    facilitator.desk.get_by_role("button", name="Missions", exact=True).locator("visible=true").click()
    phone.tab("Missions")
    form = phone.page.locator("form[data-act=add-mission]").first
    end = wall.locator(".remit__end")
    for words in range(4, 9):
        form.locator("textarea").fill(" ".join(["accueillir"] * words))
        form.get_by_role("button", name="Ajouter").click()
        expect(end).to_have_count(words - 3)
    for each in end.all():
        shape, word = each.locator("svg").bounding_box(), each.bounding_box()
        assert word["height"] < 2 * shape["height"]
        assert each.text_content().strip() == "accueillir"


def test_the_pages_of_who_prepares_have_no_barrier(opened, server, axe):
    page = opened(1280, 900)
    page.goto(f"{server.base}/preparer")
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true; }")
    page.locator("[name=line-2-keep]").uncheck()
    axe(page, "preparing")
    page.get_by_role("button", name="Créer l’atelier").first.click()
    axe(page, "ready")


def test_on_a_full_sheet_on_the_wall_the_bars_of_two_lines_never_touch(opened, server):
    facilitator = Facilitator.of(Prepared(server.base, "remits", "articulations"), opened(1280, 720))
    wall = facilitator.project(opened(1280, 720))
    participant = Participant(opened(), server.base, facilitator.code, "France services", 1, "Nadia")
    participant.page.get_by_text("Autre action de coordination 1").click()
    participant.page.locator("#new-libre-1").fill("Je coordonne")
    participant.page.locator("form[data-act=add-action]").get_by_role("button", name="Ajouter").click()
    facilitator.desk.get_by_role("button", name="Projeter ce groupe").first.click()
    halves = wall.locator(".sheet .bar__half--cn")
    for width, height in ((1920, 1080), (1280, 720), (1024, 768)):
        wall.set_viewport_size({"width": width, "height": height})
        expect(halves).to_have_count(11)
        boxes = [half.bounding_box() for half in halves.all()]
        gaps = [below["y"] - above["y"] - above["height"] for above, below in itertools.pairwise(boxes)]
        assert min(gaps) >= 0.01 * height, (width, height)


HELD_AT_THE_TOP = """() => {
  const { position } = getComputedStyle(document.querySelector(".frame"));
  return position === "sticky" ? document.querySelector(".frame").offsetHeight : 0;
}"""
UNCOVERED = """field => {
  const { left, top, width, height } = field.getBoundingClientRect();
  return [top + 2, top + height - 2].every((y) => document.elementFromPoint(left + width / 2, y) === field);
}"""


@pytest.mark.parametrize(("width", "height", "percent"), [(390, 800, 100), (320, 640, 100), (390, 800, 200)])
def test_a_lost_connection_leaves_the_screen_to_what_is_written(phone, width, height, percent):
    page, field = phone.page, phone.card("orienter").locator(".compose--initiative textarea")
    page.set_viewport_size({"width": width, "height": height})
    zoom_text(page, percent)
    page.context.set_offline(True)
    line = page.locator("[data-atelier-offline] summary")
    expect(line).to_contain_text("Connexion coupée depuis")
    assert page.evaluate(HELD_AT_THE_TOP) <= 0.45 * height
    assert percent > 100 or line.bounding_box()["height"] <= 0.12 * height
    line.click()
    expect(page.get_by_label("adresse affichée")).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    field.focus()
    expect(page.get_by_label("adresse affichée")).to_be_hidden()
    field.evaluate("field => field.scrollIntoView({ block: 'start' })")
    assert field.evaluate(UNCOVERED)
