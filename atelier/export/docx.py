"""Write a document of running text for a word processor: real styles, French, header rows. In the worker only."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TEMPLATE = Path(__file__).resolve().parent / "templates" / "texte.docx"
"""Page, styles and language: tools/document_templates.py."""
WIDTH_MM = 170
SHADE = "F4F1E8"


def write_docx(minutes: dict[str, Any], output: Path) -> None:
    """Write the document on A4 portrait."""
    document = Document(str(TEMPLATE))
    _describe(document, minutes)
    document.add_paragraph(minutes["title"], style="Title")
    document.add_paragraph(minutes["subtitle"], style="Subtitle")
    for block in minutes["blocks"]:
        _BLOCKS[block["kind"]](document, block)
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
    for (item,) in block["rows"]:
        document.add_paragraph(item, style="List Bullet").paragraph_format.space_after = Pt(2)


def _table(document: Any, block: dict[str, Any]) -> None:
    heads, *rows = block["rows"]
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for _ in rows:
        table.add_row()
    for at, part in enumerate(block["widths"]):
        # LibreOffice goes by the columns, Word by the cells.
        table.columns[at].width = Mm(WIDTH_MM * part / 100)
    for cells, row in zip(table.rows, block["rows"], strict=True):
        for cell, text, part in zip(cells.cells, row, block["widths"], strict=True):
            cell.width, cell.text = Mm(WIDTH_MM * part / 100), text
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    _head_row(table.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _head_row(row: Any) -> None:
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)
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
    table = document.add_table(rows=1, cols=1, style="Table Grid")
    cell = table.rows[0].cells[0]
    cell.text = block["text"]
    for _ in range(2):
        cell.add_paragraph()
    document.add_paragraph().paragraph_format.space_after = Pt(2)


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
