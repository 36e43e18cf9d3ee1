"""Initiatives that say the same, brought together by hand: shown as one, each text kept, and taken apart again."""

from atelier.domain import limits, lookup, tally
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import with_initiative
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind, Region
from atelier.domain.registry import command, decides, event, evolves, inverts, looks_at
from atelier.domain.rules import SUPPORTING, everyone
from atelier.domain.selectors import Placed, found_initiative, gathered_with
from atelier.domain.state import Workshop
from atelier.domain.text import clean_optional

# --- commands


@command(everyone(SUPPORTING))
class GatherInitiatives(Command):
    """Bring two initiatives of one action together, with all that each is together with: of one’s own group (`group`),
    facilitators of all groups (0). Not while a vote is open."""

    group: int
    initiative: str
    other: str


@command(everyone(SUPPORTING))
class SeparateInitiative(Command):
    """Take an initiative out of those that it was brought together with."""

    group: int
    initiative: str


@command(everyone(SUPPORTING))
class NameGathering(Command):
    """Head the initiatives that this one is together with (140 characters); empty takes the heading away."""

    group: int
    initiative: str
    text: str = ""


# --- events


def _of_the_action(happened: "InitiativesGathered | GatheringNamed") -> Region:
    return Region(Kind.GATHERINGS, 0, happened.action)


@event(
    "initiatives.gathered",
    stale=(_of_the_action,),
    story="{action} : les regroupements d’initiatives changent",
    allowed_by=GatherInitiatives,
)
class InitiativesGathered(Event):
    """Each of `initiatives` belongs to the gathering of the same place in `gatherings`, "" being none."""

    action: str
    initiatives: tuple[str, ...]
    gatherings: tuple[str, ...]
    group: int = 0


@event("gathering.named", stale=(_of_the_action,), story="{action}, un regroupement : « {text} »")
class GatheringNamed(Event):
    """What is together there has another heading."""

    action: str
    gathering: str
    text: str


# --- deciding


@decides
def gather_initiatives(state: Workshop, act: Act, command: GatherInitiatives) -> tuple[Event, ...]:
    """Nothing changes where they are together already."""
    one, other = _placed(state, command.initiative), _placed(state, command.other)
    if one.scope != other.scope:
        raise Refused(Code.OTHER_ACTION)
    if one.initiative.id == other.initiative.id or _together(one, other):
        return ()
    members = [*gathered_with(state, other), *gathered_with(state, one)]
    _check(state, command.group, members)
    key = other.initiative.gathered or one.initiative.gathered or act.fresh_id
    return (_gathered(command.group, members, key),)


@decides
def separate_initiative(state: Workshop, act: Act, command: SeparateInitiative) -> tuple[Event, ...]:
    """Two that part are both alone. Nothing changes where it is alone already."""
    one = _placed(state, command.initiative)
    if not one.initiative.gathered:
        return ()
    members = gathered_with(state, one)
    _check(state, command.group, members)
    leaving = members if len(members) == _PAIR else [one]
    return (_gathered(command.group, leaving, ""),)


@decides
def name_gathering(state: Workshop, act: Act, command: NameGathering) -> tuple[Event, ...]:
    """Nothing changes where it says the same."""
    one = _placed(state, command.initiative)
    if not one.initiative.gathered:
        raise Refused(Code.NOT_GATHERED)
    _check(state, command.group, gathered_with(state, one))
    text = clean_optional(command.text, limits.LABEL_CHARACTERS)
    if one.initiative.heading == text:
        return ()
    return (GatheringNamed(action=one.initiative.action, gathering=one.initiative.gathered, text=text),)


_PAIR = 2


def _placed(state: Workshop, wanted: str) -> Placed:
    found = found_initiative(state, wanted)
    if found is None or found.initiative.withdrawn or found.line.removed:
        raise Refused(Code.UNKNOWN_INITIATIVE)
    return found


def _together(one: Placed, other: Placed) -> bool:
    return bool(one.initiative.gathered) and one.initiative.gathered == other.initiative.gathered


def _check(state: Workshop, group: int, members: list[Placed]) -> None:
    """A table rearranges its own texts only; and what is being voted for stays as it is."""
    if group:
        lookup.group(state, group)
        if any(each.group.number != group for each in members):
            raise Refused(Code.OTHER_GROUP)
    if tally.is_open(state):
        raise Refused(Code.VOTE_OPEN)


def _gathered(group: int, members: list[Placed], key: str) -> InitiativesGathered:
    return InitiativesGathered(
        action=members[0].initiative.action,
        initiatives=tuple(each.initiative.id for each in members),
        gatherings=(key,) * len(members),
        group=group,
    )


# --- evolving


@evolves
def initiatives_gathered(state: Workshop, fact: Fact, event: InitiativesGathered) -> Workshop:
    """Who comes together has the heading of those who were there."""
    headings = {
        each.initiative.gathered: each.initiative
        for each in (found_initiative(state, name) for name in event.initiatives)
        if each and each.initiative.gathered
    }
    for name, key in zip(event.initiatives, event.gatherings, strict=True):
        found = found_initiative(state, name)
        if found is None:
            continue
        heading = headings.get(key)
        said = {"heading": heading.heading, "headed_by": heading.headed_by} if heading else {}
        state = _changed(state, found, gathered=key, **said)
    return state


@evolves
def gathering_named(state: Workshop, fact: Fact, event: GatheringNamed) -> Workshop:
    """The same for each of them."""
    for group in state.groups:
        line = group.lines.get(event.action)
        members = (
            [each for each in line.initiatives.values() if each.gathered == event.gathering] if line else []
        )
        for each in members:
            state = with_initiative(
                state, group.number, event.action, each.id, heading=event.text, headed_by=fact.by.id
            )
    return state


def _changed(state: Workshop, found: Placed, **changes: str) -> Workshop:
    one = found.initiative
    return with_initiative(state, found.group.number, one.action, one.id, **changes)


# --- undoing


@inverts
def _as_they_were(before: Workshop, event: InitiativesGathered) -> InitiativesGathered:
    found = [found_initiative(before, name) for name in event.initiatives]
    return InitiativesGathered(
        action=event.action,
        initiatives=event.initiatives,
        gatherings=tuple(each.initiative.gathered if each else "" for each in found),
        group=event.group,
    )


@looks_at
def _how_they_are(state: Workshop, event: InitiativesGathered) -> object:
    found = [found_initiative(state, name) for name in event.initiatives]
    return tuple(each and (each.initiative.gathered, each.initiative.heading) for each in found)
