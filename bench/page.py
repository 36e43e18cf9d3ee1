"""docs/performance.md: what is between marks is written from the results, everything else is left as it is."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.goals import GOALS, Goal
from bench.results import FOLDER, Found, Table, kept

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BUSY = 2.5
"""Load from which on others are at work: the measuring itself makes some 1.5."""
BLOCK = re.compile(r"(<!-- bench: ([a-z]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
HEAD = ["", "goal", "measured", ""]


def write(folder: Path = FOLDER, page: Path = PAGE) -> None:
    """Replace the blocks of the scenarios that have results; those of the others stay, as does all prose."""
    found = kept(folder)
    text = page.read_text(encoding="utf-8")
    lacking = found.keys() - {name for _, name, _, _ in BLOCK.findall(text)}
    if lacking:
        raise SystemExit(f"{page.name} has no block for {', '.join(sorted(lacking))}")
    page.write_text(BLOCK.sub(lambda block: _filled(block, found), text), encoding="utf-8")


def write_goals(folder: Path, page: Path = PAGE) -> Table:
    """Replace the table of goals by what a brief run found, and say on which machine, at which load; return it.

    On a busy machine, what goes by the clock keeps the row of a quiet one.
    """
    found = kept(folder)
    text = page.read_text(encoding="utf-8")
    (block,) = [each for each in BLOCK.finditer(text) if each[2] == "goals"]
    first, last = (sorted(found.values(), key=lambda each: each.load)[at] for at in (0, -1))
    busy = last.load > BUSY
    table = goals(found, block[3], skip=lambda goal: busy and goal.by_the_clock)
    rows, but = ", ".join(found), ", but for what goes by the clock: the machine was busy" if busy else ""
    taken = f"*{first.taken}, load {first.load:.1f} to {last.load:.1f}; {first.machine}. Measured then: {rows}{but}.*"
    page.write_text(text.replace(block[0], f"{block[1]}{table}\n\n{taken}\n{block[4]}"), encoding="utf-8")
    return table


def goals(
    found: Mapping[str, Found], before: str = "", skip: Callable[[Goal], bool] = lambda goal: False
) -> Table:
    """Return the table of goals; a goal without a value, or one to `skip`, keeps its row of `before`."""
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in before.splitlines()}
    table = Table("", HEAD)
    for goal in GOALS:
        row = None if skip(goal) else goal.row(found)
        if row is None and rows.get(goal.what, "").startswith(f"| {goal.what} | {goal.asked} |"):
            row = rows[goal.what].removeprefix("| ").removesuffix(" |").split(" | ")
        table.rows.append(row or [goal.what, goal.asked, "–", "not measured"])
    return table


def _filled(block: re.Match[str], found: Mapping[str, Found]) -> str:
    start, name, before, end = block.groups()
    if name == "goals":
        return f"{start}{goals(found, before)}\n{end}"
    return f"{start}{_section(found[name])}\n{end}" if name in found else block[0]


def _load(found: Found) -> str:
    return f"{found.load:.1f} → {found.load_after:.1f}"


def _section(found: Found) -> str:
    parts = [str(table) for table in found.tables] + found.notes
    ledger = f" {found.acts:,} acts acknowledged: 0 lost, 0 doubled, 0 out of order." if found.acts else ""
    taken = f"*{found.taken}, {found.seconds:.0f} s, load {_load(found)}; {found.machine}.{ledger}*"
    return "\n\n".join([*parts, taken])
