"""What a scenario found: tables and single values, kept as JSON beside the others under build/bench/."""

import datetime as dt
import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.machine import describe, load
from tests.support.ledger import Acknowledged, faults

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"


class LostError(AssertionError):
    """What was acknowledged and what the journals hold do not agree."""


@dataclass
class Table:
    """One table, its cells as they are printed."""

    title: str
    head: list[str]
    rows: list[list[str]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Add a row, and print it: a suite that takes minutes says where it is."""
        if not self.rows:
            print("", *self._beginning(), sep="\n")
        self.rows.append([str(cell) for cell in cells])
        print(_line(self.rows[-1]), flush=True)

    def __str__(self) -> str:
        return "\n".join([*self._beginning(), *map(_line, self.rows)])

    def _beginning(self) -> list[str]:
        title = [f"**{self.title}**", ""] if self.title else []
        return [*title, _line(self.head), _line(["---"] * len(self.head))]


@dataclass
class Checked:
    """What became of the acts that a scenario sent."""

    acts: int = 0
    problems: list[str] = field(default_factory=list)

    def compare(self, sessions: Path, people: Sequence[Acknowledged]) -> None:
        """Compare what was acknowledged with the journals. Raises LostError when they do not agree."""
        self.acts += sum(len(each.told) for each in people)
        self.problems += faults(sessions, people)
        if self.problems:
            raise LostError(f"{len(self.problems)} of {self.acts}: {self.problems[:5]}")

    def __str__(self) -> str:
        return f"{self.acts:,} acts acknowledged: 0 lost, 0 doubled, 0 out of order"


@dataclass
class Found:
    """Everything that one scenario brings back."""

    tables: list[Table] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    """Single figures by name, for the table of goals."""
    acts: int = 0
    notes: list[str] = field(default_factory=list)
    taken: str = ""
    machine: str = ""
    seconds: float = 0.0
    load: float = 0.0
    """When it began."""
    load_after: float = 0.0

    def table(self, title: str, *head: str) -> Table:
        """Begin a table."""
        self.tables.append(Table(title, list(head)))
        return self.tables[-1]

    def checked(self, ledger: Checked) -> str:
        """Count the acts of a ledger that agreed, and return what to print of it."""
        self.acts += ledger.acts
        return f"0 / 0 / 0 of {ledger.acts:,}"

    def note(self, sentence: str) -> None:
        """Say something that a table does not, to be printed below them."""
        self.notes.append(sentence)
        print(f"\n{sentence}", flush=True)


def save(name: str, found: Found, seconds: float, folder: Path = FOLDER) -> None:
    """Keep what a scenario found; `found.load` is what its beginning read."""
    found.taken, found.machine = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", describe()
    found.seconds, found.load_after = seconds, load()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1))


def kept(folder: Path = FOLDER) -> dict[str, Found]:
    """Return what is kept, by scenario."""
    found: dict[str, Found] = {}
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text())
        told["tables"] = [Table(**table) for table in told["tables"]]
        found[path.stem] = Found(**told)
    return found


def p50(values: Sequence[float]) -> float:
    """Return the median; 0 for none."""
    return statistics.median(values) if values else 0.0


def p95(values: Sequence[float]) -> float:
    """Return the value below which 95 of 100 lie; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] if ordered else 0.0


def spread(values: Sequence[float]) -> str:
    """Return the cell « p50 / p95 »."""
    return f"{p50(values):.1f} / {p95(values):.1f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |" if cells[0] != "---" else f"|{'|'.join(cells)}|"
