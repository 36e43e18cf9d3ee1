"""Write a dataset as CSV files with their schemas, or as one JSON file. Imported by the worker only."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from atelier.export.dataset import json_schema, schema_of

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""
ABOUT = """Résultats d’un atelier, un fichier par tableau : UTF-8, point-virgule, une ligne d’en-têtes.
Chaque fichier a son schéma (Table Schema) à côté, et un Data Package les décrit tous.
Une case vide : personne n’a répondu.
Les textes libres sont à relire avant diffusion. Un texte qui commence comme une formule est précédé d’une apostrophe.
"""


def write_csv(dataset: dict[str, Any], output: Path) -> None:
    """Write an archive: `placements.csv` and `placements.schema.json` for each table, and their Data Package."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZ-MOI.txt", ABOUT)
        for table in dataset["tables"]:
            archive.writestr(f"{table['name']}.csv", "\ufeff" + _written(table))
            archive.writestr(f"{table['name']}.schema.json", _json(schema_of(table)))
        archive.writestr("datapackage.json", _json(_package(dataset)))


def _package(dataset: dict[str, Any]) -> dict[str, Any]:
    """Return the Data Package that says how each file is read and which schema it keeps to."""
    files = [
        {
            "name": table["name"],
            "title": table["title"],
            "path": f"{table['name']}.csv",
            "format": "csv",
            "encoding": "utf-8-sig",
            "dialect": {"delimiter": ";"},
            "schema": f"{table['name']}.schema.json",
        }
        for table in dataset["tables"]
    ]
    return {"name": f"atelier-{dataset['code'].lower()}", "title": dataset["title"], "resources": files}


def write_json(dataset: dict[str, Any], output: Path) -> None:
    """Write one object a row, under the name of its table, with the version of the columns."""
    found: dict[str, Any] = {"$schema": "resultats.schema.json", "format": f"atelier/{dataset['version']}"}
    found |= {"code": dataset["code"], "produit_le": dataset["made_on"], "reglages": dataset["setup"]}
    for table in dataset["tables"]:
        names = [column["name"] for column in table["columns"]]
        found[table["name"]] = [dict(zip(names, row, strict=True)) for row in table["rows"]]
    output.write_text(_json(found), encoding="utf-8")


def write_json_schema(dataset: dict[str, Any], output: Path) -> None:
    """Write what the JSON file of this dataset keeps to."""
    output.write_text(_json(json_schema(dataset)), encoding="utf-8")


def _written(table: dict[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(column["name"] for column in table["columns"])
    for row in table["rows"]:
        writer.writerow(_cell(cell) for cell in row)
    return text.getvalue()


def _cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
