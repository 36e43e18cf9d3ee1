"""Questions put to the state that several surfaces ask: progress, order, what is visible."""

from collections import Counter
from dataclasses import dataclass

from atelier.domain import limits
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


def visible_initiatives(line: Line) -> list[Initiative]:
    """What rooms and documents show, in order of posting."""
    return [initiative for initiative in line.initiatives.values() if initiative.visible]


def by_support(line: Line) -> list[Initiative]:
    """The same, most supported first; ties in order of posting."""
    return sorted(visible_initiatives(line), key=lambda initiative: -len(initiative.supporters))


def across(state: Workshop, action: str) -> list[tuple[Group, Initiative]]:
    """The visible initiatives of a common action in all groups, most supported first; ties in the order of posting."""
    found = [
        (group, initiative)
        for group in state.groups
        for initiative in visible_initiatives(group.lines[action])
    ]
    return sorted(found, key=lambda each: (-len(each[1].supporters), each[1].posted_at))


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


def highlighted(state: Workshop) -> list[tuple[Group, Line, Initiative]]:
    """What the wall's footer shows: highlighted initiatives, or the newest when all are let through."""
    found = [
        (group, line, initiative)
        for group in state.groups
        for line in lines(group)
        for initiative in visible_initiatives(line)
        if initiative.highlighted or state.footer_open
    ]
    return sorted(found, key=lambda entry: entry[2].posted_at, reverse=True)
