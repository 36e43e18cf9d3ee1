"""The phone's page and what its table redraws: the same fragments, nothing personal and no form in a broadcast."""

import json
import re

import pytest
from bs4 import BeautifulSoup, Tag

from atelier.domain import commands as c
from atelier.domain.values import Actor, NoteKind, Phase, Side
from atelier.live.regions import Kind, Region
from atelier.web.render.view import Changes
from atelier.web.screens.phone import page as phone
from tests.support.simulation.replica import Replica
from tests.web.phone_scene import DESK, NADIA, PAUL, ZOE, Scene, busy

HOSTILE = "</ul><script>alert(1)</script><img src=x onerror=alert(2)>'\"{{ 7*7 }}"
EVERYTHING = frozenset({Region(Kind.EVERYTHING)})


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def one(page: BeautifulSoup, css: str) -> Tag:
    """The first element that `css` selects."""
    found = page.select_one(css)
    assert found is not None, css
    return found


def changed(scene: Scene, group: int = 1) -> Changes:
    """What the phones of `group` hear of the scene's last act."""
    return phone.changes(scene.view, scene.stale, group)


def roots(html: list[str]) -> list[str]:
    """The ids of the fragments' root elements."""
    return [match[1] for each in html if (match := re.match(r'\s*<[a-z]+[^>]*? id="([^"]+)"', each))]


@pytest.mark.slow
@pytest.mark.parametrize(
    "phase",
    [pytest.param(phase, marks=[] if phase is Phase.ARTICULATIONS else pytest.mark.slow) for phase in Phase],
)
def test_every_fragment_has_its_twin_in_the_page(phase: Phase) -> None:
    scene = busy()
    if phase is not Phase.ARTICULATIONS:
        scene.do(DESK, c.OpenPhase(phase=phase))
    if phase is Phase.REPORT_BACK:
        scene.do(DESK, c.PresentGroup(group=2))
    page = soup(scene.page())
    drawn = phone.changes(scene.view, EVERYTHING, 1)
    ids = roots(drawn.html)
    assert len(ids) == len(drawn.html) == len(set(ids))
    for each in ids:
        assert len(page.find_all(id=each)) == 1, each


@pytest.mark.slow
def test_the_phone_that_the_desk_named_has_the_three_notes_and_its_table_hears_who_writes() -> None:
    scene = busy()
    page = soup(scene.page())
    assert one(page, "[data-atelier-notes]").has_attr("hidden")
    scene.do(DESK, c.NameRapporteur(group=1, participant=NADIA.id))
    (told,) = changed(scene).html
    me = json.loads(one(page, "#phone-data").get_text())["me"]
    assert f'data-rapporteur="{me}"' in told
    scene.do(NADIA, c.TakeNote(group=1, text="Le carnet", kind=NoteKind.AGREEMENT))
    assert "Le carnet" in changed(scene).html[0]
    assert changed(scene, 2).html == []
    page = soup(scene.page())
    assert not one(page, "[data-atelier-notes]").has_attr("hidden")
    assert one(page, "#note-agreement").get_text().strip() == "Le carnet"
    scene.do(DESK, c.NameRapporteur(group=1))
    assert one(soup(scene.page()), "[data-atelier-notes]").has_attr("hidden")


def test_who_types_in_a_paper_sheet_finds_its_lines_in_the_order_of_the_paper() -> None:
    scene = busy()

    def numbers(by: Actor) -> list[str]:
        return [each.get_text() for each in soup(scene.page(by, 2)).select(".cards .card__number")][:3]

    assert numbers(DESK) == ["1", "2", "3"]
    assert numbers(ZOE) != ["1", "2", "3"]


THIRD = "initiative-paul-0000002"


@pytest.mark.parametrize(
    ("by", "command"),
    [
        (PAUL, c.EditInitiative(group=1, initiative=THIRD, text="La même, en mieux")),
        (NADIA, c.SupportInitiative(group=1, initiative=THIRD)),
        (PAUL, c.WithdrawInitiative(group=1, initiative=THIRD)),
        (DESK, c.HideInitiative(group=1, initiative=THIRD)),
        (DESK, c.HighlightInitiative(group=1, initiative=THIRD, on=True)),
    ],
)
def test_a_page_after_changes_is_the_page_before_them_with_the_fragments_swapped_in(by, command) -> None:
    scene = busy()
    page = Replica(scene.page())
    listed = []

    def shown() -> None:
        for _ in range(2):  # a message that comes twice changes nothing the second time
            page.apply({"html": "".join(changed(scene).html)})
            assert page.element("initiatives-1-orienter") == Replica(scene.page()).element(
                "initiatives-1-orienter"
            )
        listed.append(page.element("initiatives-1-orienter"))

    scene.do(PAUL, c.PostInitiative(group=1, action="orienter", text="Une troisième"), THIRD)
    shown()
    assert "Une troisième" in (listed[0] or "")
    scene.do(by, command)
    shown()
    assert listed[0] != listed[1]


def test_one_initiative_more_is_told_without_the_others() -> None:
    scene = busy()
    scene.do(PAUL, c.PostInitiative(group=1, action="orienter", text="Une troisième"), THIRD)
    html = "".join(changed(scene).html)
    assert re.findall(r'data-initiative="([^"]+)"', html) == [THIRD]


def test_one_that_is_shown_again_comes_back_where_it_was() -> None:
    scene = busy()
    first = next(iter(scene.view.state.group(1).lines["orienter"].initiatives))
    for command in (c.HideInitiative, c.ShowInitiative):
        page = Replica(scene.page())
        scene.do(DESK, command(group=1, initiative=first))
        page.apply({"html": "".join(changed(scene).html)})
    assert page.element("initiatives-1-orienter") == Replica(scene.page()).element("initiatives-1-orienter")


def test_a_broadcast_holds_no_form_and_no_identifier_of_a_person() -> None:
    html = "".join(phone.changes(busy().view, EVERYTHING, 1).html)
    assert not soup(html).find_all(["form", "textarea", "input", "select", "script"])
    assert 'aria-pressed="true"' not in html
    for person in (NADIA, PAUL, ZOE, DESK):
        assert person.id not in html


def test_what_the_facilitation_hid_reaches_its_author_only() -> None:
    scene = busy()
    assert "sera masqué" not in "".join(phone.changes(scene.view, EVERYTHING, 1).html)
    assert "sera masqué" not in scene.page(PAUL)
    hidden = one(soup(scene.page(NADIA)), "[data-hidden-of=former]")
    assert "Un texte qui sera masqué" in hidden.text
    assert "Masquée par l’animation" in hidden.text


def test_a_card_moved_is_told_as_numbers_and_who_moved_it() -> None:
    scene = busy()
    scene.do(NADIA, c.PlaceAction(group=1, action="former", fs=25, cn=100))
    told = changed(scene)
    assert told.bars == [(1, "former", 25, 100, "placed", 0)]
    assert roots(told.html) == ["placed-1-former"]
    assert "Placée par Nadia" in told.html[0]


def test_without_a_first_name_the_trade_is_said() -> None:
    scene = busy()
    assert "Placée par un·e conseiller·e numérique" in " ".join(soup(scene.page()).text.split())


@pytest.mark.parametrize("phase", [Phase.ARTICULATIONS, Phase.SYNTHESIS])
def test_another_group_stays_unseen_unless_it_presents(phase: Phase) -> None:
    scene = busy()
    assert "Affiche des permanences" not in scene.page()
    if phase is not Phase.ARTICULATIONS:
        scene.do(DESK, c.OpenPhase(phase=phase))
    assert "Affiche des permanences" not in scene.page()
    scene.do(DESK, c.HighlightInitiative(group=2, initiative="initiative-zoe-00000001", on=True))
    assert not changed(scene).bars
    assert not changed(scene).html


def test_who_presents_is_seen_and_followed_on_every_phone() -> None:
    scene = busy()
    scene.do(DESK, c.OpenPhase(phase=Phase.REPORT_BACK))
    scene.do(DESK, c.PresentGroup(group=2))
    assert changed(scene).flags["presenting"] == "2"
    assert "Affiche des permanences" in one(soup(scene.page()), "#presented").text
    scene.do(DESK, c.PostInitiative(group=2, action="orienter", text="Dite à voix haute"))
    told = changed(scene, group=1)
    assert roots(told.html) == ["shown-2-orienter"]
    assert "Dite à voix haute" in told.html[0]
    assert told.bars[0][:2] == (2, "orienter")


@pytest.mark.slow
def test_groups_are_compared_in_the_synthesis_only() -> None:
    scene = busy()
    assert not soup(scene.page()).find_all(class_="compared")
    scene.do(DESK, c.OpenPhase(phase=Phase.SYNTHESIS))
    assert len(soup(scene.page()).find_all(class_="compared")) == 10


@pytest.mark.slow
def test_each_group_begins_at_its_own_line_and_keeps_the_numbers_of_the_sheet() -> None:
    scene = busy()
    numbers = [
        [each.text for each in soup(scene.page(by, group)).select(".card:not([data-slot]) .card__number")]
        for by, group in ((NADIA, 1), (ZOE, 2))
    ]
    assert numbers[0] == [str(n) for n in range(1, 11)]
    assert numbers[1] == ["4", "5", "6", "7", "8", "9", "10", "1", "2", "3"]


@pytest.mark.slow
def test_ones_own_arm_comes_first_and_both_scales_are_read_in_one_direction() -> None:
    scene = busy()

    def arms(html: str) -> list[str]:
        return [str(each["data-arm"]) for each in soup(html).select("#card-orienter fieldset")]

    assert arms(scene.page(NADIA)) == ["fs", "cn"]
    assert arms(scene.page(PAUL)) == ["cn", "fs"]
    for pole in ("fs", "cn"):  # on the screen the first runs leftwards: tests/browser/test_announced.py
        steps = soup(scene.page()).select(f"#card-orienter .steps--{pole} input")
        assert [each["value"] for each in steps] == ["0", "25", "50", "75", "100"]


def test_free_lines_wait_hidden_until_somebody_fills_them() -> None:
    slots = soup(busy().page()).select("[data-slot]")
    assert [slot["id"] for slot in slots] == [f"card-libre-{n}" for n in range(1, 5)]
    assert [slot.has_attr("hidden") for slot in slots] == [False, True, True, True]


def test_a_filled_line_arrives_with_its_label_and_marks_its_mission() -> None:
    scene = busy()
    scene.do(PAUL, c.AddAction(group=1, label="Favoriser l’accès", mission="fs-3"))
    told = changed(scene)
    assert {"label-1-libre-2", "initiatives-1-libre-2", "missions-1-fs"} <= set(roots(told.html))
    assert "sur la fiche" in "".join(told.html)


def test_a_facilitator_writes_for_a_table_as_nobody_in_particular() -> None:
    page = soup(busy().page(DESK, 3))
    assert "Vous saisissez pour Groupe 3" in page.text
    assert "Vous, conseiller" not in page.text
    assert all("?groupe=3" in str(each["value"]) for each in page.select("form[data-act] input[name=back]"))


def test_hostile_texts_are_shown_as_they_are_typed() -> None:
    scene = busy()
    scene.do(NADIA, c.PostInitiative(group=1, action="orienter", text=HOSTILE))
    scene.do(NADIA, c.AddMission(group=1, side=Side.BOTH, text=HOSTILE))
    scene.do(NADIA, c.AddAction(group=1, label=HOSTILE))
    scene.do(DESK, c.RenameGroup(group=1, name=HOSTILE[:60]))
    scene.do(DESK, c.Announce(text=HOSTILE))
    for html in (scene.page(), "".join(phone.changes(scene.view, EVERYTHING, 1).html)):
        page = soup(html)
        assert not page.find_all("img")
        assert not [script for script in page.find_all("script") if "alert" in script.text]
        assert HOSTILE in page.text


@pytest.mark.slow
def test_the_page_obeys_the_strict_policy_and_repeats_no_id() -> None:
    page = soup(busy().page())
    ids = [str(each["id"]) for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert not page.find_all(style=True)
    assert not [each for each in page.find_all(True) for name in each.attrs if name.startswith("on")]
    for button in page.select("button[form]"):
        assert page.find("form", id=button["form"]) is not None, button
    for label in page.select("label[for]"):
        assert page.find(id=label["for"]) is not None, label


def test_somebody_moved_finds_their_mark_gone_from_the_table() -> None:
    scene = busy()
    mark = json.loads(one(soup(scene.page()), "#phone-data").text)["me"]
    assert mark in one(soup(scene.page()), "#members-1")["data-members"]
    scene.do(DESK, c.ChangeGroup(participant=NADIA.id, to_group=2))
    assert mark not in "".join(changed(scene).html)


def test_who_presents_is_told_in_words_too() -> None:
    scene = busy()
    scene.do(DESK, c.OpenPhase(phase=Phase.REPORT_BACK))
    scene.do(DESK, c.PresentGroup(group=2))
    scene.do(DESK, c.PlaceAction(group=2, action="orienter", fs=100, cn=0))
    said = "France services : très régulièrement · Conseiller numérique : jamais"
    assert one(soup(scene.page()), "#shown-words-2-orienter").text.replace("\u00a0", " ") == said
    (fragment,) = [each for each in changed(scene).html if "shown-words-2-orienter" in each]
    assert said in fragment.replace("\u00a0", " ")


@pytest.mark.slow
def test_what_is_over_is_gone_after_the_close() -> None:
    scene = busy()
    scene.do(DESK, c.OpenPhase(phase=Phase.SYNTHESIS))
    scene.do(DESK, c.Announce(text="Pause à 11 h"))
    assert "s’inscriront ici" in scene.page()
    scene.do(DESK, c.CloseWorkshop())
    page = soup(scene.page())
    assert "s’inscriront ici" not in page.text
    assert one(page, "#announcement").text.strip() == ""
    assert "announcement" in roots(changed(scene).html)
    assert "voyez avec l’animation" in one(page, ".closed").text
    assert "Garder la fiche de mon groupe" in one(page, ".closed").text
    assert "paraîtront à l’écran" in one(page, ".you__notice [data-when=open]").text


def test_undo_is_offered_until_somebody_else_changes_the_card() -> None:
    scene = busy()
    scene.do(NADIA, c.PlaceAction(group=1, action="orienter", fs=100, cn=0))
    assert not one(soup(scene.page()), "[data-undo='1/orienter']").has_attr("hidden")
    scene.do(PAUL, c.PlaceAction(group=1, action="orienter", cn=50))
    assert one(soup(scene.page()), "[data-undo='1/orienter']").has_attr("hidden")


@pytest.mark.slow
@pytest.mark.parametrize("phase", Phase)
def test_without_a_style_sheet_the_page_says_nothing_of_another_moment(phase: Phase) -> None:
    """What is of another phase, or of the close, is hidden by the server itself."""
    scene = busy()
    if phase is not Phase.ARTICULATIONS:
        scene.do(DESK, c.OpenPhase(phase=phase))
    for status in ("open", "closed"):
        page = soup(scene.page())
        assert page.select("[data-in]")
        for part in page.select("[data-in]"):
            assert part.has_attr("hidden") is not (phase.value in str(part["data-in"]).split()), part
        for part in page.select("[data-when]"):
            assert part.has_attr("hidden") is (part["data-when"] != status), part
        for part in page.select("[data-open-in]:not([aria-current])"):
            assert part.has_attr("hidden") is not (phase.value in str(part["data-open-in"]).split()), part
        assert one(page, ".page-forms").has_attr("hidden")
        if status == "open":
            scene.do(DESK, c.CloseWorkshop())
