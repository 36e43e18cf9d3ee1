"""Reading a PDF back, as a person or a checker would."""

import re
import subprocess
from pathlib import Path


def text_of(pdf: Path) -> str:
    """The text in the order in which it was written."""
    return subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()


def squeezed(text: str) -> str:
    """Without white space: long words are broken by lines, and spaces of all widths are one."""
    return re.sub(r"\s+", "", text)


def sizes_in_mm(pdf: Path) -> set[tuple[int, int]]:
    """The sizes of its pages."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        boxes = [[float(n) for n in page.mediabox] for page in document.pages]
    return {(round((x2 - x1) / 72 * 25.4), round((y2 - y1) / 72 * 25.4)) for x1, y1, x2, y2 in boxes}
