"""`python -m tools.print_fonts`: makes the fonts of the documents, for what phones type and our own font lacks.

Fetched with the npm client, digests checked, cut down to what no font before draws, and written beside the others with
their licences. `print-coverage.txt` says what the fonts of the documents draw together. All are under the OFL, without
reserved name.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

from tools.french_fonts import FONTS, NAME
from tools.vendor import Package, fetch, unpack

COVERAGE = FONTS / "print-coverage.txt"
OURS = tuple(NAME.format(kind, 400) for kind in ("latin", "latin-ext"))
LICENCE = "noto.LICENSE.txt"
TYPED = (
    (0x2000, 0x206F), (0x2070, 0x23FF), (0x2460, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF),
)  # fmt: skip
"""Of symbols, what a keyboard offers: punctuation, arrows, frames, shapes, dingbats."""


@dataclass(frozen=True)
class Source:
    """A font to take: its package without the scope, its file, the weights; `ranges`: nothing but these characters."""

    package: str
    file: str
    weights: tuple[int, ...] = (400,)
    ranges: tuple[tuple[int, int], ...] = ((0, 0x10FFFF),)

    def name(self, weight: int) -> str:
        """The name of the file that is made of it."""
        version = PACKAGES[self.package][0]
        return f"{self.package}-{version}-{self.file}-{weight}.woff2"


PACKAGES = {
    "noto-sans": (
        "5.3.0",
        "sha512-fBCog2PY7DiVVTEEqtI/Qdinx/knobHYfoGpjFXdfBX5RoJaBp1Prw2G75p0OIsdlMZg3cLo0c+YbIUYOxnQJw==",
    ),
    "noto-sans-hebrew": (
        "5.3.0",
        "sha512-7owtzuw9D+ipt0g8mcBGOm7MS/mv/REKsjSwEUe749UUsrnG54TSmusNn7oxv2GxbUORAzADLQ8ggdtt7oKkpg==",
    ),
    "noto-sans-arabic": (
        "5.3.0",
        "sha512-i3t6GR0LOReyJVEk+YfYCnxv53wuIelg7Y9NGNvOq4Diq/EP0YszaGXkQwfQNigLjfO4POrLaPGM0sNliGYk7A==",
    ),
    "noto-emoji": (
        "5.3.2",
        "sha512-N9CSzXJB04AVWYvFbuBgL2Dq964Zo91th/uOu/QLSuWBYuL9FWXGcEo6ZNwc/IJ7vmpm8KHaIKD7jF8pYm4taw==",
    ),
    "noto-sans-symbols": (
        "5.3.0",
        "sha512-Al5jMC2ivI5JkBP3RpcEhkY3zel9CyS199TfKC/B1SAFVj8BJghUNX0tMif0CuhVLpVwZMacM/lHJx3wxdJZBQ==",
    ),
    "noto-sans-symbols-2": (
        "5.3.0",
        "sha512-hFnEnIXOIgLLJ61SO9icRXKoS+LSWoq7ZqKJQ/NaQR7ptdC6+7yW4ci6EuXgsS1S9JmWpciX6w0AFZkU1DKn1A==",
    ),
    "noto-sans-math": (
        "5.3.0",
        "sha512-CzodkZ4R2VC73rqbNbVpiI94fXZJLFEMNBTAM3DFadjAKrjLQ2Fr+s2yM2c5uS+frBZ2IM+LyMo6COhAzV7hCA==",
    ),
}
"""Version and digest of each package."""
SOURCES = (
    Source("noto-sans", "greek", (400, 700)),
    Source("noto-sans", "cyrillic", (400, 700)),
    Source("noto-sans", "vietnamese", (400, 700)),
    Source("noto-sans", "latin-ext", (400,), ((0x2000, 0x2BFF),)),
    Source("noto-sans-hebrew", "hebrew"),
    Source("noto-sans-arabic", "arabic"),
    Source("noto-sans-math", "latin", (400,), ((0x2190, 0x22FF),)),
    Source("noto-emoji", "emoji"),
    Source("noto-sans-symbols", "symbols", (400,), TYPED),
    Source("noto-sans-symbols-2", "symbols", (400,), TYPED),
)
"""In the order in which a character is looked for."""
SPACES = {0x20, 0xA0}
"""Between two words of a script, Pango takes the space of their font."""
JOINED = {*range(0x1F3FB, 0x1F400), 0x200D, 0xFE0F, 0x20E3, *range(0xE0020, 0xE0080)}
"""What emoji are joined with: their font keeps it, whoever else draws it."""


def characters(font: Path) -> set[int]:
    """Return what a font draws."""
    with TTFont(font) as opened:
        return set(opened.getBestCmap())


def made() -> list[str]:
    """Return the names of the files that this tool writes."""
    return [source.name(weight) for source in SOURCES for weight in source.weights]


def spelled(codes: Iterable[int]) -> str:
    """Return `41-5A` lines of code points in hexadecimal."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{first:X}-{last:X}\n" for first, last in ranges)


def drawn() -> set[int]:
    """Return what the fonts of the documents draw together."""
    return set().union(*(characters(FONTS / name) for name in (*OURS, *made())))


def main() -> None:
    """Write the fonts, their licence and their coverage."""
    with tempfile.TemporaryDirectory() as folder:
        for package, (version, integrity) in PACKAGES.items():
            _fetch(package, version, integrity, Path(folder))
        before = set().union(*(characters(FONTS / name) for name in OURS))
        for source in SOURCES:
            before |= _cut(source, before, Path(folder))
        (FONTS / LICENCE).write_bytes((Path(folder) / "noto-sans.LICENSE.txt").read_bytes())
    COVERAGE.write_text(spelled(drawn()), encoding="ascii")
    print(f"{len(made())} fonts, {sum((FONTS / name).stat().st_size for name in made()) // 1000} kB")


def _fetch(package: str, version: str, integrity: str, folder: Path) -> None:
    files = {
        f"files/{package}-{source.file}-{weight}-normal.woff2": str(folder / source.name(weight))
        for source in SOURCES
        if source.package == package
        for weight in source.weights
    }
    files["LICENSE"] = str(folder / f"{package}.LICENSE.txt")
    found = Package(f"@fontsource/{package}", version, "OFL-1.1", integrity, files)
    unpack(found, fetch(found, folder))


def _cut(source: Source, before: set[int], folder: Path) -> set[int]:
    whole = characters(folder / source.name(source.weights[0]))
    wanted = {code for code in whole if any(first <= code <= last for first, last in source.ranges)} - before
    wanted |= SPACES & whole
    wanted |= JOINED & whole if source.package == "noto-emoji" else set()
    for weight in source.weights:
        name = source.name(weight)
        subprocess.run(
            [
                sys.executable, "-m", "fontTools.subset", folder / name,
                f"--unicodes={','.join(f'{code:X}' for code in sorted(wanted))}", "--flavor=woff2",
                "--layout-features=*", f"--output-file={FONTS / name}",
            ],
            check=True,
        )  # fmt: skip
    return wanted


if __name__ == "__main__":
    main()
