"""Lay out what is printed before a workshop; a sheet to fill takes all of its page. Imported by the worker only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import segno
from markupsafe import Markup, escape

from atelier.export import printing
from atelier.export.kit import MISSIONS, SHEETS

MM_A_PX = 25.4 / 96
ROOT_PT = {"a3": 14.14, "a4": 10.0}
"""Points of a `rem` on what hangs on a wall or lies on a group: A3 is A4 made larger."""
BOTTOM_MM = {"a3": 280.5, "a4": 194.0}
"""Where the page of a sheet ends, a hair above its foot."""
RULE_MM = {"a3": 6.4, "a4": 6.8}
"""What one line of handwriting asks for."""
PAGES = {"a3": 1, "a4": 2}
"""Pages of a sheet whose texts are not unusually long: those are filled."""
HALF, STEP_EDGES = 37.0, 3
"""Percent of a sheet's width on each side of the cards; what stands around a word of the scale, in letters."""


def render_kit(kit: dict[str, Any], output: Path) -> None:
    """Write a document of the kit as a tagged PDF (PDF/UA-1) to `output`."""
    rules, room = _rules(kit), RULE_MM[kit["paper"]]
    if kit["document"] == SHEETS:
        kit, pages = _laid_out(kit, rules)
        if len(pages) == _pages(kit):
            more, room = _filling(kit, pages)
            rules += more
    count = max(1, int(room // RULE_MM[kit["paper"]]))
    rules += f".fill {{ height: {room / count:.2f}mm; }}"
    printing.write(render_html(kit, count), rules, output)


def render_html(kit: dict[str, Any], rules: int = 1) -> str:
    """Return the document as HTML, every text escaped. `rules`: how many lines there are to write an initiative on."""
    template = printing.environment().get_template("kit.html")
    return template.render(kit=kit, frame=kit["frame"], rules=rules, qr=qr)


def qr(url: str, words: str) -> Markup:
    """Return a QR code as SVG; `words` are what a screen reader says."""
    rows = [list(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=2)]
    # A little taller than a module: no reader of PDFs may draw a hair between two rows.
    dark = "".join(
        f"M{x} {y}h{width}v1.02h-{width}z" for y, row in enumerate(rows) for x, width in _runs(row)
    )
    size = len(rows)
    return Markup(  # noqa: S704 - numbers, and words that are escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {size} {size}">'
        f'<title>{escape(words)}</title><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{dark}"/></svg>'
    )


def _runs(row: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs


def _laid_out(kit: dict[str, Any], rules: str) -> tuple[dict[str, Any], list[Any]]:
    """Return the pages of the sheet with most words, and the kit in the first way that takes no page too many."""
    longest = [max(kit["groups"], key=_length)]
    for way in _ways(kit):
        pages = printing.laid_out(render_html(way | {"groups": longest}), rules).pages
        if len(pages) == _pages(way):
            break
    return way, pages


def _ways(kit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the kit, without its examples, and with its lines on two pages, as many on each."""
    yield kit
    if kit["examples"]:
        yield kit | {"examples": []}
    yield kit | {"examples": [], "half": -(-_lines(kit) // 2)}


def _pages(kit: dict[str, Any]) -> int:
    return PAGES[kit["paper"]] + ("half" in kit)


def _filling(kit: dict[str, Any], pages: list[Any]) -> tuple[str, float]:
    """Return the rules by which the lines of each sheet fill their page, and how many mm an initiative then has."""
    paper, lines = kit["paper"], _lines(kit)
    more = _left(kit, pages, "end" if paper == "a3" else "rows")
    if "half" in kit:
        more = min(more, _left(kit, pages, "half"))
    more /= kit.get("half", lines)
    rules = f".blank__row .blank__card {{ padding-bottom: {more:.2f}mm; }}"
    if paper == "a3":
        return rules, RULE_MM[paper] + more
    rules += f".step {{ height: calc(1rem + {more:.2f}mm); }}"
    return rules, RULE_MM[paper] + _left(kit, pages, "end") / -(-lines // 2)


def _length(group: dict[str, Any]) -> int:
    """Return about how much room the words of a sheet take: capitals are wide."""
    words = [group["name"], *(line["label"] for line in group["lines"])]
    return sum(1 + sign.isupper() for word in words for sign in word)


def _lines(kit: dict[str, Any]) -> int:
    return max(len(group["lines"]) for group in kit["groups"])


def _left(kit: dict[str, Any], pages: list[Any], mark: str) -> float:
    """Return how many mm are left, on every page that has it, below a mark of the template."""
    found = [box[3] for page in pages for name, box in page.anchors.items() if name.startswith(f"{mark}-")]
    return max(0.0, BOTTOM_MM[kit["paper"]] - max(found) * MM_A_PX)


def _rules(kit: dict[str, Any]) -> str:
    sizes = printing.ROOT_PT if kit["document"] in (SHEETS, MISSIONS) else ROOT_PT
    words = [len(word) + STEP_EDGES for word in kit["frame"]["scale"]]
    wide = (f".step--{n} {{ width: {HALF * letters / sum(words):.2f}%; }}" for n, letters in enumerate(words))
    size, rule = sizes[kit["paper"]], RULE_MM[kit["paper"]]
    return "".join(
        (kit["frame"]["css"], f":root {{ font-size: {size}pt; }} .fill {{ height: {rule}mm; }}", *wide)
    )
