"""« Chacun·e répond d’abord »: each answers for their own trade, unseen; then the table sees that, and places."""

from collections.abc import Iterator
from dataclasses import dataclass

from atelier.domain import lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.answers import shown_together, with_answer
from atelier.domain.features.pen import pen_claimed
from atelier.domain.parts import changed, with_line
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Part
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import OPEN_OR_CLOSED, WRITING, everyone, facilitators, participants
from atelier.domain.state import Line, Workshop
from atelier.domain.values import ARMS, is_reach

# --- commands


@command(facilitators())
class SetAnswersFirst(Command):
    """« Chacun·e répond d’abord », or everybody places at once; only while nothing is placed or answered."""

    on: bool


@command(participants(WRITING))
class GiveAnswer(Command):
    """Say for one’s own trade how regularly one does it, unseen: one reach, 0 to 100 by 5. The last one counts until
    the answers are revealed, then the first."""

    group: int
    action: str
    fs: int | None = None
    cn: int | None = None


@command(everyone(WRITING))
class RevealAnswers(Command):
    """Show a table the answers to one action; the table then places it together."""

    group: int
    action: str


@command(facilitators(OPEN_OR_CLOSED))
class RevealAllAnswers(Command):
    """The same at every table, for one action or (empty) for all of them."""

    action: str = ""


# --- events


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfALine(Event):
    group: int
    action: str


_ANSWERS = Part(Kind.ANSWERS, ("group", "action"))


@event("answers.requested", stale=(Kind.ANSWERS,), story="chacun·e répond d’abord, la table place ensuite")
class AnswersRequested(Event):
    """Each answers for themselves before the table places."""


@event("answers.waived", stale=(Kind.ANSWERS,), story="la table place sans répondre d’abord")
class AnswersWaived(Event):
    """Everybody places at once."""


@event("answer.recorded", stale=(_ANSWERS,), story="groupe {group}, {action} : une réponse avant d’en parler")
class AnswerRecorded(_OfALine):
    """Whoever did it answered for their trade; no reach where that was erased."""

    arm: str
    reach: int | None


@event("answers.revealed", stale=(_ANSWERS,), story="groupe {group}, {action} : les réponses sont révélées")
class AnswersRevealed(_OfALine):
    """The table sees its answers; what comes now is late."""


# --- deciding


@decides
def set_answers_first(state: Workshop, act: Act, command: SetAnswersFirst) -> tuple[Event, ...]:
    """Nothing changes where it is so already."""
    if state.answers_first == command.on:
        return ()
    if any(_begun(line) for group in state.groups for line in group.lines.values()):
        raise Refused(Code.ALREADY_PLACED)
    return (AnswersRequested() if command.on else AnswersWaived(),)


@decides
def give_answer(state: Workshop, act: Act, command: GiveAnswer) -> tuple[Event, ...]:
    """One answer a person; once revealed it stays, since others would see which dot moves."""
    line = lookup.line(state, command.group, command.action)
    if not state.answers_first:
        raise Refused(Code.ANSWERS_NOT_ASKED)
    arm, reach = _answer(command)
    if state.people[act.by.id].trade != arm:
        raise Refused(Code.OTHER_TRADE)
    former = line.answers.get(act.by.id)
    if former and (former.arm, former.reach) == (arm, reach):
        return ()
    if former and line.revealed:
        raise Refused(Code.ANSWER_STANDS)
    return (AnswerRecorded(group=command.group, action=command.action, arm=arm, reach=reach),)


@decides
def reveal_answers(state: Workshop, act: Act, command: RevealAnswers) -> tuple[Event, ...]:
    """Who may place for the table may reveal; nothing changes where it was done."""
    lookup.line(state, command.group, command.action)
    revealed = revealed_first(state, command.group, command.action)
    return (*pen_claimed(state, act, command.group), *revealed) if revealed else ()


@decides
def reveal_all_answers(state: Workshop, act: Act, command: RevealAllAnswers) -> tuple[Event, ...]:
    """At each table where it was not done."""
    if command.action and not any(command.action in group.lines for group in state.groups):
        raise Refused(Code.UNKNOWN_ACTION)
    return tuple(_revealing(state, command.action))


def revealed_first(state: Workshop, group: int, action: str) -> tuple[Event, ...]:
    """Return what comes before a table’s placing: its answers are revealed, whether or not anybody pressed for it."""
    if not state.answers_first or state.group(group).lines[action].revealed:
        return ()
    return (AnswersRevealed(group=group, action=action),)


def _revealing(state: Workshop, action: str) -> Iterator[Event]:
    for group in state.groups:
        for line in group.lines.values():
            if action in ("", line.action.id) and not line.removed:
                yield from revealed_first(state, group.number, line.action.id)


def _begun(line: Line) -> bool:
    return bool(line.placement or line.set_aside or line.answers or line.revealed)


def _answer(command: GiveAnswer) -> tuple[str, int]:
    given = [(arm, reach) for arm in ARMS if (reach := getattr(command, arm)) is not None]
    if len(given) != 1 or not is_reach(given[0][1]):
        raise Refused(Code.NOT_A_REACH)
    return given[0]


# --- evolving


@evolves
def answers_requested(state: Workshop, fact: Fact, event: AnswersRequested) -> Workshop:
    """From the first card on."""
    return changed(state, answers_first=True)


@evolves
def answers_waived(state: Workshop, fact: Fact, event: AnswersWaived) -> Workshop:
    """There were none yet."""
    return changed(state, answers_first=False)


@evolves
def answer_recorded(state: Workshop, fact: Fact, event: AnswerRecorded) -> Workshop:
    """In place of the same person’s one before."""
    line = state.group(event.group).lines[event.action]
    answers = with_answer(line, fact.by.id, event.arm, event.reach)
    return with_line(state, event.group, event.action, answers=answers)


@evolves
def answers_revealed(state: Workshop, fact: Fact, event: AnswersRevealed) -> Workshop:
    """Those of a trade that gave two or more show."""
    line = state.group(event.group).lines[event.action]
    return with_line(state, event.group, event.action, revealed=True, answers=shown_together(line.answers))
