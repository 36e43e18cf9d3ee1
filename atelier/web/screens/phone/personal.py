"""Personal data of a phone's page: own texts, own supports. Never part of a broadcast."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import chain
from typing import Any, NamedTuple

from atelier.domain import limits, selectors
from atelier.domain.inverses import subject_of
from atelier.domain.rules import SUPPORTING
from atelier.domain.state import Group, Initiative, Line, Mission, Participant, Workshop
from atelier.domain.values import ARMS, Status, Trade
from atelier.limits import OWN_SHOWN
from atelier.web.render.view import Reader, View
from atelier.web.screens.phone.card_lists import card_list
from atelier.wording import plural

ALL_TEXTS = "*"
"""Instead of a card that is opened: no action is called so."""
_NAMED = 3
"""First names said of the trade that is asked; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """The reader of one page. `me` names their outbox on the phone; it says nothing of who they are.

    `reports`: they may write the notes of their group now.
    `texts`: once the workshop is closed, all that they wrote, at whatever table.
    """

    me: str
    person: Participant | None
    group: int
    initiatives: tuple[Initiative, ...]
    missions: tuple[Mission, ...]
    lines: tuple[Line, ...]
    supported: tuple[str, ...]
    answers: dict[str, int]
    last_line: str
    texts: tuple[str, ...]
    vote: dict[str, Any]
    reports: bool = False

    @property
    def trade(self) -> Trade | None:
        """The trade whose arm comes first; none for a facilitator who writes for a table."""
        return self.person.trade if self.person else None

    @property
    def arm(self) -> str:
        """The arm that they answer for, "" where their trade has none."""
        return self.trade.value if self.trade in ARMS else ""

    @property
    def apart(self) -> bool:
        """True when the page shows more of theirs than what stands beside what is drawn for all."""
        texts = self.initiatives, self.missions, self.lines
        return bool(self.answers) or self.reports or any(each.hidden for those in texts for each in those)

    @property
    def hidden(self) -> dict[str, list[Initiative]]:
        """Their own texts that the facilitation took off the screens, by action."""
        found: dict[str, list[Initiative]] = {}
        for each in self.initiatives:
            if each.hidden:
                found.setdefault(each.action, []).append(each)
        return found

    def data(self, view: View) -> dict[str, Any]:
        """What the page's scripts start from."""
        return {
            "me": self.me,
            "group": self.group,
            "participant": self.person is not None,
            "initiatives": [each.id for each in self.initiatives],
            "missions": [each.id for each in self.missions],
            "lines": [each.action.id for each in self.lines],
            "supported": list(self.supported),
            "answers": self.answers,
            "lastLine": self.last_line,
            "vote": self.vote,
            "scale": list(view.doctrine.scale),
            "poles": {arm: view.doctrine.pole(arm).name for arm in ARMS},
            "limits": {"initiative": limits.INITIATIVE_CHARACTERS, "mission": limits.MISSION_CHARACTERS},
        }


def personal(state: Workshop, reader: Reader) -> Personal:
    """Return what belongs to `reader` at their table. A facilitator owns every text there: they may correct all."""
    me = reader.actor.id
    group = state.group(reader.group)
    every = reader.actor.facilitates
    lists = [card_list(line) for line in selectors.lines(group)]
    written = (each.initiatives if every else each.written.get(me, ()) for each in lists)
    return Personal(
        me=_mark(me),
        person=None if every else state.people.get(me),
        group=reader.group,
        initiatives=tuple(chain.from_iterable(written)),
        missions=tuple(
            each for each in group.missions.values() if not each.withdrawn and (every or each.author == me)
        ),
        lines=tuple(
            each
            for each in group.lines.values()
            if each.free and not each.removed and (every or each.named_by == me)
        ),
        supported=tuple(chain.from_iterable(each.supported.get(me, ()) for each in lists)),
        answers=_answers(group, me),
        last_line=_last_line(state, me, reader.group),
        reports=not every and _reports(state, group, me),
        texts=() if every or state.status is Status.OPEN else tuple(_texts_of(state, me)),
        vote=_ballot(state, me),
    )


def editable(own: Personal, opened: str) -> tuple[Initiative, ...]:
    """Return those of one’s own initiatives that are edited without scripts: hidden ones, the latest ones, and those of
    the card `opened`, or all with `ALL_TEXTS`."""
    if opened == ALL_TEXTS:
        return own.initiatives
    latest = {each.id for each in nlargest(OWN_SHOWN, own.initiatives, key=_posted_at)}
    return tuple(
        each for each in own.initiatives if each.hidden or each.action == opened or each.id in latest
    )


def _posted_at(initiative: Initiative) -> int:
    return initiative.posted_at


def _texts_of(state: Workshop, me: str) -> Iterator[str]:
    for group in state.groups:
        lines = [each for each in group.lines.values() if not each.removed]
        yield from (each.action.label for each in lines if each.free and each.named_by == me)
        for line in lines:
            yield from (
                each.text for each in line.initiatives.values() if each.author == me and not each.withdrawn
            )
        yield from (each.text for each in group.missions.values() if each.author == me and not each.withdrawn)


def _answers(group: Group, me: str) -> dict[str, int]:
    """Return their own answers by action."""
    own = ((line.action.id, line.answers.get(me)) for line in group.lines.values())
    return {action: answer.reach for action, answer in own if answer and answer.reach is not None}


class Seated(NamedTuple):
    """Who sits at a table: how many, of which trades, the first names given, and the marks, by which a page finds
    out whether its owner was moved; nobody finds out who is who. `of_trade`: who could answer for an arm.
    `shares`: the marks of phones that vote for several, each with how many."""

    number: int
    trades: Counter[Trade]
    names: list[str]
    marks: str
    of_trade: dict[str, str]
    shares: str


def seated(state: Workshop, number: int) -> Seated:
    """Return who sits at the table `number`."""
    people = selectors.members(state, number)
    return Seated(
        number=len(people),
        trades=Counter(person.trade for person in people),
        names=[person.name for person in people if person.name],
        marks=" ".join(_mark(person.id) for person in people),
        of_trade={arm: _of_trade([person for person in people if person.trade == arm]) for arm in ARMS},
        shares=" ".join(f"{_mark(person.id)}:{person.people}" for person in people if person.people > 1),
    )


def _of_trade(people: list[Participant]) -> str:
    """Say who of a trade sits there: « À votre table : Nadia et 1 autre personne. »"""
    names = [person.name for person in people if person.name][:_NAMED]
    if not people:
        return "Personne de ce métier à votre table."
    others = len(people) - len(names)
    told = [plural(others, "autre personne" if names else "personne")] if others else []
    *first, last = [*names, *told]
    return f"À votre table\u00a0: {' et '.join([', '.join(first), last] if first else [last])}."


def pen_mark(state: Workshop, number: int) -> str:
    """Who places for a table, by their mark: "" where everybody does, « free » while nobody took the pen."""
    holder = selectors.pen_holder(state, state.group(number))
    return _mark(holder.id) if holder else ("free" if state.one_pen else "")


def rapporteur_mark(state: Workshop, number: int) -> str:
    """Who writes the notes of a table from a phone, by their mark; "" while the desk named nobody."""
    writer = selectors.rapporteur(state, state.group(number))
    return _mark(writer.id) if writer else ""


def _reports(state: Workshop, group: Group, me: str) -> bool:
    writer = selectors.rapporteur(state, group)
    open_now = state.status is Status.OPEN and state.phase in SUPPORTING
    return open_now and writer is not None and writer.id == me


@lru_cache(10_000)
def _mark(person: str) -> str:
    return hashlib.sha256(person.encode()).hexdigest()[:12]


def _ballot(state: Workshop, me: str) -> dict[str, Any]:
    """One’s own dots; everybody else’s are nobody’s business."""
    if state.vote is None:
        return {}
    return {"id": state.vote.id, "dots": dict(state.vote.ballots.get(me, {}))}


def _last_line(state: Workshop, me: str, group: int) -> str:
    # Where « Annuler » belongs: the line of the last act, when undoing it changes a line that nobody changed since.
    last = state.last_acts.get(me)
    if last is None or getattr(last.remedy, "group", 0) != group or hasattr(last.remedy, "initiative"):
        return ""
    line: str = getattr(last.remedy, "action", "")
    return line if line and subject_of(state, last.remedy) == last.left_as else ""
