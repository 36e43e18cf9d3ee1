"""One group's sheet as plain data: its lines with their initiatives, its missions, its note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from atelier.domain.doctrine import Doctrine, SheetAction
from atelier.domain.selectors import by_support, lines, members, missions, progress
from atelier.domain.setup import Setup
from atelier.domain.state import Group, Initiative, Line, Mission, Workshop
from atelier.domain.values import Side
from atelier.wording import ASIDE, UNPLACED, arm_words, notes_of, plural, progress_text

INITIATIVE_CHARACTERS_A_LINE = {"a3": 74, "a4": 66}
CARD_CHARACTERS_A_LINE = {"a3": 50, "a4": 39}
INITIATIVE_LINES_IN_A_ROW = {"a3": 12, "a4": 10}
"""Lines of initiatives in a row of the sheet by paper; the rest goes to the following pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What the layout depends on: the doctrine's words and the size of the paper."""

    doctrine: Doctrine
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedInitiative:
    """An initiative as printed: without its author. `supports` is empty when nobody supported it."""

    text: str
    supports: str
    star: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReport:
    """A line of the sheet. `state`: placed, unplaced or aside; no reach where nobody answered.

    `initiatives`: in the row; `more`: on the next pages.
    """

    number: int
    short: str
    label: str
    precision: str
    state: str
    fs: int | None
    cn: int | None
    fs_words: str
    cn_words: str
    free: bool
    wordy: bool
    height: int
    count: str
    initiatives: tuple[PrintedInitiative, ...]
    more: tuple[PrintedInitiative, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionReport:
    """A mission of the continuum; `added` by the group, or printed on the sheet."""

    text: str
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """A group's sheet. `number` is 0 and `name` empty on the blank one."""

    number: int
    name: str
    progress: str
    lines: tuple[LineReport, ...]
    fs_missions: tuple[MissionReport, ...]
    both_missions: tuple[MissionReport, ...]
    cn_missions: tuple[MissionReport, ...]
    notes: tuple[tuple[str, str], ...]


def sheet_of(state: Workshop, group: Group, pages: Pages) -> SheetReport:
    """Return the sheet as the group left it: what is hidden or withdrawn is not in it, nor is anybody's name."""
    return SheetReport(
        number=group.number,
        name=group.name,
        progress=_progress(group, len(members(state, group.number))),
        lines=tuple(_line(line, n, pages) for n, line in enumerate(lines(group), start=1)),
        fs_missions=_missions(missions(group, Side.FRANCE_SERVICES)),
        both_missions=_missions(missions(group, Side.BOTH)),
        cn_missions=_missions(missions(group, Side.CONSEILLER_NUMERIQUE)),
        notes=notes_of(group),
    )


def blank_sheet(setup: Setup, pages: Pages) -> SheetReport:
    """Return the sheet to hand out: the printed actions, the free lines, the printed missions."""
    free = (
        SheetAction(id=f"libre-{n}", short=f"{pages.doctrine.free_line} {n}", label="")
        for n in range(1, setup.free_lines + 1)
    )
    every = [Line(action=action) for action in setup.actions] + [Line(action=a, free=True) for a in free]
    rows = [_line(line, n, pages) for n, line in enumerate(every, start=1)]

    def printed(side: Side) -> tuple[MissionReport, ...]:
        return tuple(
            MissionReport(text=each.text, added=False) for each in setup.missions if each.side is side
        )

    return SheetReport(
        number=0,
        name="",
        progress="",
        lines=tuple(replace(row, height=max(2, row.height)) if row.free else row for row in rows),
        fs_missions=printed(Side.FRANCE_SERVICES),
        both_missions=printed(Side.BOTH),
        cn_missions=printed(Side.CONSEILLER_NUMERIQUE),
        notes=(),
    )


def state_name(line: Line) -> str:
    """Return `placed`, `unplaced` or `aside`: three different looks."""
    if line.placement is not None:
        return "placed"
    return "aside" if line.set_aside else "unplaced"


def arms(line: Line, doctrine: Doctrine) -> tuple[str, str]:
    """Return both reaches in words."""
    if line.placement is None:
        word = ASIDE if line.set_aside else UNPLACED
        return word, word
    return arm_words(line.placement, "fs", doctrine), arm_words(line.placement, "cn", doctrine)


def _line(line: Line, number: int, pages: Pages) -> LineReport:
    initiatives = [_printed(initiative) for initiative in by_support(line)]
    fits = _fitting(initiatives, pages.paper)
    fs_words, cn_words = arms(line, pages.doctrine)
    action = line.action
    return LineReport(
        number=number,
        short=action.told,
        label="" if action.label == action.told else action.label,
        precision=action.precision,
        state=state_name(line),
        fs=line.placement.fs if line.placement else None,
        cn=line.placement.cn if line.placement else None,
        fs_words=fs_words,
        cn_words=cn_words,
        free=line.free,
        wordy=line.free or action.told != action.short,
        height=_height(action, line.free, pages.paper),
        count=plural(len(initiatives), "initiative"),
        initiatives=tuple(initiatives[:fits]),
        more=tuple(initiatives[fits:]),
        examples=action.examples,
    )


def _height(action: SheetAction, free: bool, paper: str) -> int:
    # How many lines of small print the card carries, so that its arms are as tall as the card.
    words = (
        action.short if free else f"{action.label} ({action.precision})" if action.precision else action.label
    )
    return min(4, max(1, -(-len(words) // CARD_CHARACTERS_A_LINE[paper])))


def _printed(initiative: Initiative) -> PrintedInitiative:
    supports = len(initiative.supporters)
    return PrintedInitiative(
        text=initiative.text,
        supports=plural(supports, "soutien") if supports else "",
        star=initiative.highlighted,
    )


def _fitting(initiatives: Sequence[PrintedInitiative], paper: str) -> int:
    room = INITIATIVE_LINES_IN_A_ROW[paper]
    for n, initiative in enumerate(initiatives):
        room -= 1 + (len(initiative.text) + 14) // INITIATIVE_CHARACTERS_A_LINE[paper]
        if room < 0:
            return n
    return len(initiatives)


def _missions(found: Sequence[Mission]) -> tuple[MissionReport, ...]:
    return tuple(MissionReport(text=mission.text, added=bool(mission.author)) for mission in found)


def _progress(group: Group, people: int) -> str:
    done = progress(group)
    parts = [progress_text(done), plural(done.initiatives, "initiative")]
    return " · ".join([*parts, plural(people, "personne")] if people else parts)
