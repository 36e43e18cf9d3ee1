"""What people rework or show, by what opens it: the préfecture's two pages, pictures."""

import io
import zipfile
from pathlib import Path

import page
import pikepdf
import pytest
from PIL import Image

from atelier.export.names import readable
from atelier.verdicts import HOW
from tests.support import printed_rooms as rooms
from tests.support.printed import narrowest_margins, sizes_in_mm, smallest_print, squeezed, text_of
from tests.support.written import dated_room, room, written


@pytest.mark.parametrize("state", [dated_room(), rooms.full_room(), rooms.blank_room()])
def test_the_prefecture_gets_two_accessible_pages_of_a4(state, tmp_path: Path):
    pdf = written(tmp_path, "prefecture-pdf", state)
    assert sizes_in_mm(pdf) == {(210, 297)}
    assert page.validate_pdf(pdf, profile="ua1").failures == []
    assert smallest_print(pdf) >= 8
    assert min(narrowest_margins(pdf)) >= 9.9
    with pikepdf.open(pdf) as document:
        assert len(document.pages) <= 2
    said = squeezed(text_of(pdf))
    for text in ("Décisions", "Terraincommun", "Enchiffres", "lesplussoutenues", "Prochainerencontre", *HOW):
        assert squeezed(text) in said
    for each in state.decisions.values():
        assert squeezed(each.what)[:30] in said


def test_each_sheet_and_all_groups_together_are_pictures(tmp_path: Path):
    state = room()
    with zipfile.ZipFile(written(tmp_path, "images", state)) as archive:
        names = archive.namelist()
        images = [Image.open(io.BytesIO(archive.read(name))) for name in names]
    begin = readable(state.prepared, "")
    assert all(name.startswith(begin) for name in names)
    assert {name.removeprefix(f"{begin}_").split("_")[0] for name in names} == {
        "tous-les-groupes", "groupe-1", "groupe-2", "groupe-3",
    }  # fmt: skip
    assert {image.size for image in images} == {(1920, images[0].size[1])}
    assert all(
        image.getcolors(maxcolors=100_000) and len(image.getcolors(100_000) or ()) > 8 for image in images
    )
    assert not any(image.info.get("exif") or image.getexif() for image in images)
