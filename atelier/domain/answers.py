"""« Chacun·e répond d’abord »: who is asked, where a line stands, and what a table is shown of its answers.

Nobody is read: a trade's answers show from two on, and later ones only two or more at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from atelier.domain import selectors
from atelier.domain.parts import changed
from atelier.domain.state import Answer, Group, Line, Participant, Workshop
from atelier.domain.values import ARMS, Phase, Trade, word_number

WORDS = 5
"""How many words the scale has."""
UNREAD_FROM = 2
"""How many answers of one trade show at once, at the least: a single one would be somebody's."""


class Step(StrEnum):
    """Where a line stands: each answers for themselves, the table sees the answers, or neither (« as usual »)."""

    ALONE = "alone"
    TOGETHER = "together"
    USUAL = "usual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The answers of one trade as a table sees them: how many of each word, from « jamais » on.

    `late`: how many of these came after the reveal. `held`: how many are not shown, being too few.
    """

    arm: str
    counts: tuple[int, ...]
    late: int
    held: int

    @property
    def shown(self) -> int:
        """How many answers are shown."""
        return sum(self.counts)


def asked(state: Workshop, number: int) -> list[Participant]:
    """Return the members of a table whose trade has an arm."""
    return [person for person in selectors.members(state, number) if person.trade in ARMS]


def asked_by_group(state: Workshop) -> list[frozenset[str]]:
    """Return the same of every table, as ids; looks at everybody once, however many tables there are."""
    found: list[set[str]] = [set() for _ in state.groups]
    for person in state.present():
        if person.trade in ARMS:
            found[person.group - 1].add(person.id)
    return [frozenset(people) for people in found]


def step_of(state: Workshop, group: Group, line: Line) -> Step:
    """Return where `line` stands. A table with one person to ask does as usual."""
    if not state.answers_first or line.gone:
        return Step.USUAL
    if line.revealed:
        return Step.TOGETHER if line.answers else Step.USUAL
    alone = state.phase is Phase.ARTICULATIONS and len(asked(state, group.number)) >= UNREAD_FROM
    return Step.ALONE if alone else Step.USUAL


def answered(state: Workshop, group: Group, line: Line) -> tuple[int, int]:
    """Return how many of those asked at the table have answered, and how many are asked."""
    people = asked(state, group.number)
    return sum(person.id in line.answers for person in people), len(people)


def pairs_asked(state: Workshop, group: Group) -> tuple[str, ...]:
    """Return the trades of which two people are asked at the table: each of the two can tell the other's answer."""
    trades = [person.trade for person in asked(state, group.number)]
    return tuple(arm for arm in ARMS if trades.count(Trade(arm)) == UNREAD_FROM)


def spreads(line: Line) -> tuple[Spread, ...]:
    """Return what the table sees of a line, trade by trade; nothing before the reveal, or without an answer."""
    if not line.revealed or not line.answers:
        return ()
    return tuple(_spread(line, arm) for arm in ARMS)


def with_answer(line: Line, who: str, arm: str, reach: int | None) -> Mapping[str, Answer]:
    """Return the answers of `line` with one more, or another instead; those that wait show with the second of them."""
    answers = {**line.answers, who: Answer(arm=arm, reach=reach, late=line.revealed)}
    return shown_together(answers) if line.revealed else answers


def shown_together(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return `answers` once they may show: of each trade those that wait, if they are two or more."""
    waiting = {arm: [who for who in answers if _waits(answers[who], arm)] for arm in ARMS}
    now = {who for people in waiting.values() if len(people) >= UNREAD_FROM for who in people}
    return {who: changed(each, shown=True) if who in now else each for who, each in answers.items()}


def _waits(answer: Answer, arm: str) -> bool:
    return answer.arm == arm and not answer.shown


def _spread(line: Line, arm: str) -> Spread:
    mine = [each for each in line.answers.values() if each.arm == arm and each.reach is not None]
    shown = [each for each in mine if each.shown]
    if len(shown) < UNREAD_FROM:  # an erasure may have left one
        shown = []
    return Spread(
        arm=arm,
        counts=_by_word(each.reach for each in shown),
        late=sum(each.late for each in shown),
        held=len(mine) - len(shown),
    )


def _by_word(reaches: Iterable[int | None]) -> tuple[int, ...]:
    words = [word_number(reach) for reach in reaches if reach is not None]
    return tuple(words.count(word) for word in range(WORDS))
