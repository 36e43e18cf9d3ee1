"""What is printed before a workshop, read back from real PDFs: pages, words, print, and QR codes by a decoder."""

import json
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pytest

from atelier.domain import limits
from atelier.domain.doctrine import SheetAction
from atelier.domain.state import Workshop, blank_group
from atelier.export.api import BEFORE, ON_BOTH, Source, content_of, file_name
from atelier.export.kit import Entry
from atelier.export.worker import writer
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import ROOMS
from tests.support.printed import (
    codes_of,
    emptiest_page,
    narrowest_margins,
    pages_of,
    sizes_in_mm,
    smallest_print,
    squeezed,
)

URL = "http://192.168.1.20:8000/r/KTZ4MP"
ENTRY = Entry(url=URL, spoken="192.168.1.20:8000")
LONG_NAME = "Communauté de communes de la porte des Vosges méridionales"
WORDS = rooms.DOCTRINE.scale


def of_groups(names: tuple[str, ...], **changes: Any) -> Workshop:
    """A workshop with these groups, nothing written yet."""
    state = rooms.blank_room()
    setup = replace(state.prepared, groups=names, **changes)
    groups = tuple(blank_group(setup, n) for n in range(1, len(names) + 1))
    return replace(state, setup=setup, groups=groups)


def twelve() -> Workshop:
    """Twelve groups with names of sixty characters, and every other text at its limit."""
    names = tuple(f"{LONG_NAME[:57]} {n}" for n in range(1, 13))
    title, place = "Mieux articuler " * 7 + "ensemble", "Saint-Dié-des-Vosges " * 2 + "et environs"
    return of_groups(names, title=title, place=place, territory="Pays de la Déodatie " * 2, organiser=title)


def four() -> Workshop:
    """The first four of them: what each page is measured by is on all of them."""
    state = twelve()
    setup = replace(state.prepared, groups=state.prepared.groups[:4])
    return replace(state, setup=setup, groups=state.groups[:4])


def talkative() -> Workshop:
    """As many lines as a sheet may have, each as long as it may be, of a group with the widest letters."""
    words = (
        "Accompagner les personnes éloignées du numérique dans chacune de leurs démarches, avec un relais "
        * 2
    )
    actions = tuple(
        SheetAction(
            id=f"a{n}", short=f"Action {n}", label=f"x{n:02} {words}"[: limits.LABEL_CHARACTERS].strip(),
            precision=words[: limits.LABEL_CHARACTERS].strip(), examples=(words[:280].strip(),) * 6,
        )
        for n in range(1, 11)
    )  # fmt: skip
    return of_groups(("W" * 60,), actions=actions, free_lines=14)


def printed(folder: Path, wanted: str, paper: str, state: Workshop, entry: Entry = ENTRY) -> Path:
    """Write a document as the worker does."""
    source = Source(code=rooms.CODE, state=state, doctrine=rooms.DOCTRINE, at=rooms.AT, entry=entry)
    content = json.loads(json.dumps(content_of(source, wanted, paper).as_json()))
    path = folder / file_name(state, wanted, paper)
    writer(content)(content, path)
    return path


@pytest.fixture(autouse=True)
def _no_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.WARNING)
    yield
    assert [each.getMessage() for each in caplog.records if each.name.startswith("weasyprint")] == []


PAPERS = [(wanted, paper) for wanted in BEFORE for paper in (("a3", "a4") if wanted in ON_BOTH else ("a4",))]


@pytest.mark.parametrize(("wanted", "paper"), PAPERS)
def test_each_is_accessible_legible_printable_and_its_codes_lead_in(wanted: str, paper: str, tmp_path: Path):
    state = four()
    pdf, groups = printed(tmp_path, wanted, paper, state), len(state.groups)
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    assert smallest_print(pdf) >= (11 if paper == "a3" else 8)
    assert min(narrowest_margins(pdf)) >= 9.9
    pages = {"vierge": groups if paper == "a3" else 2 * groups, "missions": groups, "panneaux": groups}
    wide, tall = (420, 297) if paper == "a3" else (297, 210)
    landscape = wanted in ("vierge", "missions")
    assert sizes_in_mm(pdf) == {(wide, tall) if landscape else (tall, wide)}
    if wanted != "deroule":
        assert len(pages_of(pdf)) == pages.get(wanted, 1)
    codes = {
        "vierge": [[f"{URL}/{n}"] for n in range(1, groups + 1)],
        "panneaux": [[f"{URL}/{n}"] * 2 for n in range(1, groups + 1)],
        "affiche": [[URL]],
    }
    codes["missions"] = codes["vierge"]
    assert [found for found in codes_of(pdf) if found] == codes.get(wanted, [])


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_a_sheet_has_every_line_in_order_with_all_words_for_both_trades(paper: str, tmp_path: Path):
    state = twelve()
    said = pages_of(printed(tmp_path, "vierge-12", paper, state))
    first, last = said[0], said[-1]
    at = [first.index(squeezed(f"{n}{each.label}")) for n, each in enumerate(rooms.DOCTRINE.actions, 1)]
    at += [first.index(squeezed(f"{n}Autre action de coordination {n - 10} :")) for n in range(11, 15)]
    assert at == sorted(at)
    for word in WORDS[:1] + WORDS[1:3] + WORDS[4:]:
        assert first.count(squeezed(word)) >= 28
    assert first.count("sansobjet") == 14
    for what in ("Unaccord", "Undésaccord", "Uneinitiativeàlancer"):
        assert what in last
    assert squeezed(state.group(12).name) in first
    assert "25juin2026" in first
    assert squeezed(rooms.DOCTRINE.frequency) in first
    assert [text for text in rooms.DOCTRINE.instructions if squeezed(text) not in first] == []
    assert len(said) == (1 if paper == "a3" else 2)


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_a_sheet_at_every_limit_goes_on_and_each_page_says_whose_it_is(paper: str, tmp_path: Path):
    state = talkative()
    pdf = printed(tmp_path, "vierge", paper, state)
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    assert smallest_print(pdf) >= (11 if paper == "a3" else 8)
    assert min(narrowest_margins(pdf)) >= 9.9
    pages = pages_of(pdf)
    assert len(pages) > 1
    assert [n for n, text in enumerate(pages) if "WWWWWWWW" not in text] == []
    whole = "".join(pages)
    assert [each.label for each in state.prepared.actions if squeezed(each.label) not in whole] == []
    assert whole.count("sansobjet") == 24


@pytest.mark.parametrize(("paper", "pages"), [("a3", 2), ("a4", 3)])
def test_twenty_four_lines_are_as_many_on_both_pages(paper: str, pages: int, tmp_path: Path):
    pdf = printed(tmp_path, "vierge-1", paper, ROOMS["twenty-four lines"]()[0])
    assert [text.count("sansobjet") for text in pages_of(pdf)] == [12, 12, 0][:pages]
    assert emptiest_page(pdf, 16) > 0.6
    assert pdf.stat().st_size < 200_000  # dotted rules, drawn dot by dot, are 600 kB a group


def test_what_a_group_wrote_already_keeps_its_line(tmp_path: Path):
    state = rooms.full_room()
    (said,) = pages_of(printed(tmp_path, "vierge-2", "a3", state))
    assert said.index("11Partagerunagendadespermanences") < said.index("12Autreactiondecoordination2")
    assert "Autreactiondecoordination1" not in said


@pytest.mark.parametrize(("wanted", "paper"), [("vierge", "a3"), ("panneaux", "a4"), ("affiche", "a4")])
def test_where_no_phone_could_come_the_code_stands_alone(wanted: str, paper: str, tmp_path: Path):
    pdf = printed(tmp_path, wanted, paper, rooms.blank_room(), Entry())
    assert [found for found in codes_of(pdf) if found] == []
    assert all("KTZ4MP" in text for text in pages_of(pdf))
    assert "192.168" not in "".join(pages_of(pdf))


def test_a_workshop_without_groups_has_one_sheet_to_name(tmp_path: Path):
    state = replace(rooms.blank_room(), groups=())
    pdf = printed(tmp_path, "vierge", "a3", state)
    (said,) = pages_of(pdf)
    assert "Groupe:Quelledoctrine" in said
    assert codes_of(pdf) == [[URL]]


def test_the_script_has_its_hours_and_the_notice_its_date(tmp_path: Path):
    (script, *_) = pages_of(printed(tmp_path, "deroule", "a4", rooms.blank_room()))
    for told in (
        "De14h00à14h55",
        "55minentout,sansl’accueil",
        "14h10–14h30Articulations20min",
        "15min(3×5min)",
    ):
        assert told in script
    (notice,) = pages_of(printed(tmp_path, "notice", "a4", rooms.blank_room()))
    assert "PréfecturedesVosges" in notice
    assert "23septembre2026" in notice
    assert "saisirlaCNIL" in notice


def test_the_kit_is_one_archive_whose_names_say_what_is_in(tmp_path: Path):
    with zipfile.ZipFile(printed(tmp_path, "kit", "a3", rooms.blank_room())) as archive:
        names = archive.namelist()
    begin = "2026-06-25_Saint-Die-des-Vosges_"
    assert all(name.startswith(begin) for name in names)
    assert [name.removeprefix(begin).removesuffix(".pdf") for name in names] == [
        "feuille-vierge_groupe-1-a3", "feuille-vierge_groupe-2-a3", "feuille-vierge_groupe-3-a3",
        "feuille-vierge", "feuille-des-missions-a3", "panneaux-de-table", "affiche", "affiche-a3", "deroule",
        "donnees-personnelles",
    ]  # fmt: skip
