"""A workshop of an invented doctrine, on every surface: nothing in it is of the first one."""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

import pytest

from atelier.doctrines.loading import doctrine_of
from atelier.domain.values import Scene
from atelier.export import kit_pages, printing
from atelier.export.api import ALL, KIT, Source, content_of
from atelier.export.archive import Archive
from atelier.export.kit import Entry
from atelier.export.pdf import Content
from atelier.export.worker import writer
from atelier.pole_css import address_of
from atelier.story import line
from atelier.web.routes import home
from tests.support.doctrines import INVENTED, only_of_the_first
from tests.support.page_states import STATES, WORK, seated, voting
from tests.support.setups import PUBLISHER
from tests.support.visitors import Browser

FOREIGN = only_of_the_first()
APART = (Scene.VOTE, Scene.FOLLOW_UP)
"""Scenes that ask for a workshop of their own."""
OF_SEVERAL = ("sheet,", "sheets", "page of a territory, edited")
"""Pages that offer every doctrine of the server, or the national networks that public files of places name."""
IN_COLOUR = re.compile(r"/a/|/animer|wall(?! of a day)|desk|phone|vote|own sheet|texts")
SHORT = re.compile(r"\bFS\b")


def foreign(text: str) -> list[str]:
    """Return what a text says that only the first doctrine says."""
    return [each for each in sorted(FOREIGN) if each in text] + SHORT.findall(text)


@pytest.fixture
def of_the_invented(monkeypatch):
    monkeypatch.setattr(home, "chosen", lambda name: INVENTED)


def rooms(desk: Browser, someone: Callable[[], Browser]) -> Iterator[tuple[str, str]]:
    """Walk one workshop through its phases and its wall through its scenes; yield what is shown, by its place."""
    code = desk.prepare(title="Essai")
    phone = seated(someone, code)
    for phase, works in WORK.items():
        works(desk, phone, code)
        for path in (f"/a/{code}", f"/animer/{code}"):
            yield f"{path} {phase}", desk.get(path).text if "animer" in path else phone.get(path).text
    for scene in Scene:
        if scene not in APART:
            desk.act(code, "show-on-wall", scene=scene, group=1, action="orienter")
            yield f"wall {scene}", desk.get(f"/ecran/{code}").text


def pages(desk: Browser, someone: Callable[[], Browser]) -> Iterator[tuple[str, str]]:
    """Yield every other page, in a workshop of its own where it asks for one."""
    code = desk.prepare(title="Essai")
    for name, state in STATES.items():
        if name.startswith(OF_SEVERAL):
            continue
        if not any(name.endswith(f", {each.value}") for each in (*WORK, *set(Scene).difference(APART))):
            yield name, state.html(desk, someone, code)


@pytest.mark.slow
def test_no_surface_says_a_word_of_another_doctrine(desk, someone, of_the_invented):
    told = {name: html.unescape(page) for name, page in (*rooms(desk, someone), *pages(desk, someone))}
    assert {name: said for name, page in told.items() if (said := foreign(page))} == {}
    plain = {name for name, page in told.items() if address_of(INVENTED) not in page}
    assert not {
        name
        for name in plain
        if re.match(r"/a/|/animer|wall(?! of a day)|desk|phone|vote|own sheet|texts", name)
    }


@pytest.fixture
def closed(program, desk, someone, of_the_invented):
    """A workshop that went through everything: its code."""
    code, _ = voting(desk, someone, 2)
    desk.act(code, "add-mission", group=1, side="cn", text="Copier les plans")
    desk.act(code, "open-phase", phase="synthesis", sure=1)
    desk.act(code, "record-decision", what="Un samedi commun", who="Nadia", due_on="2026-12-12")
    desk.act(code, "close-workshop")
    return code


def texts_in(name: str, content: bytes) -> str:
    """Return the text of a file, and of every file in it."""
    if PurePath(name).suffix not in (".zip", ".docx", ".odt", ".xlsx"):
        return html.unescape(content.decode()) if PurePath(name).suffix not in (".png", ".ttf") else ""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(texts_in(each, packed.read(each)) for each in packed.namelist())


def written(name: str, content: dict[str, Any], folder: Path) -> str:
    """Return all that a document says; of pages what they are laid out from."""
    if content["format"] == "pictures":
        content = content["report"] | {"format": "pdf"}
    pages: dict[str, Callable[[dict[str, Any]], str]] = {
        "pdf": printing.render_html, "kit": kit_pages.render_html, "minutes-pdf": json.dumps,
    }  # fmt: skip
    if drawn := pages.get(content["format"]):
        assert INVENTED.fs.colour in content.get("frame", {"css": INVENTED.fs.colour})["css"]
        return html.unescape(drawn(content))
    writer(content)(content, folder / name)
    return texts_in(name, (folder / name).read_bytes())


def archive(source: Source, wanted: str) -> Mapping[str, Content]:
    """Return the documents of an archive by their names."""
    content = content_of(source, wanted)
    assert isinstance(content, Archive)
    return content.parts


@pytest.mark.slow
def test_no_document_says_a_word_of_another_doctrine(program, closed, tmp_path):
    state = program.service.read(closed).state
    source = Source(
        code=closed, state=state, doctrine=doctrine_of(state.prepared), at=program.service.now(),
        entry=Entry(url="http://127.0.0.1/r/ABCDEF"), publisher=PUBLISHER,
    )  # fmt: skip
    parts = {name: part for of in (ALL, KIT) for name, part in archive(source, of).items()}
    told = {name: written(name, part.as_json(), tmp_path) for name, part in parts.items()}
    assert len(told) > 20
    assert {name: said for name, text in told.items() if (said := foreign(text))} == {}
    page = next(text for name, text in told.items() if name.endswith("resultats.html"))
    assert page.rindex("--fs:#7a1f5c") > page.rindex("--fs: #1f4fa3")


def test_the_journal_tells_it_in_its_own_words(program, closed):
    snapshot = program.service.read(closed)
    told = "\n".join(line(snapshot, each) for each in program.service.history(closed))
    assert "Ludo 75, Arch. 25" in told
    assert foreign(told) == []
