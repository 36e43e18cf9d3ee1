"""How people and their tables change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.erasure import BLANK
from atelier.domain.evolve.parts import changed, put, with_group
from atelier.domain.state import Group, Line, Mission, Participant, Workshop
from atelier.domain.values import Role

_COMING_AND_GOING = frozenset(
    {e.ParticipantJoined, e.ParticipantMoved, e.ParticipantIntroduced, e.ParticipantLeft, e.ParticipantErased}
)
_TEXTS = frozenset({e.InitiativePosted, e.MissionAdded, e.ActionAdded, e.TextReceived})


def joined(state: Workshop, fact: Fact, event: e.ParticipantJoined) -> Workshop:
    """Somebody came in, or came back."""
    known = state.people.get(event.participant)
    said: dict[str, Any] = {"trade": event.trade, "group": event.group, "name": event.name}
    if known:
        person = changed(known, left=False, **said)
    else:
        person = Participant(id=event.participant, joined_at=fact.at, **said)
    return changed(state, people=put(state.people, person.id, person))


def moved(state: Workshop, fact: Fact, event: e.ParticipantMoved) -> Workshop:
    """Somebody sits at another table."""
    person = changed(state.people[event.participant], group=event.to_group)
    return changed(state, people=put(state.people, person.id, person))


def noticed(state: Workshop, fact: Fact) -> Workshop:
    """Whoever does more than come and go is no false arrival; texts are counted, taken back ones too."""
    if fact.by.role is not Role.PARTICIPANT or type(fact.event) in _COMING_AND_GOING:
        return state
    person = state.people.get(fact.by.id)
    texts = type(fact.event) in _TEXTS
    if person is None or (person.acted and not texts):
        return state
    person = changed(person, acted=True, texts=person.texts + texts)
    return changed(state, people=put(state.people, person.id, person))


def introduced(state: Workshop, fact: Fact, event: e.ParticipantIntroduced) -> Workshop:
    """Somebody corrected their trade or name."""
    person = changed(state.people[event.participant], trade=event.trade, name=event.name)
    return changed(state, people=put(state.people, person.id, person))


def left(state: Workshop, fact: Fact, event: e.ParticipantLeft) -> Workshop:
    """Somebody is gone; what they wrote stays."""
    person = changed(state.people[event.participant], left=True)
    return changed(state, people=put(state.people, person.id, person))


def erased(state: Workshop, fact: Fact, event: e.ParticipantErased) -> Workshop:
    """Nobody by that id any more, and none of their words. Hearts and placements stay: they say nothing of anybody.

    Nothing done before can be undone: an undo might bring words back.
    """
    who = event.participant
    return changed(
        state,
        people={key: person for key, person in state.people.items() if key != who},
        groups=tuple(_without_words(group, who) for group in state.groups),
        late={key: text for key, text in state.late.items() if text.author != who},
        last_acts={},
        removals={},
    )


def _without_words(group: Group, who: str) -> Group:
    missions = {key: mission for key, mission in group.missions.items() if mission.author != who}
    return changed(
        group,
        missions=missions,
        lines={key: _line_without_words(line, who, missions) for key, line in group.lines.items()},
    )


def _line_without_words(line: Line, who: str, missions: Mapping[str, Mission]) -> Line:
    theirs = line.free and line.named_by == who
    action = replace(line.action, short=BLANK, label=BLANK) if theirs else line.action
    return changed(
        line,
        action=action,
        mission=line.mission if line.mission in missions else "",
        initiatives={key: idea for key, idea in line.initiatives.items() if idea.author != who},
    )


def undone(state: Workshop, fact: Fact, event: e.LastActUndone) -> Workshop:
    """Somebody took their last act back; an undo is not itself undone."""
    rest = {key: act for key, act in state.last_acts.items() if key != fact.by.id}
    return changed(state, last_acts=rest)


def group_renamed(state: Workshop, fact: Fact, event: e.GroupRenamed) -> Workshop:
    """A table has another name."""
    return with_group(state, event.group, name=event.name)


def said_ready(state: Workshop, fact: Fact, event: e.GroupSaidReady) -> Workshop:
    """A table is done."""
    return with_group(state, event.group, ready=True, ready_by=fact.by.id)


def said_not_ready(state: Workshop, fact: Fact, event: e.GroupSaidNotReady) -> Workshop:
    """A table goes on after all."""
    return with_group(state, event.group, ready=False, ready_by=fact.by.id)
