"""What a workshop keeps of the one that it follows: what was said of each action, what was decided. Nobody's name
beyond those that decisions give, no text but theirs."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from atelier.domain import limits
from atelier.domain.refusals import Code, Refused
from atelier.domain.text import clean, clean_optional
from atelier.domain.values import WORDS, DecisionStatus, Verdict

T = TypeVar("T")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousAction:
    """What the groups said of an action, by its slug: their verdict; how many of them said each of the five words, an
    arm each. `of`: how many groups it concerned; only those that answered for both trades are counted."""

    id: str
    label: str
    verdict: Verdict
    of: int
    fs: tuple[int, ...]
    cn: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousDecision:
    """A decision as it was published: what, who, by when; how far it had come."""

    id: str
    what: str
    who: str = ""
    due: str = ""
    due_on: str = ""
    status: DecisionStatus = DecisionStatus.TO_DO


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The results of a workshop, without the people. `poles`: the names of its two edges; `groups`: how many it had."""

    title: str
    date: str
    doctrine: str
    poles: tuple[str, ...]
    scale: tuple[str, ...]
    groups: int
    actions: tuple[PreviousAction, ...]
    decisions: tuple[PreviousDecision, ...] = ()
    territory_code: str = ""

    def action(self, wanted: str) -> PreviousAction | None:
        """Return what was said of that action; None where it was not on the sheet."""
        return next((each for each in self.actions if each.id == wanted), None)


def previous_of_plain(plain: Any) -> Previous:
    """Return what `asdict` made of it, after a way through JSON. Raises TypeError, ValueError or KeyError."""
    return Previous(
        title=_a(str, plain["title"]),
        date=_a(str, plain["date"]),
        doctrine=_a(str, plain["doctrine"]),
        poles=_texts(plain["poles"]),
        scale=_texts(plain["scale"]),
        groups=_a(int, plain["groups"]),
        actions=tuple(_action_of(each) for each in plain["actions"]),
        decisions=tuple(_decision_of(each) for each in plain["decisions"]),
        territory_code=_a(str, plain["territory_code"]),
    )


def _action_of(plain: Any) -> PreviousAction:
    return PreviousAction(
        id=_a(str, plain["id"]),
        label=_a(str, plain["label"]),
        verdict=Verdict(plain["verdict"]),
        of=_a(int, plain["of"]),
        fs=tuple(_a(int, each) for each in plain["fs"]),
        cn=tuple(_a(int, each) for each in plain["cn"]),
    )


def _decision_of(plain: Any) -> PreviousDecision:
    words = {name: _a(str, plain[name]) for name in ("id", "what", "who", "due", "due_on")}
    return PreviousDecision(**words, status=DecisionStatus(plain["status"]))


def _texts(plain: Any) -> tuple[str, ...]:
    return tuple(_a(str, each) for each in plain)


def _a(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def checked_previous(previous: Previous) -> Previous:
    """Return it with clean texts, or refuse: it may come from a file."""
    sizes = (
        len(previous.poles) == 2,
        len(previous.scale) == WORDS,
        0 < previous.groups <= limits.GROUPS,
        len(previous.actions) <= limits.ACTIONS,
        len(previous.decisions) <= limits.PREVIOUS_DECISIONS,
        all(_is_sound(each, previous.groups) for each in previous.actions),
        all(_ID.fullmatch(each.id) for each in previous.decisions),
        len({each.id for each in previous.decisions}) == len(previous.decisions),
    )
    if not all(sizes):
        raise Refused(Code.NOT_A_SETUP, "previous")
    return replace(
        previous,
        title=clean(previous.title, limits.TITLE_CHARACTERS),
        date=_date(previous.date),
        doctrine=clean(previous.doctrine, limits.NAME_CHARACTERS),
        poles=tuple(clean(each, limits.NAME_CHARACTERS) for each in previous.poles),
        scale=tuple(clean(each, limits.NAME_CHARACTERS) for each in previous.scale),
        actions=tuple(
            replace(each, label=clean(each.label, limits.LABEL_CHARACTERS)) for each in previous.actions
        ),
        decisions=tuple(map(_checked_decision, previous.decisions)),
        territory_code=clean_optional(previous.territory_code, 3),
    )


def _is_sound(action: PreviousAction, groups: int) -> bool:
    arms = (action.fs, action.cn)
    counted = sum(action.fs)
    return (
        _ID.fullmatch(action.id) is not None
        and all(len(arm) == WORDS and min(arm) >= 0 for arm in arms)
        and counted == sum(action.cn) <= action.of <= groups
    )


def _checked_decision(decision: PreviousDecision) -> PreviousDecision:
    return replace(
        decision,
        what=clean(decision.what, limits.DECISION_CHARACTERS),
        who=clean_optional(decision.who, limits.TITLE_CHARACTERS),
        due=clean_optional(decision.due, limits.TITLE_CHARACTERS),
        due_on=_date(decision.due_on) if decision.due_on else "",
    )


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(Code.NOT_A_SETUP, "previous") from None
