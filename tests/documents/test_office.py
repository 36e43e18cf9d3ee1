"""Documents to rework, opened by LibreOffice as its users do."""

import itertools
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.documents.conftest import Written, golden
from tests.support.golden_rooms import ROOMS, WHOLE, check_texts
from tests.support.printed import overlaps, text_of

pytestmark = pytest.mark.slow
OFFICE = ("compte-rendu", "compte-rendu-odt", "prefecture", "tableaux")


def test_libreoffice_opens_every_one_without_a_word(written: Written, tmp_path: Path):
    """All at once: starting it is what takes time."""
    papers: dict[tuple[str, str], Path] = {}
    for name, wanted in itertools.product(ROOMS, OFFICE):
        source = written(name, wanted)
        papers[name, wanted] = tmp_path / f"{len(papers)}{source.suffix}"
        shutil.copy(source, papers[name, wanted])
    told = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
         "--outdir", str(tmp_path / "out"), *map(str, papers.values())],
        capture_output=True, check=True, timeout=900,
    )  # fmt: skip
    # Of itself, not of our files: it looks for Java, which none of them needs.
    said = [line for line in told.stderr.decode().splitlines() if "javaldx" not in line]
    assert said == []
    for (name, wanted), paper in papers.items():
        pdf = tmp_path / "out" / f"{paper.stem}.pdf"
        check_texts(text_of(pdf), wanted if wanted in WHOLE else "", golden(name)[1])
        assert overlaps(pdf) == [], (name, wanted)
        if wanted == "prefecture":
            with pikepdf.open(pdf) as document:
                assert len(document.pages) <= 3, name  # in a font wider than Word's
