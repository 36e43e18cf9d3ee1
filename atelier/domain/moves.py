"""What moved since the workshop that this one follows, action by action, and what the next one may take from this one.

An arm has one word where the groups' words fit together (`synthesis.py`); a row that rests on too few says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from atelier.domain.doctrine import Doctrine
from atelier.domain.limits import PREVIOUS_DECISIONS
from atelier.domain.previous import Previous, PreviousAction, PreviousDecision
from atelier.domain.state import Workshop
from atelier.domain.synthesis import Row, is_spread, lower_median, overlay, words_of
from atelier.domain.values import ARMS, WORDS, DecisionStatus, Verdict

_SILENT = frozenset({Verdict.TOO_FEW, Verdict.TO_COMPLETE})


class Basis(StrEnum):
    """Whether an action can be compared with the last time, else why not."""

    COMPARED = "compared"
    NEW = "new"
    TOO_FEW_THEN = "too-few-then"
    TOO_FEW_NOW = "too-few-now"
    ASIDE_THEN = "aside-then"
    ASIDE_NOW = "aside-now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One arm: the number of its word then and today, None where the groups differed."""

    arm: str
    then: int | None
    present: int | None

    @property
    def moved(self) -> bool:
        """True unless the same word is said again; groups that still differ have not moved."""
        return self.then != self.present


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One action beside the last time; `moves`: both arms, where it can be compared."""

    basis: Basis
    moves: tuple[Move, ...] = ()

    @property
    def moved(self) -> bool:
        """True when an arm did."""
        return any(each.moved for each in self.moves)


def previous_of(state: Workshop, doctrine: Doctrine) -> Previous | None:
    """Return what this workshop follows, where its two edges were the same trades; else nothing can be compared."""
    found = state.prepared.previous
    return found if found and found.poles == _poles(doctrine) else None


def change_of(state: Workshop, row: Row, doctrine: Doctrine) -> Change | None:
    """Return what moved of an action; None where this workshop follows none that can be compared."""
    previous = previous_of(state, doctrine)
    if previous is None:
        return None
    then = previous.action(row.action)
    basis = _basis(then, previous.groups, row)
    if then is None or basis is not Basis.COMPARED:
        return Change(basis=basis)
    return Change(
        basis=basis,
        moves=tuple(
            Move(arm=arm, then=arm_word(counts), present=arm_word(now))
            for arm, counts, now in zip(ARMS, (then.fs, then.cn), _counts(row), strict=True)
        ),
    )


def arm_word(counts: Sequence[int]) -> int | None:
    """Return the number of the one word for an arm on which so many groups said each word; None where they differ."""
    words = [word for word, count in enumerate(counts) for _ in range(count)]
    return lower_median(words) if words and not is_spread(words) else None


def ghosts(state: Workshop, doctrine: Doctrine, action: str) -> tuple[int | None, int | None] | None:
    """Return the words of both arms the last time (None: the groups differed), or None where nothing can be said."""
    previous = previous_of(state, doctrine)
    then = previous.action(action) if previous else None
    if previous is None or then is None or _then(then, previous.groups) is not Basis.COMPARED:
        return None
    return arm_word(then.fs), arm_word(then.cn)


def standing(state: Workshop, decision: PreviousDecision) -> DecisionStatus:
    """Return how far a decision of the last time has come: as the room told today, else as it was written down."""
    return state.followed_up.get(decision.id, decision.status)


def taken_from(state: Workshop, doctrine: Doctrine) -> Previous:
    """Return what a workshop that follows this one takes over: results by action, decisions that were not dropped."""
    setup = state.prepared
    rows = zip(setup.actions, overlay(state), strict=True)
    return Previous(
        title=setup.title,
        date=setup.date,
        doctrine=setup.doctrine,
        poles=_poles(doctrine),
        scale=doctrine.scale,
        groups=len(state.groups),
        actions=tuple(
            PreviousAction(
                id=action.id, label=action.label, verdict=row.verdict, of=row.of, fs=counts[0], cn=counts[1]
            )
            for action, row in rows
            for counts in (_counts(row),)
        ),
        decisions=tuple(_decisions(state))[:PREVIOUS_DECISIONS],
        territory_code=setup.territory_code,
    )


def nameless(state: Workshop, doctrine: Doctrine, *, decisions: bool) -> Previous:
    """Return what may outlive this workshop: nothing that somebody typed but its decisions, where they are wanted,
    and of these not who; the actions that the doctrine prints."""
    taken = taken_from(state, doctrine)
    printed = {action.id: action.label for action in doctrine.actions}
    return replace(
        taken,
        title=doctrine.title,
        actions=tuple(each for each in taken.actions if printed.get(each.id) == each.label),
        decisions=tuple(replace(each, who="") for each in taken.decisions) if decisions else (),
    )


def _decisions(state: Workshop) -> Iterator[PreviousDecision]:
    """Its own, then those of the time before that the room said to be under way."""
    for each in state.decisions.values():
        if each.status is not DecisionStatus.DROPPED:
            yield PreviousDecision(
                id=each.id, what=each.what, who=each.who, due=each.due, due_on=each.due_on, status=each.status
            )
    previous = state.prepared.previous
    for before in previous.decisions if previous else ():
        if standing(state, before) is DecisionStatus.IN_PROGRESS and before.id not in state.decisions:
            yield replace(before, status=DecisionStatus.IN_PROGRESS)


def _poles(doctrine: Doctrine) -> tuple[str, ...]:
    return doctrine.fs.name, doctrine.cn.name


def _counts(row: Row) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How many groups said each word, an arm each."""
    said = [words for line in row.lines if (words := words_of(line.placement))]
    fs, cn = (tuple(sum(each[n] == word for each in said) for word in range(WORDS)) for n in range(2))
    return fs, cn


def _basis(then: PreviousAction | None, groups: int, row: Row) -> Basis:
    if then is None:
        return Basis.NEW
    if row.verdict is Verdict.SET_ASIDE:
        return Basis.ASIDE_NOW
    before = _then(then, groups)
    if before is not Basis.COMPARED:
        return before
    return Basis.TOO_FEW_NOW if row.verdict in _SILENT or row.alone else Basis.COMPARED


def _then(then: PreviousAction, groups: int) -> Basis:
    """The same rules for the last time: a single group of several says nothing of the room."""
    if then.verdict is Verdict.SET_ASIDE:
        return Basis.ASIDE_THEN
    alone = then.of == 1 < groups
    return Basis.TOO_FEW_THEN if then.verdict in _SILENT or alone else Basis.COMPARED
