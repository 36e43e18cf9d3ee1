"""The vote as plain data: what the room chose, most dots first, by trade and never by person."""

from dataclasses import dataclass

from atelier.domain import tally
from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Workshop
from atelier.wording import by_trade, plural, trade_short

AGREED = "les deux métiers d’accord"


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedInitiative:
    """An initiative that got dots. `group`: the first that wrote it; `where`: under which action, by which group."""

    group: int
    text: str
    where: str
    dots: int
    trades: str
    agreed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteReport:
    """What came of a vote; `people`: how many voted, in words."""

    people: str
    rows: tuple[VotedInitiative, ...]


def vote_of(state: Workshop, doctrine: Doctrine) -> VoteReport | None:
    """Return what the room voted; None before everybody may see it."""
    found = tally.revealed(state)
    if found is None:
        return None
    people = plural(found.people, "personne a voté.", "personnes ont voté.")
    return VoteReport(people=people, rows=tuple(_voted(each, doctrine) for each in found.ranked))


def _voted(each: tally.Ranked, doctrine: Doctrine) -> VotedInitiative:
    choice = each.choice
    trades = ", ".join(
        f"{trade_short(trade, doctrine)} {number}" for trade, number in by_trade(each.by_trade)
    )
    return VotedInitiative(
        group=choice.group.number,
        text=choice.initiative.text,
        where=f"{choice.line.action.told}, {choice.group.name}",
        dots=each.dots,
        trades=trades,
        agreed=AGREED if each.agreed else "",
    )
