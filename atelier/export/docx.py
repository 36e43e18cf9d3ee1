"""Write a document of running text for a word processor: real styles, French, header rows. In the worker only."""

from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from atelier.export.minutes import LAST, leads, stays_whole

TEMPLATE = Path(__file__).resolve().parent / "templates" / "texte.docx"
"""Page, styles and language: tools/document_templates.py."""
WIDTH_MM = 170
SHADE = "F4F1E8"
CELL = "Tableau"
"""The template's style of what stands in a table."""
CELL_MARGINS = {"top": 45, "left": 85, "bottom": 45, "right": 85}
"""Twentieths of a point between the lines of a table and its texts."""


def write_docx(minutes: dict[str, Any], output: Path) -> None:
    """Write the document on A4 portrait."""
    document = Document(str(TEMPLATE))
    _describe(document, minutes)
    document.add_paragraph(minutes["title"], style="Title")
    document.add_paragraph(minutes["subtitle"], style="Subtitle")
    for block, after in pairwise([*minutes["blocks"], LAST]):
        _BLOCKS[block["kind"]](document, block)
        if leads(block, after):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    _foot(document, minutes["foot"])
    document.save(str(output))


def _describe(document: Any, minutes: dict[str, Any]) -> None:
    properties = document.core_properties
    properties.title, properties.author = minutes["title"], minutes["organiser"]


def _heading(document: Any, block: dict[str, Any]) -> None:
    document.add_heading(block["text"], level=block["level"])


def _text(document: Any, block: dict[str, Any]) -> None:
    document.add_paragraph(block["text"])


def _bullets(document: Any, block: dict[str, Any]) -> None:
    # Copies of one paragraph: to look its style up for each takes ten times as long as all the rest.
    last = document.add_paragraph(style="List Bullet")
    last.paragraph_format.space_after = Pt(2)
    for n, (item,) in enumerate(block["rows"], start=1):
        following = deepcopy(last._p) if n < len(block["rows"]) else None
        last.add_run(item)
        if following is not None:
            last._p.addnext(following)
            last = Paragraph(following, last._parent)


def _table(document: Any, block: dict[str, Any]) -> None:
    rows, widths = block["rows"], [Mm(WIDTH_MM * part / 100) for part in block["widths"]]
    table, inside = _grid(document, len(widths)), document.styles[CELL]
    for _ in rows[1:]:
        table.add_row()
    for column, width in zip(table.columns, widths, strict=True):
        # LibreOffice goes by the columns, Word by the cells.
        column.width = width
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width, cell.text = width, text
            cell.paragraphs[0].style = inside
        _mark(line, "w:cantSplit")
    if stays_whole(block):
        _keep_whole(table)
    _head_row(table.rows[0])
    _apart(document)


def _keep_whole(table: Any) -> None:
    """Keep all rows on one page, by the only way that Word has: each with the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _grid(document: Any, columns: int) -> Any:
    """Add a table of one row whose texts keep away from its lines."""
    table = document.add_table(rows=1, cols=columns, style="Table Grid")
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side, twips in CELL_MARGINS.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)
    return table


def _apart(document: Any) -> None:
    """Keep what follows away from a table."""
    after = document.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(8)


def _mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _head_row(row: Any) -> None:
    _mark(row, "w:tblHeader")
    for cell in row.cells:
        _shade(cell._tc.get_or_add_tcPr())
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _shade(properties: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)


def _box(document: Any, block: dict[str, Any]) -> None:
    table = _grid(document, 1)
    _mark(table.rows[0], "w:cantSplit")
    cell = table.rows[0].cells[0]
    cell.text, inside = block["text"], document.styles[CELL]
    for _ in range(2):
        cell.add_paragraph()
    for line in cell.paragraphs:
        line.style = inside
    _apart(document)


def _foot(document: Any, text: str) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.add_run(f"{text} · page ")
    number = line.add_run()
    for kind, content in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = content
        number._r.append(part)


_BLOCKS = {"heading": _heading, "text": _text, "bullets": _bullets, "table": _table, "box": _box}
