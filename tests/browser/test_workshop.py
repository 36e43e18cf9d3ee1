"""A whole workshop: one desk, one wall, six phones in three groups; then journal, screens and PDFs say the same."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from atelier.domain.selectors import lines, progress, visible_initiatives
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from tests.support.people import Facilitator, Participant, prepare_by_hand

pytestmark = pytest.mark.browser

ROOM = [
    ("France services", 1, "Nadia"), ("Conseiller numérique", 1, "Karim"), ("France services", 2, "Aïcha"),
    ("Conseiller numérique", 2, "Lucas"), ("Coordination", 3, "Claire"), ("Conseiller numérique", 3, ""),
]  # fmt: skip
HOSTILE = "<img src=x onerror=alert(1)> & «\u00a0l’été\u00a0»"


@pytest.fixture
def facilitator(opened, server):
    desk = opened(1440, 900)
    facilitator = Facilitator(desk, server.base, *prepare_by_hand(desk, server.base))
    facilitator.project(opened(1280, 720))
    return facilitator


@pytest.fixture
def phones(opened, server, facilitator):
    return [Participant(opened(), server.base, facilitator.code, *who, by_hand=True) for who in ROOM]


def everyone_sees(phones, facilitator, axe, where):
    for page in (facilitator.desk, facilitator.wall, phones[0].page):
        axe(page, f"{where}: {page.url}")


def test_a_whole_workshop(facilitator, phones, server, axe):
    expect(facilitator.wall.locator("#scene, body").first).to_contain_text("6")
    everyone_sees(phones, facilitator, axe, "welcome")
    remits(facilitator, phones)
    everyone_sees(phones, facilitator, axe, "remits")
    articulations(facilitator, phones)
    place_and_propose(facilitator, phones)
    everyone_sees(phones, facilitator, axe, "articulations")
    clock(facilitator, phones)
    moderation(facilitator, phones)
    report_back(facilitator, phones)
    everyone_sees(phones, facilitator, axe, "report-back")
    facilitator.go_to("Passer à la synthèse", "synthesis")
    expect(facilitator.wall.get_by_text("Coup de pouce").first).to_be_visible()
    everyone_sees(phones, facilitator, axe, "synthesis")
    group_pdf = facilitator.download("input[name=group][value='1']")
    whole_pdf = facilitator.download("input[name=what][value=whole]")
    close(facilitator, phones)
    everyone_sees(phones, facilitator, axe, "closed")
    assert facilitator.secret not in facilitator.wall.content()
    assert facilitator.secret not in facilitator.desk.url

    server.stop()
    state = stored(server, facilitator.code)
    assert_sheets(state)
    assert_screens_tell(state, phones)
    assert_pdfs_tell(state, group_pdf, whole_pdf)


def remits(facilitator, phones):
    nadia, karim, aicha = phones[:3]
    facilitator.go_to("Passer aux missions", "remits")
    expect(nadia.page.locator("body")).to_have_attribute("data-phase", "remits")
    form = nadia.page.locator("form[data-act=add-mission]:visible").nth(1)
    form.locator("textarea, input[name=text]").fill("Repérer les personnes en difficulté avec l’écrit")
    form.get_by_role("button", name="Ajouter").click()
    expect(karim.page.get_by_text("Repérer les personnes en difficulté")).to_be_visible()
    expect(facilitator.wall.get_by_text("Repérer les personnes en difficulté")).to_be_visible()
    expect(aicha.page.get_by_text("Repérer les personnes en difficulté")).to_have_count(0)


def articulations(facilitator, phones):
    facilitator.go_to("Passer aux articulations", "articulations")
    expect(phones[0].page.locator("body")).to_have_attribute("data-phase", "articulations")
    facilitator.press(re.compile("^Lancer"))
    expect(facilitator.wall.locator("body")).to_have_attribute("data-clock-status", "running")


def clock(facilitator, phones):
    facilitator.press(re.compile("^Pause"))
    for page in (facilitator.wall, phones[0].page):
        expect(page.locator("body")).to_have_attribute("data-clock-status", "paused")
    facilitator.press(re.compile("^\\+5 min"))
    facilitator.press(re.compile("^Reprendre"))
    expect(facilitator.wall.locator("[data-clock-total]").first).to_have_text("25")
    expect(facilitator.wall.locator("body")).to_have_attribute("data-clock-status", "running")


def moderation(facilitator, phones):
    nadia, karim, aicha = phones[:3]
    facilitator.initiative("À masquer").get_by_role("button", name=re.compile("^Masquer")).click()
    expect(
        aicha.page.locator(".initiatives [data-initiative-text]").filter(has_text="À masquer")
    ).to_have_count(0)
    facilitator.initiative("carnet de liaison").get_by_role("button", name=re.compile("En avant")).click()
    expect(facilitator.wall.get_by_text("Un carnet de liaison commun")).to_be_visible()
    nadia.page.get_by_role("button", name="Notre groupe a terminé").click()
    expect(karim.page.get_by_text("C’est noté")).to_be_visible()


def report_back(facilitator, phones):
    aicha = phones[2]
    facilitator.go_to("Passer à la restitution", "report-back")
    facilitator.press(re.compile("[Gg]roupe 1"))
    expect(facilitator.wall.locator("body")).to_have_attribute("data-presenting", "1")
    aicha.page.get_by_role(
        "button", name="Y aller"
    ).click()  # her field was open: nothing took her screen away
    expect(aicha.page.get_by_role("heading", name=re.compile("Groupe 1 présente"))).to_be_visible()


def close(facilitator, phones):
    facilitator.press("Clore l’atelier…")
    facilitator.desk.get_by_role("button", name="Clore maintenant").click()
    expect(facilitator.desk.locator("body")).to_have_attribute("data-status", "closed")
    # The line for screen readers says it too.
    expect(phones[0].page.locator(".closed").get_by_text("L’atelier est clos")).to_be_visible()


def place_and_propose(facilitator, phones):
    nadia, karim, aicha, lucas, claire, other = phones
    wall = facilitator.wall
    nadia.place("orienter", 100, 50)
    for page in (karim.page, wall, nadia.page):
        expect(page.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile(r"fs-100.*cn-50"))
    karim.drag("orienter", "cn", 50, 75)
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile("fs-100.*cn-75"))
    expect(nadia.page.locator("#placed-1-orienter")).to_contain_text("Karim")
    nadia.card("orienter").get_by_role("button", name="Sans objet").click()
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_attribute("data-state", "aside")
    nadia.page.locator('[data-undo="1/orienter"]').click()
    expect(wall.locator('[data-bar="1/orienter"]').first).to_have_class(re.compile("fs-100.*cn-75"))
    nadia.propose("orienter", "Un carnet de liaison commun")
    expect(karim.page.locator("#initiatives-1-orienter")).to_contain_text("Un carnet de liaison commun")
    karim.card("orienter").locator(".heart").first.click()
    expect(nadia.page.locator("#initiatives-1-orienter .heart").first).to_contain_text("1")
    nadia.propose("diagnostiquer", HOSTILE)
    aicha.propose("former", "À masquer")
    expect(facilitator.initiative("À masquer")).to_be_visible()
    typing_is_not_disturbed(aicha, lucas)
    lucas.page.get_by_text("Autre action de coordination 1").click()
    lucas.page.get_by_label(re.compile("Une action que votre groupe")).first.fill("Mutualiser les moyens")
    lucas.page.get_by_role("button", name="Ajouter", exact=True).locator("visible=true").first.click()
    expect(aicha.page.locator("#card-libre-1")).to_be_visible()
    expect(wall.get_by_text("Mutualiser les moyens")).to_be_visible()
    lucas.place("libre-1", 50, 50)
    claire.place("former", 0, 100)
    other.propose("former", "Deux places gardées par atelier")
    expect(wall.locator('[data-bar="3/former"]').first).to_have_class(re.compile("cn-100"))
    expect(claire.page.locator("#initiatives-3-former")).to_contain_text("Deux places")


def typing_is_not_disturbed(typist, neighbour):
    field = typist.card("orienter").locator(".compose--initiative textarea")
    field.fill("Une phrase en train de s’écr")
    field.focus()
    neighbour.propose("orienter", "Du même groupe, pendant ce temps")
    expect(typist.page.locator("#initiatives-2-orienter")).to_contain_text("Du même groupe")
    expect(field).to_be_focused()
    expect(field).to_have_value("Une phrase en train de s’écr")
    field.fill("")


def stored(server, code):
    service = Service(JournalFolder(server.folder / "sessions"))
    state = service.read(code).state
    service.close()
    return state


def assert_sheets(state):
    one, two, three = state.groups
    placement = one.lines["orienter"].placement
    assert (placement.fs, placement.cn) == (100, 75)
    assert [each.text for each in visible_initiatives(one.lines["orienter"])] == [
        "Un carnet de liaison commun"
    ]
    assert [each.text for each in one.lines["diagnostiquer"].initiatives.values()] == [HOSTILE]
    assert two.lines["libre-1"].action.label == "Mutualiser les moyens"
    assert visible_initiatives(two.lines["former"]) == []
    assert (three.lines["former"].placement.fs, three.lines["former"].placement.cn) == (0, 100)
    assert progress(two).initiatives == 1
    assert state.status == "closed"


def assert_screens_tell(state, phones):
    for phone in phones:
        phone.tab("La fiche")
        for line in lines(state.group(phone.group)):
            bar = phone.bar(line.action.id)
            if line.placement:
                expect(bar).to_have_class(re.compile(rf"fs-{line.placement.fs}\b.*cn-{line.placement.cn}\b"))
            else:
                expect(bar).to_have_attribute("data-state", "unplaced")
            shown = phone.page.locator(
                f"#initiatives-{phone.group}-{line.action.id} [data-initiative-text]"
            ).all_text_contents()
            told = [initiative.text for initiative in visible_initiatives(line)]
            assert sorted(shown) == sorted(told) or "À masquer" in shown


def assert_pdfs_tell(state, group_pdf, whole_pdf):
    group, whole = text_of(group_pdf), text_of(whole_pdf)
    for number, document in ((1, group), (1, whole), (2, whole), (3, whole)):
        for line in lines(state.group(number)):
            for initiative in visible_initiatives(line):
                assert squeezed(initiative.text) in document
    assert squeezed("Mutualiser les moyens") in whole
    for document in (group, whole):
        assert squeezed("À masquer") not in document
        assert not any(name and squeezed(name) in document for _, _, name in ROOM)


def text_of(pdf):
    return squeezed(
        subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    )


def squeezed(text):
    return re.sub(r"\s+", "", text)
