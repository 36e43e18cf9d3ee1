"""Another revision of the program, checked out beside this one: what it prepares, what Python runs to start it."""

import dataclasses
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from bench.prepared import Person, Workshop, prepare

SHIPPED: Sequence[str] = ("-m", "atelier")
AGAINST = "ATELIER_BENCH_AGAINST"
"""The variable by which `--against` reaches a scenario."""
HERE = Path(__file__).resolve().parent.parent
_START = "import runpy, sys; sys.path[0] = {tree!r}; runpy.run_module('atelier', run_name='__main__', alter_sys=True)"
_PREPARE = (
    "import dataclasses, json, sys; sys.path[0] = {tree!r}; from pathlib import Path; "
    "from bench.prepared import prepare; "
    "print(json.dumps([dataclasses.asdict(each) for each in prepare(Path(sys.argv[1]), *map(int, sys.argv[2:]))]))"
)


class Revision(NamedTuple):
    """A tree of the sources, run by the Python and the packages of this one."""

    tree: Path

    @property
    def program(self) -> Sequence[str]:
        """What Python runs to start its server."""
        return SHIPPED if self.tree == HERE else ("-c", _START.format(tree=str(self.tree)))

    @property
    def over_sockets(self) -> bool:
        """Tell whether its phones send acts over their sockets."""
        handlers = self.tree / "atelier" / "live" / "handlers.py"
        return handlers.exists() and '"phone:act"' in handlers.read_text(encoding="utf-8")

    def prepare(self, sessions: Path, workshops: int, people: int, groups: int) -> list[Workshop]:
        """Have it write workshops: it may not read what a later one writes."""
        if self.tree == HERE:
            return prepare(sessions, workshops, people, groups)
        told = subprocess.run(
            [sys.executable, "-c", _PREPARE.format(tree=str(self.tree)), str(sessions)]
            + [str(count) for count in (workshops, people, groups)],
            check=True,
            capture_output=True,
            text=True,
        )
        return [_workshop(each) for each in json.loads(told.stdout.splitlines()[-1])]


class Way(NamedTuple):
    """A revision, and whether its phones write over their sockets."""

    title: str
    revision: Revision
    over_sockets: bool

    @property
    def options(self) -> dict[str, Any]:
        """What `crowd` is told to have its server and its workshops."""
        revision = self.revision
        return {
            "over_sockets": self.over_sockets,
            "program": revision.program,
            "prepare": revision.prepare,
        }


SHIPS = "as it ships"


@contextmanager
def ways() -> Iterator[list[Way]]:
    """Give this revision, and that of `--against` where one was named: to be measured in the same rounds."""
    here, name = Revision(HERE), os.environ.get(AGAINST, "")
    with ExitStack() as stack:
        found = [Way(SHIPS, here, True)]
        if name:
            other = stack.enter_context(checked_out(name))
            found.append(Way(f"revision {name}", other, other.over_sockets))
        yield found


def against(values: dict[str, float], name: str, measured: Sequence[float]) -> None:
    """Keep a figure of the ways under `name`: this revision’s, and its ratio to that of another where there is one."""
    values[name] = measured[0]
    if len(measured) > 1 and measured[1]:
        values[f"{name} × {os.environ[AGAINST]}"] = measured[0] / measured[1]


@contextmanager
def checked_out(name: str) -> Iterator[Revision]:
    """Give the revision of that name, of this repository."""
    packed = subprocess.run(
        ["git", "-C", str(HERE), "archive", name, "atelier", "bench", "tests"],
        check=True,
        capture_output=True,
    )
    with tempfile.TemporaryDirectory(prefix="atelier-bench-") as place:
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
            archive.extractall(place, filter="data")
        yield Revision(Path(place))


def _workshop(told: dict[str, object]) -> Workshop:
    people = [
        Person(**{field.name: each[field.name] for field in dataclasses.fields(Person)})
        for each in told.pop("people")  # type: ignore[attr-defined]
    ]
    return Workshop(**told, people=people)  # type: ignore[arg-type]
