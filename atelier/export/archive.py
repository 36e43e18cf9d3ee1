"""Every document of a workshop in one archive."""

import importlib
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from atelier.export.budget import OutOfTime, one_document
from atelier.export.pdf import Content
from atelier.export.progress import count

PAINTED = ("pdf", "minutes-pdf", "kit", "day-poster", "pictures")
"""Formats that need Pango."""
NO_PDF = """Les PDF et les images n’ont pas pu être faits sur cet ordinateur : il y manque Pango.
Tout le reste est ici ; les fiches s’impriment depuis le navigateur (Ctrl + P).
"""
TOO_LARGE = """{name} n’est pas ici : il y a trop à dessiner pour le temps d’un document. Rien n’est perdu :
prenez les fiches groupe par groupe ; tous les textes sont dans les autres documents.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Documents by the names of their files."""

    parts: Mapping[str, Content]

    def as_json(self) -> dict[str, Any]:
        """Return the parts as what `json.dumps` takes: what several formats are made of, once."""
        contents: list[Content] = []
        parts: dict[str, dict[str, Any]] = {}
        for name, part in self.parts.items():
            made_as = getattr(part, "format", "")
            bare = replace(part, format="") if made_as else part  # type: ignore[type-var]
            if bare not in contents:
                contents.append(bare)
            parts[name] = {"content": contents.index(bare)} | ({"format": made_as} if made_as else {})
        return {"format": "zip", "contents": [each.as_json() for each in contents], "parts": parts}


def parts_of(archive: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the content of each part by the name of its file, of an archive that went through JSON."""
    contents = archive["contents"]
    return {name: contents[part["content"]] | part for name, part in archive["parts"].items()}


def write_zip(archive: dict[str, Any], output: Path) -> None:
    """Make each part, then the archive of them. In the worker only."""
    from atelier.export.worker import writer

    paints = _paints()
    parts = {
        name: each for name, each in parts_of(archive).items() if paints or each["format"] not in PAINTED
    }
    told = [] if paints else [NO_PDF]
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for done, (name, part) in enumerate(parts.items()):
            count(output, done, len(parts))
            (Path(folder) / name).parent.mkdir(exist_ok=True)
            try:
                with one_document():
                    writer(part)(part, Path(folder) / name)
            except OutOfTime:
                told.append(TOO_LARGE.format(name=name))
                continue
            made.write(Path(folder) / name, name)
        if told:
            made.writestr("LISEZ-MOI.txt", "\n".join(told))


def _paints() -> bool:
    """Tell whether this machine has the libraries by which PDFs are made: without them, the rest is still wanted."""
    try:
        importlib.import_module("atelier.export.printing")
    except OSError:
        return False
    return True
