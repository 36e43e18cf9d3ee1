"""An erasure finds every document that the program makes, whatever its format: by the name that it was given."""

from pathlib import Path

import pytest

from atelier.access.operation_ids import new_op
from atelier.doctrines.loading import doctrine_of
from atelier.domain import commands as c
from atelier.export import api
from atelier.export.report import LAYOUTS, PAPERS, documents
from atelier.service.service import HOST
from tests.support.places import WORDS, Place


@pytest.fixture
def place(tmp_path, monkeypatch):
    def written(_content: object, path: Path, *_more: object) -> Path:
        path.write_text(WORDS)
        return path

    monkeypatch.setattr(api, "content_of", lambda *_: None)
    monkeypatch.setattr(api, "make_pdf", written)
    place = Place(tmp_path)
    yield place
    place.service.close()


def made(place: Place, code: str) -> set[str]:
    """Make every document, on every paper; return the names of the files."""
    state = place.service.read(code).state
    every = [(name, "a4", LAYOUTS[0]) for name in api.FILES]
    every += [(name, paper, layout) for name in documents(state) for paper in PAPERS for layout in LAYOUTS]
    of_groups = [f"{name}-{group.number}" for name in api.A_GROUP for group in state.groups]
    every += [(name, "a4", LAYOUTS[0]) for name in (*api.BEFORE, *of_groups)]
    every += [(name, "a3", LAYOUTS[0]) for name in api.ON_BOTH]
    doctrine = doctrine_of(state.prepared)
    for wanted, paper, layout in every:
        api.export_pdf(code, state, doctrine, 0, wanted, paper, place.exports, layout=layout)
    names = {path.name for path in place.exports.glob(f"atelier-{code}-20*")}
    assert len(names) == len(every)  # none in the place of another
    return names


def test_the_erasure_of_a_person_takes_every_document_away(place):
    code = place.workshop()
    other = place.workshop()
    place.join(code, "person", "Zébulon")
    kept, gone = made(place, other), made(place, code)
    place.service.handle(code, c.EraseParticipant(participant="person"), HOST, new_op())
    left = {path.name for path in place.exports.iterdir()}
    assert left & gone == set()
    assert kept <= left


def test_the_erasure_of_a_workshop_takes_every_document_away(place):
    code = place.workshop()
    made(place, code)
    place.eraser.erase(code)
    assert list(place.exports.iterdir()) == []
