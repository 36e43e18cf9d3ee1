"""One group's sheet as plain data: its lines with their initiatives, its missions, its note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atelier.domain.doctrine import Doctrine, SheetAction
from atelier.domain.selectors import by_support, lines, members, missions, progress, visible_initiatives
from atelier.domain.state import Group, Initiative, Line, Mission, Workshop
from atelier.domain.tally import dots_by_initiative
from atelier.domain.values import NoteKind, Side
from atelier.movement import Ghost, ghosts_of
from atelier.wording import (
    ASIDE,
    THREE_NOTES,
    UNPLACED,
    arm_words,
    note_name,
    plural,
    progress_text,
    spread_text,
)

CARD_CHARACTERS_A_LINE = {"a3": 54, "a4": 50}
LETTERS_ON_A_WIDE_CARD = {"a3": 68, "a4": 65}
"""On a sheet that stands on one page."""
LINES_IN_FULL = 10
"""Lines of a sheet whose cards have their label below their short words; with more, label and words are one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What the layout depends on: the doctrine's words and the size of the paper."""

    doctrine: Doctrine
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedInitiative:
    """An initiative as printed: without its author. `supports` is empty when nobody supported it, `dots` when none
    were placed on it or nobody is to know yet."""

    text: str
    supports: str
    dots: str
    star: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReport:
    """A line of the sheet. `state`: placed, unplaced or aside; no reach where nobody answered.

    `then_fs`, `then_cn`: where the room’s word was the last time.
    `height`: lines of its small print; `low`: the same on a sheet that stands on one page.
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
    low: int
    count: str
    initiatives: tuple[PrintedInitiative, ...]
    examples: tuple[str, ...]
    then_fs: int | None
    then_cn: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionReport:
    """A mission of the continuum; `added` by the group, or printed on the sheet."""

    text: str
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """A group's sheet. `signs`: what ★ and ♥ mean, where they are.

    `answered`: by number and short words, what people had answered before the group talked, without names.
    `then`: the same of what the room said the last time.
    `dense`: labels follow the short words, for the bars to fit a page.
    """

    number: int
    name: str
    progress: str
    dense: bool
    lines: tuple[LineReport, ...]
    fs_missions: tuple[MissionReport, ...]
    both_missions: tuple[MissionReport, ...]
    cn_missions: tuple[MissionReport, ...]
    answered: tuple[tuple[int, str, str], ...]
    then: tuple[tuple[int, str, str], ...]
    notes: tuple[tuple[str, str], ...]
    signs: str


def sheet_of(state: Workshop, group: Group, pages: Pages) -> SheetReport:
    """Return the sheet as the group left it: what is hidden or withdrawn is not in it, nor is anybody's name."""
    every, dots = lines(group), dots_by_initiative(state)
    ghosts = ghosts_of(state, pages.doctrine)
    dense = len(every) > LINES_IN_FULL
    return SheetReport(
        number=group.number,
        name=group.name,
        progress=_progress(group, len(members(state, group.number))),
        dense=dense,
        lines=tuple(
            _line(line, n, pages, dense, dots, ghosts.get(line.action.id))
            for n, line in enumerate(every, start=1)
        ),
        fs_missions=_missions(missions(group, Side.FRANCE_SERVICES)),
        both_missions=_missions(missions(group, Side.BOTH)),
        cn_missions=_missions(missions(group, Side.CONSEILLER_NUMERIQUE)),
        answered=_answered(every, pages.doctrine),
        then=_then(every, ghosts),
        notes=_notes(group),
        signs=_signs(group),
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


def _line(
    line: Line, number: int, pages: Pages, dense: bool, dots: Mapping[str, int], then: Ghost | None
) -> LineReport:
    initiatives = [_printed(initiative, dots.get(initiative.id, 0)) for initiative in by_support(line)]
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
        height=_height(action, line.free, pages.paper, dense),
        low=_lines_of(
            f"{action.told} {_small_print(action, line.free)}", LETTERS_ON_A_WIDE_CARD[pages.paper]
        ),
        count=plural(len(initiatives), "initiative"),
        initiatives=tuple(initiatives),
        examples=action.examples,
        then_fs=then.fs if then else None,
        then_cn=then.cn if then else None,
    )


def _height(action: SheetAction, free: bool, paper: str, dense: bool) -> int:
    words = _small_print(action, free)
    return _lines_of(f"{action.told} {words}" if dense and not free else words, CARD_CHARACTERS_A_LINE[paper])


def _lines_of(words: str, characters: int) -> int:
    # How many lines of small print the card carries, so that its arms are as tall as the card.
    return min(4, max(1, -(-len(words) // characters)))


def _small_print(action: SheetAction, free: bool) -> str:
    if free:
        return action.short
    return f"{action.label} ({action.precision})" if action.precision else action.label


def _printed(initiative: Initiative, dots: int) -> PrintedInitiative:
    supports = len(initiative.supporters)
    return PrintedInitiative(
        text=initiative.text,
        supports=plural(supports, "soutien") if supports else "",
        dots=plural(dots, "gommette") if dots else "",
        star=initiative.highlighted,
    )


def _missions(found: Sequence[Mission]) -> tuple[MissionReport, ...]:
    return tuple(MissionReport(text=mission.text, added=bool(mission.author)) for mission in found)


def _answered(every: Sequence[Line], doctrine: Doctrine) -> tuple[tuple[int, str, str], ...]:
    told = ((n, line.action.told, spread_text(line, doctrine)) for n, line in enumerate(every, start=1))
    return tuple(each for each in told if each[2])


def _then(every: Sequence[Line], ghosts: Mapping[str, Ghost]) -> tuple[tuple[int, str, str], ...]:
    told = ((n, line.action.told, ghosts.get(line.action.id)) for n, line in enumerate(every, start=1))
    return tuple((n, short, ghost.said) for n, short, ghost in told if ghost)


def _notes(group: Group) -> tuple[tuple[str, str], ...]:
    # Boxes for the three, once one of them says something, and for the note of before there were three.
    three = [(note_name(kind), group.noted(kind)) for kind in THREE_NOTES]
    before = [(note_name(NoteKind.NOTE), group.note)]
    return tuple(box for found in (three, before) if any(text for _, text in found) for box in found)


def _signs(group: Group) -> str:
    found = [initiative for line in lines(group) for initiative in visible_initiatives(line)]
    star = "★ mise en avant pendant l’atelier" if any(each.highlighted for each in found) else ""
    heart = "♥ soutiens des participant·es" if any(each.supporters for each in found) else ""
    return " · ".join(filter(None, (star, heart)))


def _progress(group: Group, people: int) -> str:
    done = progress(group)
    parts = [progress_text(done), plural(done.initiatives, "initiative")]
    return " · ".join([*parts, plural(people, "personne")] if people else parts)
