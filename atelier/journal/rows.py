"""Rows of facts, the same in every engine: what a fact is written as, and its reading back, verified."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from atelier.domain.acts import Fact
from atelier.domain.values import Actor, Role
from atelier.journal.codec import decode, encode
from atelier.journal.protocol import Damaged, Operation, Recorded
from atelier.journal.schema import sum_of


def row_of(recorded: Recorded) -> tuple[Any, ...]:
    """Return the columns of a fact, without their checksum."""
    fact = recorded.fact
    name, version, data = encode(fact.event)
    return (recorded.seq, recorded.head, fact.at, fact.by.role.value, fact.by.id, name, version, data)


def facts_of(rows: Iterable[Sequence[Any]], after: int, journal: str) -> Iterator[Recorded]:
    """Yield the facts of rows that follow seq `after`, their checksum last or None. Raises Damaged."""
    expected = after + 1
    actors: dict[tuple[str, str], Actor] = {}
    try:
        for row in rows:
            seq, head, at, role, actor, name, version, data, checked = row
            if seq != expected or checked not in (None, sum_of(row[:-1])):
                raise Damaged(f"{journal}: {expected} is missing or not as it was written")
            by = actors.get((role, actor)) or actors.setdefault((role, actor), Actor(Role(role), actor))
            yield Recorded(seq, head, Fact(event=decode(name, version, data), by=by, at=at))
            expected += 1
    except (LookupError, ValueError, TypeError) as error:
        raise Damaged(journal) from error


def operations_of(rows: Iterable[Sequence[Any]], last: int, journal: str) -> Iterator[Operation]:
    """Yield the operations of rows, of which none may be after seq `last`. Raises Damaged."""
    try:
        for row in rows:
            actor, op, seq, checked = row
            if seq > last or checked not in (None, sum_of(row[:-1])):
                raise Damaged(f"{journal}: operation {op}")
            yield Operation(actor, op, seq)
    except (ValueError, TypeError) as error:
        raise Damaged(journal) from error
