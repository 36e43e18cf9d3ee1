"""Questions put to the state that several surfaces ask: progress, order, what is visible."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from atelier.domain import limits
from atelier.domain.doctrine import SheetAction
from atelier.domain.parts import changed
from atelier.domain.state import Group, Initiative, Key, Line, Mission, Participant, Workshop
from atelier.domain.values import Holder, Side, Trade


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a group is with the common actions, its visible initiatives and filled free lines.

    `complete`: answered for both trades, `half`: for one, `aside`: « sans objet », `of`: all.
    """

    complete: int
    half: int
    aside: int
    of: int
    initiatives: int
    free_lines: int

    @property
    def done(self) -> int:
        """How many need nothing more."""
        return self.complete + self.aside


def photo_ids(state: Workshop) -> set[str]:
    """Return the ids of the photos of all groups."""
    return {photo for group in state.groups for photo in group.photos}


def links_left(state: Workshop) -> int:
    """How many more secret links may be made; revoked ones do not count."""
    return limits.KEYS - sum(not key.revoked for key in state.keys.values())


def results_keys(state: Workshop) -> list[Key]:
    """The links to the page of results that work: without any, nobody but the desk reads it."""
    return [key for key in state.keys.values() if key.holder is Holder.RESULTS and not key.revoked]


def lines(group: Group) -> list[Line]:
    """The lines of a sheet in order, free ones last, emptied and hidden ones left out."""
    return [line for line in group.lines.values() if not line.gone]


def common_lines(group: Group) -> list[Line]:
    """The lines that every group has."""
    return [line for line in lines(group) if not line.free]


def free_lines(group: Group) -> list[Line]:
    """The lines that this group filled itself."""
    return [line for line in lines(group) if line.free]


def paper_lines(state: Workshop, group: Group) -> list[Line]:
    """The lines in the order of a paper sheet: the common ones, those the group filled itself, then the empty ones."""
    taken = sum(line.free and not line.removed for line in group.lines.values())
    return [*common_lines(group), *free_lines(group), *[empty_line()] * (state.prepared.free_lines - taken)]


def empty_line(action: str = "") -> Line:
    """Return a free line that nobody filled; `action`: the id of its place."""
    return Line(action=SheetAction(id=action, short="", label=""), free=True, removed=True)


def visible_initiatives(line: Line) -> list[Initiative]:
    """What rooms and documents show, in order of posting."""
    return [initiative for initiative in line.initiatives.values() if initiative.visible]


def each_by_support(line: Line) -> list[Initiative]:
    """The same one by one, most supported first; ties in order of posting."""
    return sorted(visible_initiatives(line), key=_less_supported)


def by_support(line: Line) -> list[Initiative]:
    """The same, those that were brought together as one, most supported first; ties in order of posting."""
    return sorted(united(visible_initiatives(line)), key=_less_supported)


def united(initiatives: Iterable[Initiative]) -> list[Initiative]:
    """Return what was brought together as one: all its texts under its heading, whoever supports any of them."""
    return [_as_one(found) for found in _sets(initiatives)]


def together(line: Line) -> list[list[Initiative]]:
    """Return the visible initiatives of a line, those that were brought together side by side, others each alone."""
    return _sets(visible_initiatives(line))


def _sets(initiatives: Iterable[Initiative]) -> list[list[Initiative]]:
    sets: dict[str, list[Initiative]] = {}
    for each in initiatives:
        sets.setdefault(each.gathered or each.id, []).append(each)
    return list(sets.values())


def _as_one(found: list[Initiative]) -> Initiative:
    first = found[0]
    if len(found) == 1:
        return first
    texts = " · ".join(f"«\u00a0{each.text}\u00a0»" for each in found)
    return changed(
        first,
        text=f"{first.heading}\u00a0: {texts}" if first.heading else texts,
        supporters=frozenset().union(*(each.supporters for each in found)),
        highlighted=any(each.highlighted for each in found),
    )


def _less_supported(initiative: Initiative) -> int:
    return -len(initiative.supporters)


class Placed(NamedTuple):
    """An initiative, where it stands."""

    group: Group
    line: Line
    initiative: Initiative

    @property
    def scope(self) -> tuple[int, str]:
        """What can be brought together: under one action of all groups, or of the group that added it."""
        return (self.group.number if self.line.free else 0, self.line.action.id)


def placed(groups: Iterable[Group]) -> Iterator[Placed]:
    """Yield the visible initiatives of some groups, in the order of groups, of their sheets and of posting."""
    for group in groups:
        for line in lines(group):
            for each in visible_initiatives(line):
                yield Placed(group, line, each)


def found_initiative(state: Workshop, wanted: str) -> Placed | None:
    """Return the initiative of that id wherever it is, hidden or withdrawn too."""
    places = ((group, line) for group in state.groups for line in group.lines.values())
    found = (
        Placed(*place, place[1].initiatives[wanted]) for place in places if wanted in place[1].initiatives
    )
    return next(found, None)


def gathered_with(state: Workshop, one: Placed) -> list[Placed]:
    """Return what an initiative is together with, itself included, in the order of groups and posting."""
    key = one.initiative.gathered
    if not key:
        return [one]
    lines = ((group, group.lines.get(one.line.action.id)) for group in state.groups)
    return [
        Placed(group, line, each)
        for group, line in lines
        if line is not None
        for each in line.initiatives.values()
        if each.gathered == key and not each.withdrawn
    ]


def across(state: Workshop, action: str) -> list[tuple[Group, Initiative]]:
    """The visible initiatives of a common action in all groups, most supported first; ties in the order of posting.

    Those brought together are one, with the first group that wrote it.
    """
    written = [(group, each) for group in state.groups for each in visible_initiatives(group.lines[action])]
    groups = {each.id: group for group, each in written}
    found = sorted(
        united(each for _, each in written), key=lambda each: (-len(each.supporters), each.posted_at)
    )
    return [(groups[each.id], each) for each in found]


def progress(group: Group) -> Progress:
    """How far a group has come with the common actions; its initiatives are those of every line."""
    common = common_lines(group)
    placed = [line.placement for line in common if line.placement]
    complete = sum(placement.complete for placement in placed)
    return Progress(
        complete=complete,
        half=len(placed) - complete,
        aside=sum(line.set_aside for line in common),
        of=len(common),
        initiatives=sum(len(visible_initiatives(line)) for line in lines(group)),
        free_lines=len(free_lines(group)),
    )


def pen_holder(state: Workshop, group: Group) -> Participant | None:
    """Who places for a table, where one phone a table does; None when nobody took the pen, or took it elsewhere."""
    person = state.people.get(group.pen) if state.one_pen else None
    return person if person and not person.left and person.group == group.number else None


def rapporteur(state: Workshop, group: Group) -> Participant | None:
    """Who may write the notes of a table from a phone; None when the desk named nobody, or they left the table."""
    person = state.people.get(group.rapporteur)
    return person if person and not person.left and person.group == group.number else None


def missions(group: Group, side: Side) -> list[Mission]:
    """The missions on one part of the continuum."""
    return [mission for mission in group.missions.values() if mission.side is side and mission.visible]


def shared_missions(state: Workshop, side: Side) -> list[tuple[str, list[Group]]]:
    """The missions of all groups on one part of the continuum, each once, with the groups that have it."""
    found: dict[str, tuple[str, list[Group]]] = {}
    for group in state.groups:
        for mission in missions(group, side):
            _, groups = found.setdefault(_same_words(mission.text), (mission.text, []))
            if group not in groups:
                groups.append(group)
    return list(found.values())


def _same_words(text: str) -> str:
    # Capitals, spaces and the stop at the end make no other mission of it.
    return " ".join(text.casefold().split()).rstrip(" .;")


def idle(state: Workshop) -> list[Participant]:
    """Who came in and did nothing yet; those who left again too."""
    return [person for person in state.people.values() if not person.acted]


def members(state: Workshop, number: int) -> list[Participant]:
    """Who sits at that table."""
    return [person for person in state.present() if person.group == number]


def trades(state: Workshop, number: int = 0) -> Counter[Trade]:
    """People by trade, at one table or (0) in the whole room."""
    return Counter(person.trade for person in state.present() if number in (0, person.group))


def trades_by_group(state: Workshop) -> list[Counter[Trade]]:
    """People by trade, table by table; looks at everybody once, however many tables there are."""
    counts = [Counter[Trade]() for _ in state.groups]
    for person in state.present():
        counts[person.group - 1][person.trade] += 1
    return counts


def suggested_group(counts: list[Counter[Trade]], trade: Trade) -> int:
    """The table that most lacks `trade`, then the smallest, then the first; `counts`: those of `trades_by_group`."""

    def need(number: int) -> tuple[int, int, int]:
        there = counts[number - 1]
        return there[trade], there.total(), number

    return min(range(1, len(counts) + 1), key=need)


def starting_line(state: Workshop, number: int) -> int:
    """Where group `number` begins on the sheet (index from 0): spread out, since last lines get missed."""
    return (number - 1) * len(state.prepared.actions) // max(1, len(state.groups))


def highlighted(state: Workshop) -> list[Placed]:
    """What the wall's footer shows: highlighted initiatives, or the newest when all are let through."""
    found = (each for each in placed(state.groups) if each.initiative.highlighted or state.footer_open)
    return sorted(found, key=lambda each: each.initiative.posted_at, reverse=True)
