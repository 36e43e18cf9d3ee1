"""Real PDFs by the real worker, read back."""

import page
import pikepdf
import pytest

from atelier.domain.selectors import lines, visible_initiatives
from atelier.domain.state import Workshop
from atelier.domain.synthesis import overlay
from atelier.export.printing import render_html
from atelier.export.report import build
from atelier.verdicts import sentence
from atelier.wording import verdict_name
from tests.documents.conftest import Make
from tests.support import printed_rooms as rooms
from tests.support.printed import (
    pages_of,
    sizes_in_mm,
    squeezed,
    text_of,
)

pytestmark = pytest.mark.slow
EVERY = [
    *((wanted, paper) for wanted in ("groupe-1", "ensemble") for paper in ("a3", "a4")),
    ("groupe-2", "a4"),
    ("groupe-3", "a3"),
]


@pytest.mark.parametrize(("wanted", "paper"), EVERY)
def test_landscape_accessible_and_titled(make: Make, wanted: str, paper: str):
    pdf = make(rooms.full_room, wanted, paper)
    assert sizes_in_mm(pdf) == {(420, 297) if paper == "a3" else (297, 210)}
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    with pikepdf.open(pdf) as document:
        assert str(document.Root.Lang) == "fr"
        assert "Quelle doctrine" in str(document.docinfo["/Title"])
        assert "/StructTreeRoot" in document.Root


@pytest.mark.parametrize(
    ("wanted", "paper", "pages"),
    [("groupe-1", "a3", 1), ("groupe-1", "a4", 2), ("ensemble", "a3", 5)],
)
def test_a_sheet_stands_on_one_large_page_or_on_both_sides_of_a_small_one(
    make: Make, wanted: str, paper: str, pages: int
):
    with pikepdf.open(make(rooms.full_room, wanted, paper)) as document:
        assert len(document.pages) == pages


def test_no_page_of_a_plausible_workshop_is_three_quarters_empty(make: Make):
    for wanted, paper in (("groupe-1", "a3"), ("groupe-2", "a4"), ("groupe-3", "a3")):
        pages = pages_of(make(rooms.full_room, wanted, paper))
        assert [n for n, text in enumerate(pages, 1) if len(text) < 600] == [], (wanted, paper)


def test_what_groups_share_is_said_once_and_by_whom(make: Make):
    said = squeezed(text_of(make(rooms.full_room, "ensemble")))
    assert said.count("Repérerlespersonneséloignéesdunumérique") == 1
    assert said.count("Restitution") == 2  # the third group noted nothing


def test_our_font_is_embedded(make: Make):
    with pikepdf.open(make(rooms.full_room, "groupe-1")) as document:
        fonts = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}
    assert any("Atkinson-Hyperlegible" in font for font in fonts)
    assert not any(of in font for font in fonts for of in ("DejaVu", "Color"))


def said_by(state: Workshop, numbers: tuple[int, ...]) -> list[str]:
    """All that these groups' documents must hold."""
    groups = [state.group(number) for number in numbers]
    found = [text for group in groups for text in (group.name, group.note)]
    for group in groups:
        found += [mission.text for mission in group.missions.values() if not mission.withdrawn]
        for line in lines(group):
            found += [line.action.short, line.action.label]
            found += [initiative.text for initiative in visible_initiatives(line)]
    return found


def test_a_group_document_holds_all_that_the_state_holds(make: Make):
    state, text = rooms.full_room(), squeezed(text_of(make(rooms.full_room, "groupe-2", "a4")))
    wanted = [*said_by(state, (2,)), "France services", "médiation numérique", "Saint-Dié-des-Vosges"]
    wanted += [
        rooms.DOCTRINE.frequency,
        rooms.DOCTRINE.source,
        "Vosges (88)",
        "25 juin 2026",
        "KTZ 4MP",
        "1 / 2",
    ]
    assert [text_ for text_ in wanted if squeezed(text_) not in text] == []


def test_a_group_document_says_what_was_answered_before_talking(make: Make):
    pdf = make(rooms.answered_room, "groupe-1", "a4")
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    said = squeezed(text_of(pdf))
    assert squeezed("Avant d’en parler") in said
    assert squeezed("1 rarement, 2 régulièrement") in said
    assert squeezed("trop peu de réponses pour être montrées") in said
    assert squeezed("2 jamais") not in said


def test_the_whole_holds_every_group_the_decisions_and_the_verdicts(make: Make):
    state, text = rooms.full_room(), squeezed(text_of(make(rooms.full_room, "ensemble")))
    wanted = said_by(state, (1, 2, 3))
    wanted += [word for each in state.decisions.values() for word in (each.what, each.who, each.due)]
    wanted += ["Terrain commun", "Préfecture des Vosges"]
    wanted += [
        part
        for row in overlay(state)
        for part in (verdict_name(row.verdict, rooms.DOCTRINE), sentence(state, row, rooms.DOCTRINE))
    ]
    assert [text_ for text_ in wanted if squeezed(text_) not in text] == []
    assert "Prénom" not in text


# Right-to-left texts are read back in visual order; Chinese is not drawn, emoji are joined.
def test_html_has_no_style_attribute_no_script_and_no_link():
    report = build(rooms.CODE, rooms.full_room(), rooms.DOCTRINE, rooms.AT, "ensemble", "a3")
    html = render_html(report.as_json())
    assert not [word for word in ("style=", "<script", "href", "src=") if word in html]


def test_positions_are_words_that_can_be_copied(make):
    said = squeezed(text_of(make(rooms.full_room, "ensemble", "a4")))
    assert "àcompléter:3" in said
    assert "Legroupe1dit:Franceservicestrèsrégulièrement,Conseillernumériquerégulièrement" in said
