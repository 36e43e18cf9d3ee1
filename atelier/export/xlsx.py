"""Write a dataset as a spreadsheet: a sheet a table, typed, filtered, ready to print. Imported by the worker only."""

import datetime as dt
import math
import textwrap
import unicodedata
from pathlib import Path
from typing import Any

import xlsxwriter

WIDTHS = {"integer": 10, "boolean": 12, "date": 12, "string": 18}
WIDE = {
    "texte": 70, "libelle": 44, "phrase": 70, "quoi": 50, "qui": 30, "titre": 44, "accord": 50, "desaccord": 50,
    "a_lancer": 50, "note": 50, "nom": 50, "contexte": 60, "description": 60, "destinataires": 40,
}  # fmt: skip
"""Widths of columns in characters."""
LINE_PT = 15
PAGE_MM = {"A4": (9, 273), "A3": (8, 396)}
"""Papers by their number in a workbook, with the width between margins."""
CHARACTER_MM = 1.95
"""Width of a character of the usual font."""
SMALLEST = 0.7
"""How much smaller a sheet may be printed and still be read; a wider one takes more pages side by side."""


def write_xlsx(dataset: dict[str, Any], output: Path) -> None:
    """Write the workbook; a text stays a text whatever it begins with."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(output), options) as book:
        book.set_properties({"title": dataset["title"], "comments": f"Atelier {dataset['code']}"})
        for table in dataset["tables"]:
            _sheet(book, table)


def _sheet(book: Any, table: dict[str, Any]) -> None:
    sheet, columns, rows = book.add_worksheet(table["title"]), table["columns"], table["rows"]
    looks = _looks(book)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column))
        if column["about"]:
            sheet.write_comment(
                0, at, column["about"], {"x_scale": 3, "y_scale": 1 + len(column["about"]) // 180}
            )
    sheet.add_table(
        0, 0, max(1, len(rows)), len(columns) - 1,
        {
            "name": f"t_{table['name']}",
            "style": "Table Style Light 1",
            "columns": [{"header": column["title"], "header_format": looks["head"]} for column in columns],
        },
    )  # fmt: skip
    sheet.set_row(0, 2 * LINE_PT)
    for n, row in enumerate(rows, start=1):
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, n, at, cell, column["kind"], looks)
        sheet.set_row(n, LINE_PT * _lines(columns, row))
    sheet.freeze_panes(1, 0)
    _print_set_up(sheet, table["title"], sum(_width(column) for column in columns))


def _looks(book: Any) -> dict[str, Any]:
    """Return the formats of cells by the kind of their column, and that of heads."""
    looks: dict[str, dict[str, Any]] = {
        "head": {"bold": True, "text_wrap": True},
        "string": {"text_wrap": True},
        "boolean": {"align": "center"},
        "integer": {"align": "center"},
        "date": {"align": "center", "num_format": "dd/mm/yyyy"},
    }
    return {kind: book.add_format({"valign": "top", **look}) for kind, look in looks.items()}


def _print_set_up(sheet: Any, title: str, characters: int) -> None:
    """Print in landscape on the paper, and on as many pages side by side, that leave the letters legible."""
    wide = characters * CHARACTER_MM * SMALLEST
    paper, width = PAGE_MM["A4" if wide <= PAGE_MM["A4"][1] else "A3"]
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(left=0.47, right=0.47, top=0.6, bottom=0.6)
    sheet.fit_to_pages(max(1, math.ceil(wide / width)), 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")


def _lines(columns: list[dict[str, Any]], row: list[Any]) -> int:
    # Nobody computes heights of rows when the file is opened in LibreOffice.
    return max(
        _wrapped(str(cell or ""), _width(column) - 4) for column, cell in zip(columns, row, strict=True)
    )


def _wrapped(text: str, width: int) -> int:
    """Return how many lines a text takes, letters of two columns (Chinese, emoji) counted as two."""
    if len(text) * 2 <= width:
        return 1
    wide = "".join(letter * (2 if unicodedata.east_asian_width(letter) in "WF" else 1) for letter in text)
    return sum(len(textwrap.wrap(line, width)) or 1 for line in wide.split("\n"))


def _width(column: dict[str, Any]) -> int:
    # A head has two lines, and the arrow of its filter.
    longest = max(len(word) for word in column["title"].split())
    head = max(longest, -(-len(column["title"]) // 2)) + 4
    return max(WIDE.get(column["name"], WIDTHS[column["kind"]]), head)


def _write(sheet: Any, row: int, at: int, cell: Any, kind: str, looks: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if kind == "date":
        sheet.write_datetime(row, at, dt.datetime.fromisoformat(cell), looks[kind])
    elif isinstance(cell, bool):
        sheet.write_string(row, at, "oui" if cell else "non", looks[kind])
    elif isinstance(cell, int):
        sheet.write_number(row, at, cell, looks[kind])
    else:
        sheet.write_string(row, at, cell, looks[kind])
