"""Reading a PDF back, as a person or a checker would."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

MM = 25.4 / 72
"""Of a point."""


def text_of(pdf: Path) -> str:
    """The text in the order in which it was written."""
    return subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()


def pages_of(pdf: Path) -> list[str]:
    """The text of each page, without white space."""
    return [squeezed(page) for page in text_of(pdf).split("\f")[:-1]]


def smallest_print(pdf: Path) -> float:
    """The smallest size of a text, in points, rounded down to a third."""
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "3", str(pdf)]
    xml = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return min(int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', xml)) / 3


class Word(NamedTuple):
    """A word and its box on its page, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@lru_cache(maxsize=1)
def words_of(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """Width and height of each page in points, and its words; of a file that stays as it is, read once in a row."""
    xml = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = []
    for page in re.split(r"(?=<page )", xml)[1:]:
        width, height = (float(each) for each in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        boxes = re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
        )
        words = [Word(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in boxes]
        pages.append((width, height, words))
    return pages


def narrowest_margins(pdf: Path) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is nearest to an edge on any page, in mm, by the boxes of the words."""
    found = [
        (word.left, word.top, width - word.right, height - word.bottom)
        for width, height, words in words_of(pdf)
        for word in words
    ]
    left, top, right, bottom = (min(side) * MM for side in zip(*found, strict=True))
    return left, top, right, bottom


def emptiest_page(pdf: Path, foot_mm: float) -> float:
    """How far down words reach on the page where they reach least, from 0 to 1; `foot_mm`: what the foot takes."""
    fills = []
    for _, height, words in words_of(pdf):
        end = height - foot_mm / MM
        fills.append(max((word.bottom for word in words if word.bottom < end), default=0.0) / end)
    return min(fills)


def overlaps(pdf: Path) -> list[tuple[int, str, str]]:
    """The words that lie over one another, with the page."""
    return [
        (number, one.text, other.text)
        for number, (_, _, words) in enumerate(words_of(pdf), start=1)
        for one, other in _neighbours(sorted(words, key=lambda word: word.top))
        if _lie_over(one, other)
    ]


def _neighbours(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Each two words, by their upper edge, that stand at one height."""
    for n, one in enumerate(words, start=1):
        for other in words[n:]:
            if other.top >= one.bottom:
                break
            yield one, other


def _lie_over(one: Word, other: Word) -> bool:
    # Lines may touch: boxes hold the room of accents and descenders.
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 1 and tall > 0.35 * min(one.bottom - one.top, other.bottom - other.top)


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
