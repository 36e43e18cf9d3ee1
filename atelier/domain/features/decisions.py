"""What the room settles on: what, who, by when, for which stake, from which initiative, how far it has come."""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

from atelier.domain import limits, lookup
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, put
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves, looks_at, names_removal, restores
from atelier.domain.rules import OPEN_OR_CLOSED, facilitators
from atelier.domain.state import Decision, NextMeeting, Restoration, Workshop
from atelier.domain.text import clean, clean_optional
from atelier.domain.values import DecisionStatus

T = TypeVar("T")

# --- commands


@command(facilitators(OPEN_OR_CLOSED))
class RecordDecision(Command):
    """Write down a decision: quoi, qui, échéance (words, or a date in ISO form, `due_on`), the stake of the roadmap,
    the action and the group that it comes from."""

    what: str
    who: str = ""
    due: str = ""
    due_on: str = ""
    stake: str = ""
    action: str = ""
    group: int = 0


@command(facilitators(OPEN_OR_CLOSED))
class EditDecision(Command):
    """Find other words for a decision, say how far it has come; what is left out of the last five stays."""

    decision: str
    what: str
    who: str = ""
    due: str = ""
    due_on: str | None = None
    stake: str | None = None
    action: str | None = None
    group: int | None = None
    status: DecisionStatus | None = None


@command(facilitators(OPEN_OR_CLOSED))
class AdoptInitiative(Command):
    """Make a decision of an initiative, in its words."""

    group: int
    initiative: str


@command(facilitators(OPEN_OR_CLOSED))
class MoveDecision(Command):
    """Give a decision another place in the list, counted from 0."""

    decision: str
    place: int


@command(facilitators(OPEN_OR_CLOSED))
class PlanNextMeeting(Command):
    """Say when the room meets again: a date in ISO form, hour and place in words; empty ones take it back."""

    on: str = ""
    about: str = ""


@command(facilitators(OPEN_OR_CLOSED))
class WithdrawDecision(Command):
    """Take a decision off the list."""

    decision: str


# --- events


@event("decision.recorded", stale=(Kind.DECISIONS,), story="décision : « {what} »")
class DecisionRecorded(Event):
    """One more decision; its words are those of `initiative` where it names one."""

    decision: str
    what: str
    who: str
    due: str
    due_on: str = ""
    stake: str = ""
    action: str = ""
    group: int = 0
    initiative: str = ""


@event("decision.edited", stale=(Kind.DECISIONS,), story="une décision est reformulée ou précisée")
class DecisionEdited(Event):
    """The decision says this now. An empty `what`: still the words of its initiative, which only its author’s fact
    holds, so that they can be erased."""

    decision: str
    what: str
    who: str
    due: str
    due_on: str = ""
    stake: str = ""
    action: str = ""
    group: int = 0
    status: DecisionStatus = DecisionStatus.TO_DO


@event("decision.moved", stale=(Kind.DECISIONS,), story="une décision change de place")
class DecisionMoved(Event):
    """The decision stands elsewhere in the list, at `place`, counted from 0."""

    decision: str
    place: int


@event("decision.withdrawn", stale=(Kind.DECISIONS, Kind.REMOVALS), story="une décision est retirée")
class DecisionWithdrawn(Event):
    """Off the list."""

    decision: str


@event("decision.restored", stale=(Kind.DECISIONS, Kind.REMOVALS), story="une décision retirée revient")
class DecisionRestored(Event):
    """Put back: on the list again, where it stood."""

    decision: str


@event("meeting.planned", stale=(Kind.DECISIONS,), story="prochaine rencontre : {on} {about}")
class NextMeetingPlanned(Event):
    """The room meets again then; nothing is planned where both are empty."""

    on: str
    about: str = ""


# --- deciding


@decides
def record_decision(state: Workshop, act: Act, command: RecordDecision) -> tuple[Event, ...]:
    """Up to what a wall and a page hold."""
    _check_new(state, act)
    _check_links(state, command.action, command.group)
    what = clean(command.what, limits.DECISION_CHARACTERS)
    return (
        DecisionRecorded(
            decision=act.fresh_id,
            what=what,
            action=command.action,
            group=command.group,
            **_said(command.who, command.due, command.due_on, command.stake),
        ),
    )


@decides
def adopt_initiative(state: Workshop, act: Act, command: AdoptInitiative) -> tuple[Event, ...]:
    """Once an initiative: pressed again, nothing changes."""
    found = lookup.initiative(state, command.group, command.initiative)
    if any(each.initiative == found.id for each in state.decisions.values()):
        return ()
    _check_new(state, act)
    return (
        DecisionRecorded(
            decision=act.fresh_id,
            what=found.text,
            who="",
            due="",
            action=found.action,
            group=command.group,
            initiative=found.id,
        ),
    )


@decides
def edit_decision(state: Workshop, act: Act, command: EditDecision) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    found = lookup.decision(state, command.decision)
    action, group = _either(command.action, found.action), _either(command.group, found.group)
    _check_links(state, *(("", 0) if (action, group) == (found.action, found.group) else (action, group)))
    what = clean(command.what, limits.DECISION_CHARACTERS)
    due_on, stake = _either(command.due_on, found.due_on), _either(command.stake, found.stake)
    edited = DecisionEdited(
        decision=found.id,
        what=what,
        action=action,
        group=group,
        status=_either(command.status, found.status),
        **_said(command.who, command.due, due_on, stake),
    )
    if _edited(found, edited) == found:
        return ()
    return (replace(edited, what="") if found.quoted and what == found.what else edited,)


@decides
def move_decision(state: Workshop, act: Act, command: MoveDecision) -> tuple[Event, ...]:
    """As far as the list goes; nothing changes where it stands there already."""
    found = lookup.decision(state, command.decision)
    place = min(max(0, command.place), len(state.decisions) - 1)
    if list(state.decisions).index(found.id) == place:
        return ()
    return (DecisionMoved(decision=found.id, place=place),)


@decides
def withdraw_decision(state: Workshop, act: Act, command: WithdrawDecision) -> tuple[Event, ...]:
    """It can be put back for a minute."""
    return (DecisionWithdrawn(decision=lookup.decision(state, command.decision).id),)


@decides
def plan_next_meeting(state: Workshop, act: Act, command: PlanNextMeeting) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    about = clean_optional(command.about, limits.TITLE_CHARACTERS)
    on = _date(command.on)
    if NextMeeting(on=on, about=about) == state.next_meeting:
        return ()
    return (NextMeetingPlanned(on=on, about=about),)


def check_room(state: Workshop) -> None:
    """Refuse when the list is full."""
    if len(state.decisions) >= limits.DECISIONS:
        raise Refused(Code.TOO_MANY, str(limits.DECISIONS))


def _check_new(state: Workshop, act: Act) -> None:
    if act.fresh_id in state.decisions:
        raise Refused(Code.ALREADY_USED)
    check_room(state)


def _check_links(state: Workshop, action: str, group: int) -> None:
    if group:
        lookup.group(state, group)
    groups = [state.group(group)] if group else state.groups
    if action and not any(action in each.lines and not each.lines[action].removed for each in groups):
        raise Refused(Code.UNKNOWN_ACTION)


def _said(who: str, due: str, due_on: str, stake: str) -> dict[str, str]:
    return {
        "who": clean_optional(who, limits.TITLE_CHARACTERS),
        "due": clean_optional(due, limits.TITLE_CHARACTERS),
        "due_on": _date(due_on),
        "stake": clean_optional(stake, limits.TITLE_CHARACTERS),
    }


def _date(text: str) -> str:
    if not text:
        return ""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(Code.NOT_A_DATE) from None


def _either(said: T | None, standing: T) -> T:
    """Return what the form says, or what stands where it says nothing."""
    return standing if said is None else said


# --- evolving


@evolves
def decision_recorded(state: Workshop, fact: Fact, event: DecisionRecorded) -> Workshop:
    """Last of the list."""
    decision = Decision(
        id=event.decision,
        what=event.what,
        who=event.who,
        due=event.due,
        due_on=event.due_on,
        stake=event.stake,
        action=event.action,
        group=event.group,
        initiative=event.initiative,
        quoted=bool(event.initiative),
    )
    return changed(state, decisions=put(state.decisions, decision.id, decision))


@evolves
def decision_edited(state: Workshop, fact: Fact, event: DecisionEdited) -> Workshop:
    """In its place."""
    before = state.decisions[event.decision]
    return changed(state, decisions=put(state.decisions, before.id, _edited(before, event)))


@evolves
def decision_moved(state: Workshop, fact: Fact, event: DecisionMoved) -> Workshop:
    """The others close up around it."""
    rest = [(key, each) for key, each in state.decisions.items() if key != event.decision]
    rest.insert(event.place, (event.decision, state.decisions[event.decision]))
    return changed(state, decisions=dict(rest))


@evolves
def decision_withdrawn(state: Workshop, fact: Fact, event: DecisionWithdrawn) -> Workshop:
    """No part of the state any more, but for what would put it back."""
    rest = {key: decision for key, decision in state.decisions.items() if key != event.decision}
    return changed(state, decisions=rest)


@evolves
def decision_restored(state: Workshop, fact: Fact, event: DecisionRestored) -> Workshop:
    """Between those that stand around it."""
    removal = state.removals.get(f"decision-{event.decision}")
    if removal is None or removal.decision is None:
        return state
    listed = list(state.decisions.items())
    listed.insert(removal.place, (event.decision, removal.decision))
    return changed(state, decisions=dict(listed))


@evolves
def next_meeting_planned(state: Workshop, fact: Fact, event: NextMeetingPlanned) -> Workshop:
    """In place of the one before."""
    return changed(state, next_meeting=NextMeeting(on=event.on, about=event.about))


def _edited(before: Decision, event: DecisionEdited) -> Decision:
    return changed(
        before,
        what=event.what or before.what,
        who=event.who,
        due=event.due,
        due_on=event.due_on,
        stake=event.stake,
        action=event.action,
        group=event.group,
        status=event.status,
        quoted=before.quoted and event.what in ("", before.what),
    )


# --- putting back


@names_removal
def _decision(event: DecisionWithdrawn | DecisionRestored) -> str:
    return f"decision-{event.decision}"


@restores
def _where_it_stood(before: Workshop, event: DecisionWithdrawn) -> Restoration:
    return Restoration(
        remedies=(DecisionRestored(decision=event.decision),),
        decision=before.decisions[event.decision],
        place=list(before.decisions).index(event.decision),
    )


@looks_at
def _whether_listed(state: Workshop, event: DecisionRestored) -> object:
    return event.decision in state.decisions
