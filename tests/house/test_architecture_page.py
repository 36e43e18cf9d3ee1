"""docs/architecture.md is held to the tree: folders, links, names, tests, log events, commands."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from atelier.cli import main
from atelier.domain.commands import NAMES
from atelier.live.transport import compat
from tests.support.tree import PROGRAM, ROOT, name, on_each, ours, text

PAGE = ROOT / "docs" / "architecture.md"
LONGEST = 250
LINK = re.compile(r"\[([^\]]+)\]\(([^)#]+)\)")
SPAN = re.compile(r"`([^`]+)`")
IDENTIFIER = re.compile(r"`(?:[A-Z]\w*\.)?([A-Za-z_]\w*)`")
DEFINED = r"(?m)^\s*(?:export )?(?:async )?(?:def|class|function|const|type) {0}\b|^{0}\b\s*(?::[^=]+)?="
LOG_EVENT = re.compile(r"[a-z]+\.[a-z_]+")
MADE_BY_RUNNING = {line for line in text(ROOT / ".gitignore").splitlines() if line.endswith("/")}
MAKERS = ("cli", "service", "web/routes", "web/screens")
"""Where the program itself makes commands, or names them for a form."""


def section(title: str) -> str:
    """Return what stands under a heading of the page, its subsections included."""
    return text(PAGE).partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(part: str) -> Iterator[list[str]]:
    """Yield the cells of every row of the tables in a part of the page, without their heads."""
    lines = part.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("| ") and not after.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def owned() -> set[str]:
    """Return the folders and files that stand in the first column of the tables of ownership, and in `tests/`'s row."""
    table = list(rows(section("Ownership")))
    spans = {span for cells in table for span in SPAN.findall(cells[0])}
    return spans | {span for cells in table if cells[0] == "`tests/`" for span in SPAN.findall(cells[1])}


def folders() -> set[str]:
    """Return every folder of the program, and those at the top of the repository."""
    inside = {name(path.parent) + "/" for path in ours(under=PROGRAM)}
    vendored = {name(PROGRAM / "static" / each) + "/" for each in ("fonts", "vendor")}
    top = {
        f"{path.name}/"
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.endswith((".egg-info", "_cache", "__pycache__"))
    }
    hidden = {each for each in top if each.startswith(".") and each != ".ci/"}
    return inside | vendored | (top - MADE_BY_RUNNING - hidden)


def links() -> Iterator[tuple[str, Path]]:
    """Yield the text and the target of every link of the page into the repository."""
    for label, target in LINK.findall(text(PAGE)):
        yield label, (PAGE.parent / target).resolve()


def test_every_folder_has_its_owner() -> None:
    assert sorted(folders() - owned()) == []


def test_every_module_at_the_top_of_the_program_has_its_owner() -> None:
    assert sorted({name(path) for path in PROGRAM.glob("*.py")} - owned()) == []


def test_what_is_owned_exists() -> None:
    assert [each for each in sorted(owned()) if "/" in each and not (ROOT / each).exists()] == []


def test_every_link_leads_somewhere() -> None:
    assert [name(target) for _, target in links() if not target.exists()] == []


def test_a_linked_name_is_defined_where_the_link_leads() -> None:
    lost = []
    for label, target in links():
        wanted = IDENTIFIER.fullmatch(label) if target.suffix in {".py", ".js"} else None
        if wanted and not re.search(DEFINED.format(re.escape(wanted[1])), text(target)):
            lost.append(f"{label} in {name(target)}")
    assert lost == []


@pytest.mark.parametrize("title", ["Invariants", "If you change X, also Y"])
def test_every_row_names_the_test_that_holds_it(title: str) -> None:
    table = list(rows(section(title)))
    assert len(table) > 10
    for cells in table:
        held_by = LINK.findall(cells[-1])
        assert held_by, cells[0]
        assert all("/tests/" in target and "test" in Path(target).name for _, target in held_by), cells[0]


def test_every_event_of_the_log_that_it_names_is_written_somewhere() -> None:
    named = {span for span in SPAN.findall(section("Debugging a workshop")) if LOG_EVENT.fullmatch(span)}
    program = "\n".join(text(path) for path in ours(".py", under=PROGRAM))
    assert {"commit.failed", "flush.failed"} <= named
    browser = {"document.body"}
    assert sorted(each for each in named - browser if f'"{each}' not in program) == []


def test_every_command_line_that_it_names_is_understood() -> None:
    assert isinstance(main, click.Group)
    for span in SPAN.findall(text(PAGE).replace("```", "")):
        words = [word for word in span.split() if "=" not in word]
        if len(words) < 2 or words[0] != "atelier":
            continue
        command = main.commands[words[1]]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words[2:] if word.startswith("--")} <= options, span


def test_it_can_be_read_at_one_sitting() -> None:
    assert len(text(PAGE).splitlines()) <= LONGEST


# --- what « also Y » promises and no other test holds


@on_each(sorted(NAMES))
def test_every_command_is_sent_by_a_form_or_made_by_the_program(form_name: str) -> None:
    senders = [*ours(".html", under=PROGRAM / "templates"), *ours(".js", under=PROGRAM / "static" / "js")]
    makers = [path for folder in MAKERS for path in ours(".py", under=PROGRAM / folder)]
    made = re.compile(rf"\b{NAMES[form_name].__name__}\(|\"{form_name}\"")
    assert any(f'"{form_name}"' in text(path) for path in senders) or any(
        made.search(text(path)) for path in makers
    )


@pytest.mark.parametrize("library", compat.VERSIONS)
def test_the_transport_is_written_against_what_is_installed(library: str) -> None:
    """The minor versions that compat.py insists on are those that pyproject.toml asks for."""
    wanted = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["dependencies"]
    requirement = next(each for each in wanted if re.match(rf"{library}\s*>=", each))
    major, minor = compat.VERSIONS[library].rstrip(".").split(".")
    assert re.search(rf">={major}\.{minor}\.\d+,<{major}\.{int(minor) + 1}$", requirement)
