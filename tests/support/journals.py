"""Facts and operations to put into a journal by hand; journals that are closed behind a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.values import Actor, Role
from atelier.journal.protocol import Operation, Recorded
from atelier.journal.sqlite import SqliteJournal

CODE = "KTZ4MP"


def recorded(seq, text="Bonjour"):
    fact = Fact(event=e.AnnouncementMade(text=text), by=Actor(Role.FACILITATOR, "f"), at=1_000 + seq)
    return Recorded(seq=seq, head=f"head{seq}", fact=fact)


def operation(seq, op="op"):
    return Operation(actor="f", op=f"{op}{seq}", seq=seq)


@contextmanager
def closed_behind() -> Iterator[None]:
    """Close, at the end, every journal that was opened meanwhile."""
    opened: list[SqliteJournal] = []
    opening: Any = SqliteJournal.__init__

    def opened_and_known(self: SqliteJournal, *where: Any, **how: Any) -> None:
        opening(self, *where, **how)
        opened.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteJournal, "__init__", opened_and_known)
        yield
    for journal in opened:
        journal.close()
