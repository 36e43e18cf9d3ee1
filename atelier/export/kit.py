"""What is printed before a workshop, as plain data: sheets to fill by hand, table signs, poster, script, notice."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from atelier.domain.doctrine import Doctrine
from atelier.domain.retention import erased_on
from atelier.domain.selectors import missions, paper_lines
from atelier.domain.state import Group, Workshop, blank_group
from atelier.domain.values import Side
from atelier.export.report import Frame
from atelier.publisher import Publisher
from atelier.wording import ASIDE, THREE_NOTES, date_text, note_name

SHEETS, MISSIONS, SIGNS, POSTER, NOTICE = "vierge", "missions", "panneaux", "affiche", "notice"
EXAMPLES_ROOM = 420
"""What the head of a sheet has room for; with more, it has no examples."""
SIGN_SIZES = ((10, "large"), (26, "middle"))
"""How many characters of a name a table sign writes how large; longer ones are `small`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How people come in. `url`: what QR codes hold, "" when no phone could follow it; `spoken`: host and port."""

    url: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankLine:
    """A line to fill; of one that has no words yet, `label` says which it is."""

    number: int
    label: str
    precision: str
    empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPages:
    """What is printed for a group. `number` is 0 where a workshop has none: its name is left to write.

    `url`: joins that group; `size`: of its name on a sign. `missions`: by side, FS, both, Conum.
    """

    number: int
    name: str
    url: str
    size: str
    lines: tuple[BlankLine, ...]
    missions: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A document of the kit, by its name; `paper`: a3 or a4."""

    document: str
    paper: str
    frame: Frame
    entry: Entry
    groups: tuple[GroupPages, ...]
    examples: tuple[tuple[int, str], ...]
    aside: str
    notes: tuple[str, ...]
    publisher: Publisher
    erased: str
    format: str = "kit"

    def as_json(self) -> dict[str, Any]:
        """Return the document as what `json.dumps` takes."""
        return asdict(self)


def kit_of(
    document: str,
    paper: str,
    state: Workshop,
    doctrine: Doctrine,
    frame: Frame,
    entry: Entry,
    publisher: Publisher,
    group: int = 0,
) -> Kit:
    """Return a document of the kit, of one group or of all (0)."""
    groups = [
        _group_pages(state, each, doctrine, entry) for each in _groups(state) if group in (0, each.number)
    ]
    return Kit(
        document=document,
        paper=paper,
        frame=frame,
        entry=entry,
        groups=tuple(groups),
        examples=_examples(state),
        aside=ASIDE,
        notes=tuple(note_name(kind) for kind in THREE_NOTES),
        publisher=publisher,
        erased=date_text(erased_on(state.prepared).isoformat()),
    )


def _groups(state: Workshop) -> tuple[Group, ...]:
    return state.groups or (replace(blank_group(state.prepared, 1), number=0, name=""),)


def _group_pages(state: Workshop, group: Group, doctrine: Doctrine, entry: Entry) -> GroupPages:
    sizes = (size for characters, size in SIGN_SIZES if len(group.name) <= characters)
    return GroupPages(
        number=group.number,
        name=group.name,
        url=f"{entry.url}/{group.number}" if entry.url and group.number else entry.url,
        size=next(sizes, "small"),
        lines=_lines(state, group, doctrine),
        missions=tuple(tuple(each.text for each in missions(group, side)) for side in Side),
    )


def _lines(state: Workshop, group: Group, doctrine: Doctrine) -> tuple[BlankLine, ...]:
    common = len(state.prepared.actions)
    return tuple(
        BlankLine(
            number=n,
            label=line.action.label or f"{doctrine.free_line} {n - common}",
            precision=line.action.precision,
            empty=not line.action.label,
        )
        for n, line in enumerate(paper_lines(state, group), start=1)
    )


def _examples(state: Workshop) -> tuple[tuple[int, str], ...]:
    found = [(n, each.examples[0]) for n, each in enumerate(state.prepared.actions, start=1) if each.examples]
    return tuple(found) if sum(len(text) + 5 for _, text in found) <= EXAMPLES_ROOM else ()
