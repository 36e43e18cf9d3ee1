"""Posters and cards of a page « Qui fait quoi ? »: accessible, legible from where they hang, on few pages."""

import io
import json
from dataclasses import replace

import page as validation
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from atelier.directory.filling import blank_page
from atelier.directory.page import BOTH, CN, FS
from atelier.directory.place import Place
from atelier.doctrines.loading import load
from atelier.export.leaflets import CARD, COMMON, POSTER, leaflet_of
from atelier.export.worker import writer
from tests.support.printed import narrowest_margins, overlaps, smallest_print, text_of

LONG = "Un service tenu ensemble par les deux réseaux, sans rendez-vous le matin"
PLACE = Place(
    id="x", name="Maison des services et des usages numériques de Saint-Vaubert-les-Étangs", commune="Saint-Vaubert",
    postcode="99120", address="12 bis, rue de l’Ancienne-Écluse", phone="03\u00a099\u00a000\u00a000\u00a002",
    hours="Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00; PH off", booking="https://rdv.exemple.example/saint-vaubert",
)  # fmt: skip


def full_page():
    """A page on which everything is said, at length."""
    page = blank_page(load("articulation"))
    who = (FS, CN, BOTH)
    tasks = tuple(
        replace(task, who=who[n % 3], often="de temps en temps" if n % 2 else "")
        for n, task in enumerate(page.tasks)
    )
    return replace(
        page, territory="Communauté de communes du Pays d’Aubrelle et des Hautes-Vallées", organiser=LONG, tasks=tasks,
        phone="03\u00a029\u00a000\u00a000\u00a000", places=(PLACE,),
    )  # fmt: skip


def logo():
    made = io.BytesIO()
    Image.new("RGB", (300, 100), (11, 93, 87)).save(made, "PNG")
    return made.getvalue()


DOCUMENTS = {
    "poster": (POSTER, "a4", False, 14, 9.9, 2),
    "poster on A3, black and white": (POSTER, "a3", True, 14, 9.9, 1),
    "common poster": (COMMON, "a4", False, 14, 9.9, 1),
    "common poster on A3, black and white": (COMMON, "a3", True, 14, 9.9, 1),
    "card": (CARD, "a4", False, 8, 7.5, 2),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_hangs_on_a_wall_is_read_there(name, tmp_path, caplog):
    what, paper, grey, smallest, margin, pages = DOCUMENTS[name]
    leaflet = leaflet_of(
        full_page(), what, paper, logos=[("Pays d’Aubrelle", logo())], made="28 novembre 2026", grey=grey,
        place=PLACE if paper == "a4" else None, url="https://atelier.example/qui-fait-quoi/ABCDEFGHJK",
    )  # fmt: skip
    content = json.loads(json.dumps(leaflet.as_json()))
    path = tmp_path / leaflet.ending
    writer(content)(content, path)
    assert [record.getMessage() for record in caplog.records] == []
    assert validation.validate_pdf(path, profile="ua1").failures == []
    assert smallest_print(path) >= smallest - 0.05
    assert min(narrowest_margins(path)) >= margin
    assert overlaps(path) == []
    document = PdfDocument(path)
    assert len(document) <= pages
    said = " ".join(text_of(path).split())
    if what == COMMON:
        assert "Faciliter l’accès aux services publics" in said
        assert ("Jours fériés" in said) == (paper == "a4")
    else:
        assert all(task.text.split(",")[0].split()[0] in said for task in full_page().tasks)
    if grey:
        drawn = document[0].render(scale=0.5).to_pil().convert("RGB")
        colours = {max(pixel) - min(pixel) for _, pixel in drawn.getcolors(10**6)}
        assert max(colours) < 32, "nothing is told by a colour that is not there"
