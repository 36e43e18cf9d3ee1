"""The process that makes one document: `python -m atelier.export.worker FILE`, its content as JSON on standard input.

Its exit status says what went wrong; see `EXITS`. It yields to everything else on the machine.
"""

import errno
import gc
import importlib
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from atelier.export.budget import limit
from atelier.runtime.processes import lower_priority

EXITS = {3: "pango", 4: "disk", 5: "memory"}
OUT_OF_TIME = -24
"""SIGXCPU, where the system counts the processor's time."""
WRITERS = {
    "pdf": ("atelier.export.printing", "render_pdf"),
    "minutes-pdf": ("atelier.export.printing", "render_minutes"),
    "kit": ("atelier.export.kit_pages", "render_kit"),
    "leaflet": ("atelier.export.leaflet_pages", "render_leaflet"),
    "logo": ("atelier.export.leaflet_pages", "write_logo"),
    "day-poster": ("atelier.export.day_pages", "render_poster"),
    "photo": ("atelier.export.photos", "write_photo"),
    "pictures": ("atelier.export.pictures", "write_pictures"),
    "xlsx": ("atelier.export.xlsx", "write_xlsx"),
    "csv": ("atelier.export.tables", "write_csv"),
    "json": ("atelier.export.tables", "write_json"),
    "json-schema": ("atelier.export.tables", "write_json_schema"),
    "odt": ("atelier.export.odt", "write_odt"),
    "docx": ("atelier.export.docx", "write_docx"),
    "text": ("atelier.export.plain", "write_text"),
    "zip": ("atelier.export.archive", "write_zip"),
}
"""By format, the module that writes it, loaded only then, and its function of content and file."""


def main(arguments: list[str]) -> int:
    """Make the document; return the exit status."""
    lower_priority()
    gc.disable()  # a short life: collecting costs a tenth of the time and gives little back
    report = json.load(sys.stdin)
    limit(len(report.get("parts", ())) or 1)
    logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stderr))
    try:
        write = writer(report)
    except OSError as missing_library:
        print(missing_library, file=sys.stderr)
        return 3
    try:
        write(report, Path(arguments[0]))
    except MemoryError:
        return 5
    except OSError as error:
        print(f"{error}\nerrno {error.errno}", file=sys.stderr)
        return 5 if error.errno == errno.ENOMEM else 4
    return 0


def writer(content: dict[str, Any]) -> Callable[[dict[str, Any], Path], None]:
    """Return what writes this content to a file."""
    module, name = WRITERS[content["format"]]
    write: Callable[[dict[str, Any], Path], None] = getattr(importlib.import_module(module), name)
    return write


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
