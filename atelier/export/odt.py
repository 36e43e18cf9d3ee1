"""Write a document of running text as ODT: the same styles as the DOCX, header rows, French. In the worker only."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from odfdo import Cell, Document, Element, Header, List, ListItem, Paragraph, Row, Style, Table

from atelier.export.minutes import LAST, leads, stays_whole

TEMPLATE = Path(__file__).resolve().parent / "templates" / "texte.odt"
CELL = "Tableau"
"""The template's style of what stands in a table."""
BULLETS = "WWNum1"
"""The list style that the template has for « List Bullet »."""
WIDTH_MM = 170
SHADE, RULE = "#f4f1e8", "0.5pt solid #8d8779"


def write_odt(minutes: dict[str, Any], output: Path) -> None:
    """Write the document on A4 portrait."""
    document = Document(str(TEMPLATE))
    _describe(document, minutes)
    body = document.body
    body.clear()
    body.append(Paragraph(minutes["title"], style="Title"))
    body.append(Paragraph(minutes["subtitle"], style="Subtitle"))
    for number, (block, after) in enumerate(pairwise([*minutes["blocks"], LAST])):
        for part in _BLOCKS[block["kind"]](document, block, number):
            if leads(block, after):
                part.set_attribute("text:style-name", "atelier.lead")
            body.append(part)
    _foot(document, minutes["foot"])
    document.save(str(output))


def _describe(document: Document, minutes: dict[str, Any]) -> None:
    meta = document.meta
    meta.title, meta.language, meta.generator = minutes["title"], "fr-FR", "Atelier"
    if minutes["organiser"]:
        meta.creator = minutes["organiser"]
    for name in ("atelier.head", "atelier.cell"):
        cell = Style("table-cell", name=name, border=RULE, padding="1.2mm")
        if name == "atelier.head":
            cell.set_properties({"fo:background-color": SHADE}, area="table-cell")
        document.insert_style(cell, automatic=True)
    row = Style("table-row", name="atelier.row")
    row.set_properties({"fo:keep-together": "always"}, area="table-row")
    document.insert_style(row, automatic=True)
    lead = Style("paragraph", name="atelier.lead", parent_style="Standard")
    lead.set_properties({"fo:keep-with-next": "always"}, area="paragraph")
    document.insert_style(lead, automatic=True)
    after = Style("paragraph", name="atelier.after", parent_style="Standard")
    after.set_properties({"fo:margin-bottom": "0mm", "fo:line-height": "3mm"}, area="paragraph")
    document.insert_style(after, automatic=True)
    for name in ("atelier.inside", "atelier.strong"):
        inside = Style("paragraph", name=name, parent_style=CELL)
        if name == "atelier.strong":
            inside.set_properties({"fo:font-weight": "bold"}, area="text")
        document.insert_style(inside, automatic=True)


def _heading(document: Document, block: dict[str, Any], number: int) -> list[Element]:
    header = Header(block["level"], block["text"])
    header.style = f"Heading_20_{block['level']}"
    return [header]


def _text(document: Document, block: dict[str, Any], number: int) -> list[Element]:
    return [Paragraph(block["text"], style="Standard")]


def _bullets(document: Document, block: dict[str, Any], number: int) -> list[Element]:
    items = [ListItem() for _ in block["rows"]]
    for item, (text,) in zip(items, block["rows"], strict=True):
        item.append(Paragraph(text, style="List_20_Bullet"))
    found = List(style=BULLETS)
    for item in items:
        found.append(item)
    return [found]


def _table(document: Document, block: dict[str, Any], number: int) -> list[Element]:
    table = _grid(document, f"Tableau{number}", block["widths"], whole=stays_whole(block))
    heads, *rows = block["rows"]
    header = Element.from_tag("table:table-header-rows")
    header.append(_row(heads, "atelier.head", "atelier.strong"))
    table.append(header)
    for row in rows:
        table.append(_row(row, "atelier.cell", "atelier.inside"))
    return [table, Paragraph("", style="atelier.after")]


def _box(document: Document, block: dict[str, Any], number: int) -> list[Element]:
    table = _grid(document, f"Cadre{number}", (100,), whole=True)
    row = _row((block["text"],), "atelier.cell", "atelier.inside")
    for _ in range(2):
        row.get_elements("table:table-cell")[0].append(Paragraph("", style="atelier.inside"))
    table.append(row)
    return [table, Paragraph("", style="atelier.after")]


def _grid(document: Document, name: str, widths: Any, whole: bool) -> Table:
    """Return an empty table; no page ends inside a `whole` one."""
    table = Table(name)
    table.clear()
    table.name = name
    style = Style("table", name=name, width=f"{WIDTH_MM}mm", align="left")
    if whole:
        style.set_properties({"style:may-break-between-rows": "false"}, area="table")
    table.style = document.insert_style(style, automatic=True)
    for at, part in enumerate(widths):
        column = Element.from_tag("table:table-column")
        column_style = Style("table-column", name=f"{name}.{at}", width=f"{WIDTH_MM * part / 100}mm")
        column.set_attribute("table:style-name", document.insert_style(column_style, automatic=True))
        table.append(column)
    return table


def _row(texts: Any, cell_style: str, style: str) -> Row:
    row = Row()
    row.style = "atelier.row"
    for text in texts:
        cell = Cell(style=cell_style)
        cell.append(Paragraph(text, style=style))
        row.append(cell)
    return row


def _foot(document: Document, text: str) -> None:
    (line,) = document.styles.get_elements("//style:footer/text:p")
    line.text = f"{text} · page "
    line.append(Element.from_tag("<text:page-number>1</text:page-number>"))


_BLOCKS = {"heading": _heading, "text": _text, "bullets": _bullets, "table": _table, "box": _box}
