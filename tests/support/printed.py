"""Reading a PDF back, as a person or a checker would."""

import re
import subprocess
import tempfile
from pathlib import Path


def text_of(pdf: Path) -> str:
    """The text in the order in which it was written."""
    return subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()


def pages_of(pdf: Path) -> list[str]:
    """The text of each page, without white space."""
    return [squeezed(page) for page in text_of(pdf).split("\f")[:-1]]


def smallest_print(pdf: Path) -> int:
    """The smallest size of a text, in points."""
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", str(pdf)]
    xml = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return min(int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', xml))


def narrowest_margins(pdf: Path) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is nearest to an edge on any page, in mm, by the boxes of the words."""
    xml = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    found: list[tuple[float, float, float, float]] = []
    for page in re.split(r"(?=<page )", xml)[1:]:
        width, height = (float(each) for each in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page)
        found += [(float(x1), float(y1), width - float(x2), height - float(y2)) for x1, y1, x2, y2 in boxes]
    left, top, right, bottom = (min(side) / 72 * 25.4 for side in zip(*found, strict=True))
    return left, top, right, bottom


def squeezed(text: str) -> str:
    """Without white space: long words are broken by lines, and spaces of all widths are one."""
    return re.sub(r"\s+", "", text)


def sizes_in_mm(pdf: Path) -> set[tuple[int, int]]:
    """The sizes of its pages."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        boxes = [[float(n) for n in page.mediabox] for page in document.pages]
    return {(round((x2 - x1) / 72 * 25.4), round((y2 - y1) / 72 * 25.4)) for x1, y1, x2, y2 in boxes}


def codes_of(pdf: Path) -> list[list[str]]:
    """What the QR codes of each page say, read from the page as a printer would draw it, in black and white."""
    import zxingcpp
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", "110", "-gray", str(pdf), f"{folder}/page"]
        subprocess.run(command, capture_output=True, check=True)
        pages = sorted(Path(folder).iterdir())
        return [[each.text for each in zxingcpp.read_barcodes(Image.open(page))] for page in pages]
