"""The feed to moderate: every text that reaches others, newest first, a page of it at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from typing import Any

from atelier.doctrines.loading import doctrine_of
from atelier.domain.selectors import Placed, gathered_with
from atelier.domain.state import Group, Initiative, Line, Mission, Participant, Workshop
from atelier.limits import FEED_PAGE, FEED_PEOPLE
from atelier.wording import participant_name, side_name, trade_short

INITIATIVE, MISSION, ACTION, GROUP, PERSON = "initiative", "mission", "action", "group", "person"
KINDS = (INITIATIVE, MISSION, ACTION, GROUP, PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text with where it was written; `at` in Unix ms, 0 for what was there from the beginning.

    `fields`: what its panel « Corriger » is filled with. `together`: how many texts are shown as
    one with it, if several.
    """

    kind: str
    id: str
    group: Group
    where: str
    text: str
    at: int
    fields: dict[str, Any]
    line: str = ""
    hidden: bool = False
    starred: bool = False
    hearts: int = 0
    initiative: Initiative | None = None
    together: int = 0

    @property
    def order(self) -> tuple[int, str]:
        """By this, backwards, the feed is sorted."""
        return self.at, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What of the feed is wanted; `before` continues behind the last entry of the page before."""

    group: int = 0
    action: str = ""
    kind: str = ""
    since: int = 0
    hidden: bool = False
    starred: bool = False
    before: tuple[int, str] | None = None

    def takes(self, entry: Entry) -> bool:
        """Tell whether `entry` is wanted."""
        return (
            self.group in (0, entry.group.number)
            and entry.at > self.since - 1
            and (not self.action or entry.line == f"{entry.group.number}/{self.action}")
            and (not self.kind or entry.kind == self.kind)
            and (entry.hidden or not self.hidden)
            and (entry.starred or not self.starred)
            and (self.before is None or entry.order < self.before)
        )


def feed(state: Workshop, wanted: Filter | None = None) -> list[Entry]:
    """Return the newest entries that are wanted, a page of them; hidden ones included, withdrawn ones not."""
    chosen = wanted or Filter()
    people = _people(state) if chosen.kind == PERSON else nlargest(FEED_PEOPLE, _people(state), key=_order)
    every = chain(people, *(_of_group(state, group) for group in state.groups))
    return nlargest(FEED_PAGE, filter(chosen.takes, every), key=_order)


def of_line(state: Workshop, number: int, action: str) -> list[Entry]:
    """Return a line that its group named, and its initiatives: what a change there makes stale."""
    group = state.group(number)
    line = group.lines.get(action)
    return nlargest(FEED_PAGE, _of_line(state, group, line), key=_order) if line else []


def of_initiative(state: Workshop, number: int, action: str, name: str) -> list[Entry]:
    """Return the entry of one initiative, if it is still there."""
    group = state.group(number)
    line = group.lines.get(action)
    found = line.initiatives.get(name) if line and not line.removed else None
    return [_initiative(state, group, line, found)] if line and found and not found.withdrawn else []


def of_missions(state: Workshop, number: int) -> list[Entry]:
    """Return what a group added to the continuum."""
    return sorted(_missions(state, state.group(number)), key=_order, reverse=True)


def of_name(state: Workshop, number: int) -> list[Entry]:
    """Return the name of a group, if somebody changed it."""
    return list(_names(state, state.group(number)))


def of_people(state: Workshop) -> list[Entry]:
    """Return the names of those who came last."""
    return nlargest(FEED_PEOPLE, _people(state), key=_order)


def feed_size(state: Workshop) -> int:
    """Count every entry, whatever its kind."""
    names = sum(group.name != _prepared_name(state, group) for group in state.groups)
    people = sum(_is_named(person) for person in state.present())
    return names + people + sum(_texts_of(group) for group in state.groups)


def _texts_of(group: Group) -> int:
    """Count without making entries of them: an afternoon may hold ten thousand initiatives."""
    lines = [line for line in group.lines.values() if not line.removed]
    initiatives = sum(not each.withdrawn for line in lines for each in line.initiatives.values())
    return initiatives + sum(line.free for line in lines) + sum(map(_is_added, group.missions.values()))


def _order(entry: Entry) -> tuple[int, str]:
    return entry.order


def _of_group(state: Workshop, group: Group) -> Iterator[Entry]:
    yield from _names(state, group)
    yield from _missions(state, group)
    for line in group.lines.values():
        yield from _of_line(state, group, line)


def _of_line(state: Workshop, group: Group, line: Line) -> Iterable[Entry]:
    if line.removed:
        return
    if line.free:
        yield _action(group, line)
    for initiative in line.initiatives.values():
        if not initiative.withdrawn:
            yield _initiative(state, group, line, initiative)


def _initiative(state: Workshop, group: Group, line: Line, initiative: Initiative) -> Entry:
    together = len(gathered_with(state, Placed(group, line, initiative)))
    return Entry(
        kind=INITIATIVE,
        id=initiative.id,
        group=group,
        where=line.action.short,
        text=initiative.text,
        at=initiative.posted_at,
        fields={
            "group": group.number,
            "initiative": initiative.id,
            "text": initiative.text,
            "action": line.action.id,
        },
        line=f"{group.number}/{line.action.id}",
        hidden=initiative.hidden,
        starred=initiative.highlighted,
        hearts=len(initiative.supporters),
        initiative=initiative,
        together=together if together > 1 else 0,
    )


def _missions(state: Workshop, group: Group) -> Iterator[Entry]:
    for mission in group.missions.values():
        if _is_added(mission):
            yield _mission(state, group, mission)


def _is_added(mission: Mission) -> bool:
    return bool(mission.author) and not mission.withdrawn


def _mission(state: Workshop, group: Group, mission: Mission) -> Entry:
    return Entry(
        kind=MISSION,
        id=mission.id,
        group=group,
        where=f"Mission, {side_name(mission.side, doctrine_of(state.prepared))}",
        text=mission.text,
        at=mission.added_at,
        fields={"group": group.number, "mission": mission.id, "text": mission.text},
        hidden=mission.hidden,
    )


def _action(group: Group, line: Line) -> Entry:
    return Entry(
        kind=ACTION,
        id=f"{group.number}-{line.action.id}",
        group=group,
        where="Autre action",
        text=line.action.label,
        at=line.named_at,
        fields={"group": group.number, "action": line.action.id, "label": line.action.label},
        line=f"{group.number}/{line.action.id}",
        hidden=line.hidden,
    )


def _names(state: Workshop, group: Group) -> Iterator[Entry]:
    if group.name != _prepared_name(state, group):
        yield _group(group)


def _prepared_name(state: Workshop, group: Group) -> str:
    return state.prepared.groups[group.number - 1]


def _group(group: Group) -> Entry:
    return Entry(
        kind=GROUP,
        id=str(group.number),
        group=group,
        where="Nom du groupe",
        text=group.name,
        at=0,
        fields={"group": group.number, "name": group.name},
    )


def _people(state: Workshop) -> Iterator[Entry]:
    for person in state.present():
        if _is_named(person):
            yield _person(state, state.group(person.group), person)


def _is_named(person: Participant) -> bool:
    """Whom an old journal let in without an identity cannot be named in a command."""
    return bool(person.name and person.id)


def _person(state: Workshop, group: Group, person: Participant) -> Entry:
    return Entry(
        kind=PERSON,
        id=person.id,
        group=group,
        where=f"Prénom, {trade_short(person.trade, doctrine_of(state.prepared))}",
        text=participant_name(person, ""),
        at=person.joined_at,
        fields={"participant": person.id, "name": person.name},
    )
