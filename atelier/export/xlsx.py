"""Write a dataset as a spreadsheet: a sheet a table, typed, filtered, ready to print. Imported by the worker only."""

import datetime as dt
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


def write_xlsx(dataset: dict[str, Any], output: Path) -> None:
    """Write the workbook; a text stays a text whatever it begins with."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(output), options) as book:
        book.set_properties({"title": dataset["title"], "comments": f"Atelier {dataset['code']}"})
        for table in dataset["tables"]:
            _sheet(book, table)


def _sheet(book: Any, table: dict[str, Any]) -> None:
    sheet, columns, rows = book.add_worksheet(table["title"]), table["columns"], table["rows"]
    wrapped, date = (
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
    )
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column))
    sheet.add_table(
        0, 0, max(1, len(rows)), len(columns) - 1,
        {
            "name": f"t_{table['name']}",
            "style": "Table Style Light 1",
            "columns": [{"header": column["title"]} for column in columns],
        },
    )  # fmt: skip
    for n, row in enumerate(rows, start=1):
        for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, n, at, cell, column["kind"], date, wrapped)
        sheet.set_row(n, LINE_PT * _lines(columns, row))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{table['title']}&R&P / &N")


def _lines(columns: list[dict[str, Any]], row: list[Any]) -> int:
    # Nobody computes heights of rows when the file is opened in LibreOffice.
    return max(
        -(-len(str(cell or "")) // _width(column)) or 1 for column, cell in zip(columns, row, strict=True)
    )


def _width(column: dict[str, Any]) -> int:
    return WIDE.get(column["name"], WIDTHS[column["kind"]])


def _write(sheet: Any, row: int, at: int, cell: Any, kind: str, date: Any, wrapped: Any) -> None:
    if cell is None or cell == "":
        return
    if kind == "date":
        sheet.write_datetime(row, at, dt.datetime.fromisoformat(cell), date)
    elif isinstance(cell, bool):
        sheet.write_string(row, at, "oui" if cell else "non", wrapped)
    elif isinstance(cell, int):
        sheet.write_number(row, at, cell, wrapped)
    else:
        sheet.write_string(row, at, cell, wrapped)
