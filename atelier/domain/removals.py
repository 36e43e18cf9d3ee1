"""What facilitators remove by hand and may put back for a minute: the name of each, and what would put it back.

Nothing here keeps words from an erasure: texts stay in the state, withdrawn, and an erasure forgets all removals.
"""

from collections.abc import Callable
from typing import Any

from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Fact
from atelier.domain.remedies import target
from atelier.domain.state import Removal, Workshop


def named(event: e.Event) -> str | None:
    """Return the name of the removal that `event` makes or takes back, None where it is neither."""
    name = _NAMES.get(type(event))
    return name(event) if name else None


def remembered(before: Workshop, after: Workshop, fact: Fact) -> dict[str, Removal] | None:
    """Return the removals to remember after `fact`, None when they are those of before."""
    name = named(fact.event)
    if name is None:
        return None
    if type(fact.event) in _BACK:
        rest = {key: each for key, each in after.removals.items() if key != name}
        return rest if len(rest) < len(after.removals) else None
    removal = _removal(before, after, fact, name) if fact.by.facilitates else None
    if removal is None:
        return None
    recent = [
        (key, each)
        for key, each in after.removals.items()
        if key != name and fact.at - each.at <= limits.REMOVAL_UNDO_MS
    ]
    return {**dict(recent[1 - limits.REMOVALS_REMEMBERED :]), name: removal}


def standing(state: Workshop, remedy: e.Event) -> object:
    """Return how what `remedy` would put back stands in `state`, comparable by equality."""
    match remedy:
        case e.DecisionRestored():
            return remedy.decision in state.decisions
        case e.ParticipantReturned():
            person = state.people.get(remedy.participant)
            return person and person.left
        case e.PeopleReturned():
            return None
        case e.AnnouncementMade():
            return state.announcement
    return target(state, remedy)


def _removal(before: Workshop, after: Workshop, fact: Fact, name: str) -> Removal | None:
    event: Any = fact.event
    remedies = _REMEDIES[type(event)](before, event)
    if not remedies:
        return None
    kept: dict[str, Any] = {}
    if isinstance(event, e.DecisionWithdrawn):
        kept = {
            "decision": before.decisions[event.decision],
            "place": list(before.decisions).index(event.decision),
        }
    if isinstance(event, e.PeopleRemoved):
        kept = {"people": {each: before.people[each] for each in event.participants if each in before.people}}
    return Removal(id=name, at=fact.at, remedies=remedies, left_as=standing(after, remedies[0]), **kept)


def _initiative(before: Workshop, event: Any) -> tuple[e.Event, ...]:
    place = {"group": event.group, "action": event.action, "initiative": event.initiative}
    back = e.InitiativeRestored(**place)
    starred = before.group(event.group).lines[event.action].initiatives[event.initiative].highlighted
    return (back, e.InitiativeHighlighted(**place)) if starred else (back,)


def _announcement(before: Workshop, event: Any) -> tuple[e.Event, ...]:
    return (e.AnnouncementMade(text=before.announcement),) if before.announcement else ()


_REMEDIES: dict[type[e.Event], Callable[[Workshop, Any], tuple[e.Event, ...]]] = {
    e.InitiativeWithdrawn: _initiative,
    e.MissionWithdrawn: lambda _, event: (e.MissionRestored(group=event.group, mission=event.mission),),
    e.ActionRemoved: lambda _, event: (e.ActionRestored(group=event.group, action=event.action),),
    e.DecisionWithdrawn: lambda _, event: (e.DecisionRestored(decision=event.decision),),
    e.ParticipantLeft: lambda _, event: (e.ParticipantReturned(participant=event.participant),),
    e.PeopleRemoved: lambda _, event: (e.PeopleReturned(removal=event.removal),),
    e.AnnouncementCleared: _announcement,
}
_BACK = (
    e.InitiativeRestored, e.MissionRestored, e.ActionRestored, e.DecisionRestored, e.ParticipantReturned,
    e.PeopleReturned, e.AnnouncementMade, e.ParticipantJoined,
)  # fmt: skip
"""What takes a removal back, or makes it pointless."""


def _of_a_line(event: Any) -> str:
    return f"line-{event.group}-{event.action}"


_NAMES: dict[type[e.Event], Callable[[Any], str]] = {
    **dict.fromkeys(
        (e.InitiativeWithdrawn, e.InitiativeRestored), lambda event: f"initiative-{event.initiative}"
    ),
    **dict.fromkeys((e.MissionWithdrawn, e.MissionRestored), lambda event: f"mission-{event.mission}"),
    **dict.fromkeys((e.ActionRemoved, e.ActionRestored), _of_a_line),
    **dict.fromkeys((e.DecisionWithdrawn, e.DecisionRestored), lambda event: f"decision-{event.decision}"),
    **dict.fromkeys(
        (e.ParticipantLeft, e.ParticipantReturned, e.ParticipantJoined),
        lambda event: f"person-{event.participant}",
    ),
    **dict.fromkeys((e.PeopleRemoved, e.PeopleReturned), lambda event: f"people-{event.removal}"),
    **dict.fromkeys((e.AnnouncementCleared, e.AnnouncementMade), lambda event: "announcement"),
}
