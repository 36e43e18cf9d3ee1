"""One stored event of every kind, as its version wrote it: `tests/journal/events.jsonl`.

`python -m tests.support.event_samples` adds those of kinds that have none; a line that is there never changes.
"""

import json
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_origin, get_type_hints

from atelier.domain.events import TYPES
from atelier.journal.codec import encode
from tests.support.setups import a_setup

SAMPLES = Path(__file__).parent.parent / "journal" / "events.jsonl"


def example(kind: type) -> Any:
    """Return an event of this kind with something in every field."""
    values: dict[str, object] = {}
    for name, hint in get_type_hints(kind).items():
        if name == "setup":
            values[name] = a_setup()
        elif hint == tuple[str, ...]:
            values[name] = ("alice", "« é » 👩‍💻")
        elif get_origin(hint) is UnionType:
            values[name] = True if hint == bool | None else 3
        elif hint is bool:
            values[name] = True
        elif issubclass(hint, StrEnum):
            values[name] = list(hint)[-1]
        else:
            values[name] = 3 if hint is int else "« é » 👩‍💻"
    return kind(**values)


def samples() -> list[tuple[str, int, str]]:
    """Return name, version and JSON of each, as a journal holds them."""
    lines = SAMPLES.read_text(encoding="utf-8").splitlines() if SAMPLES.exists() else []
    return [(name, version, json.dumps(data)) for name, version, data in map(json.loads, lines)]


def main() -> None:
    """Add what is missing."""
    known = {name for name, *_ in samples()}
    with SAMPLES.open("a", encoding="utf-8") as file:
        for kind in (kind for name, kind in TYPES.items() if name not in known):
            name, version, data = encode(example(kind))
            file.write(json.dumps([name, version, json.loads(data)], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
