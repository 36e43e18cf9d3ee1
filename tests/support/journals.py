"""Facts and operations to put into a journal by hand."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.values import Actor, Role
from atelier.journal.protocol import Operation, Recorded

CODE = "KTZ4MP"


def recorded(seq, text="Bonjour"):
    fact = Fact(event=e.AnnouncementMade(text=text), by=Actor(Role.FACILITATOR, "f"), at=1_000 + seq)
    return Recorded(seq=seq, head=f"head{seq}", fact=fact)


def operation(seq, op="op"):
    return Operation(actor="f", op=f"{op}{seq}", seq=seq)
