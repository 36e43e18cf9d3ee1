"""docs/glossary.md names what the code has, and the words that it rules out are in no name of Python."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.tree import PROGRAM, ROOT, name, nodes, on_each, ours, text

GLOSSARY = ROOT / "docs" / "glossary.md"
SPAN = re.compile(r"`([^`]+)`")
IDEA = re.compile(r"(?<![a-z])ideas?(?![a-z])", re.I)
TABLE = re.compile(r"(?:^|_)tables?(?:_|$)", re.I)
OF_ROWS = (
    "atelier/journal", "atelier/domain/registry.py", "atelier/web/screens",
    *(f"atelier/export/{each}.py" for each in ("dataset", "docx", "markdown", "minutes", "odt", "tables", "xlsx")),
)  # fmt: skip
"""Tables of SQLite, of fragments, of spreadsheets and documents."""
ANY_PYTHON = "\n".join(text(path) for path in ours(".py", under=PROGRAM))


def named() -> Iterator[str]:
    """Yield what stands between back quotes in the second column of the tables."""
    for line in text(GLOSSARY).splitlines():
        cells = line.strip("|").split(" | ")
        if line.startswith("| ") and len(cells) > 1:
            yield from SPAN.findall(cells[1])


@on_each(sorted(set(named())))
def test_a_name_of_the_glossary_is_one_of_the_code(span: str) -> None:
    if "/" in span:
        assert (PROGRAM / span).exists()
        return
    for word in re.findall(r"[A-Za-z_]\w*", span.replace("libre-1", "")):
        assert re.search(rf"\b{word}\b", ANY_PYTHON), word


@on_each(ours(".py", under=PROGRAM))
def test_no_name_says_table(path: Path) -> None:
    if name(path).startswith(OF_ROWS):
        return
    said = {node.id for node in nodes(path) if isinstance(node, ast.Name)}
    said |= {node.arg for node in nodes(path) if isinstance(node, ast.arg)}
    said |= {
        node.name
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    assert sorted(each for each in said if TABLE.search(each)) == []


def test_an_initiative_is_no_idea() -> None:
    written = ours(".py", ".html", ".css", ".js", under=PROGRAM)
    assert [name(path) for path in written if IDEA.search(text(path))] == []
