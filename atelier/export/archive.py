"""Every document of a workshop in one archive."""

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atelier.export.pdf import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Documents by the names of their files."""

    parts: Mapping[str, Content]

    def as_json(self) -> dict[str, Any]:
        """Return the parts as what `json.dumps` takes."""
        return {"format": "zip", "parts": {name: part.as_json() for name, part in self.parts.items()}}


def write_zip(archive: dict[str, Any], output: Path) -> None:
    """Make each part, then the archive of them. In the worker only."""
    from atelier.export.worker import writer

    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in archive["parts"].items():
            writer(part)(part, Path(folder) / name)
            made.write(Path(folder) / name, name)
