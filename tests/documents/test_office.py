"""Documents to rework, opened by LibreOffice as its users do, and made PDF/UA there."""

import itertools
import shutil
import subprocess
from pathlib import Path

import page
import pikepdf
import pytest

from tests.documents.conftest import Written, golden
from tests.support.golden_rooms import ROOMS, WHOLE, check_texts
from tests.support.printed import overlaps, squeezed, text_of

pytestmark = pytest.mark.slow
TEXTS = ("compte-rendu", "compte-rendu-odt", "prefecture")
ACCESSIBLE = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
LONGEST = "twenty-four lines"
FOLLOWING = "initiatives brought together, after another workshop"
HEADS = squeezed("Groupe France services Conseiller numérique")


def test_libreoffice_makes_every_text_an_accessible_pdf_without_a_word(written: Written, tmp_path: Path):
    papers = converted(written, TEXTS, ACCESSIBLE, tmp_path)
    for (name, wanted), pdf in papers.items():
        check_texts(text_of(pdf), wanted if wanted in WHOLE else "", golden(name)[1])
        assert overlaps(pdf) == [], (name, wanted)
        if wanted == "prefecture":
            # In a font a fifth wider than Word's; what moved since another workshop comes after the two pages.
            with pikepdf.open(pdf) as document:
                assert len(document.pages) <= 2 + (name in {LONGEST, FOLLOWING}), name
    for name, wanted in itertools.product(("a whole workshop", "nothing written"), TEXTS):
        assert page.validate_pdf(papers[name, wanted], profile="ua1").failures == [], (name, wanted)
    # A table that goes on says its heads again: a small one does not.
    for wanted in TEXTS[:2]:
        assert squeezed(text_of(papers["a whole workshop", wanted])).count(HEADS) == 10


def test_libreoffice_opens_every_spreadsheet_without_a_word(written: Written, tmp_path: Path):
    for (name, _), pdf in converted(written, ("tableaux",), "pdf", tmp_path).items():
        check_texts(text_of(pdf), "", golden(name)[1])
        assert overlaps(pdf) == [], name


def converted(
    written: Written, wanted: tuple[str, ...], form: str, folder: Path
) -> dict[tuple[str, str], Path]:
    """Convert documents of every golden workshop, all at once: starting it is what takes time."""
    papers: dict[tuple[str, str], Path] = {}
    for name, each in itertools.product(ROOMS, wanted):
        source = written(name, each)
        papers[name, each] = folder / f"{len(papers)}{source.suffix}"
        shutil.copy(source, papers[name, each])
    told = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", form,
         "--outdir", str(folder / "out"), *map(str, papers.values())],
        capture_output=True, check=True, timeout=900,
    )  # fmt: skip
    # Of itself, not of our files: it looks for Java, which none of them needs.
    said = [line for line in told.stderr.decode().splitlines() if "javaldx" not in line]
    assert said == []
    return {key: folder / "out" / f"{paper.stem}.pdf" for key, paper in papers.items()}
