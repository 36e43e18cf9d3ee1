"""Real PDFs of texts at their limits: whatever phones type, hostile texts, more initiatives than anybody reads."""

import re
from pathlib import Path

import page
import pikepdf
import pytest

from atelier.export.api import export_pdf
from atelier.export.printing import render_pdf
from atelier.export.report import build
from tests.documents.conftest import Make
from tests.support import printed_rooms as rooms
from tests.support.printed import narrowest_margins, pages_of, smallest_print, squeezed, text_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("paper", "layout", "least"), [("a3", "suite", 11), ("a4", "suite", 8), ("a4", "dessous", 8)]
)
def test_whatever_phones_type_is_accessible_printable_and_says_whose_it_is(
    tmp_path: Path, paper: str, layout: str, least: int
):
    pdf, state = tmp_path / "x.pdf", rooms.typed_room()
    report = build(rooms.CODE, state, rooms.DOCTRINE, rooms.AT, "groupe-1", paper, layout)
    render_pdf(report.as_json(), pdf)
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    assert smallest_print(pdf) >= least
    assert min(narrowest_margins(pdf)) >= 9.9
    pages = pages_of(pdf)
    assert len(pages) > 2
    assert [n for n, text in enumerate(pages) if squeezed(f"{state.group(1).name}") not in text] == []
    assert [n for n, text in enumerate(pages[1:], 2) if "(suite)·Quelledoctrine" not in text] == []
    going_on = [n for n, text in enumerate(pages) if "3Orienter(suite)" in text]
    assert going_on == ([1] if layout == "dessous" else [])
    text = "".join(pages)
    assert "★Uneinitiativesimple,numéro21" in text
    assert "★miseenavant" in text
    assert "◻◻" in text
    assert [n for n in range(31) if f"Uneinitiativesimple,numéro{n}" not in text] == []


READABLE = [text for text in rooms.HOSTILE if not any(c in text for c in "مש中🎉")]


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_hostile_texts_are_printed_literally_and_whole(make: Make, paper: str):
    state, pdf = rooms.hostile_room(), make(rooms.hostile_room, "ensemble", paper)
    text = squeezed(text_of(pdf)).replace("\u200b", "").replace("\u200d", "")
    wanted = [*READABLE, state.prepared.title, state.prepared.place, state.group(1).name, state.group(1).note]
    wanted += [
        "W" * 140,
        *(part for each in state.decisions.values() for part in (each.what, each.who, each.due)),
    ]
    missing = [
        each for each in wanted if squeezed(each).replace("\u200b", "").replace("\u200d", "") not in text
    ]
    assert [each for each in missing if "\u0301" not in each] == []


def test_hostile_texts_embed_and_link_nothing(make: Make):
    with pikepdf.open(make(rooms.hostile_room, "ensemble")) as document:
        assert list(document.attachments) == []
        assert not any("/Annots" in each for each in document.pages)
        assert "root:" not in text_of(make(rooms.hostile_room, "ensemble"))


NEVER_S = 3600
"""A ceiling for a worker that hangs: at the lowest priority a busy machine gives it little."""


def test_ten_thousand_initiatives_are_whole_in_less_than_a_minute_of_work(tmp_path):
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    state = rooms.crowded_room(10_000)
    made = export_pdf(
        rooms.CODE, state, rooms.DOCTRINE, rooms.AT, "ensemble", "a3", tmp_path, timeout_s=NEVER_S
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert made.stat().st_size > 1_000_000
    # The worker's own time, not the clock's: it runs at the lowest priority, beside whatever else runs.
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 60
    said = set(re.findall(r"Idée(\d+)x", squeezed(text_of(made))))
    assert [n for n in range(10_000) if str(n) not in said] == []
