"""Workshops at the edges of what documents meet; every text has a mark of its own, every secret the same word."""

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from atelier.domain.doctrine import SheetAction
from atelier.domain.state import Decision, Group, Line, Mission, NextMeeting, Note, Workshop, blank_group
from atelier.domain.values import NoteKind, Placement, Side
from tests.support import printed_rooms as rooms
from tests.support.printed import squeezed
from tests.support.sequels import FOLLOWED

SECRET = "SECRETZ"
"""In what is hidden, withdrawn, removed, and in first names: in no document."""
MARK = re.compile(r"i\d{5}z")
WHOLE = ("compte-rendu", "compte-rendu-odt", "markdown", "page", "ensemble")
"""Documents that hold every text of everybody, each once."""
TABLES = ("tableaux", "csv", "donnees")
"""And those that hold it at least once: a decision is in two tables."""
SCRIPTS = (
    "une idée simple", "👩🏽‍💻 🏳️‍🌈 1️⃣", "مرحبا بكم في الورشة", "שָׁלוֹם לכולם", "中文 한국어 ไทย", "e\u0301 décomposé",
    "Anticonstitutionnellement" * 8, "<b>gras</b> & <script>alert(1)</script>", '=HYPERLINK("http://x";"y")',
    "| a | *b* _c_ `d` # e",
    "-1 +2 @x", "texte long " * 22,
)  # fmt: skip


def marked(state: Workshop, per_line: int = 2) -> tuple[Workshop, list[str]]:
    """Give every line initiatives, each group missions and notes, all marked; return the marks too."""
    number = itertools.count(1)
    marks: list[str] = []

    def text(said: str) -> str:
        marks.append(f"i{next(number):05}z")
        return f"{marks[-1]} {said}"[:280].rstrip()

    for group in state.groups:
        lines = {}
        for line in group.lines.values():
            written = [
                rooms.initiative(
                    10 * len(marks) + k, line.action.id, text(SCRIPTS[(len(marks) + k) % len(SCRIPTS)]), k % 3
                )
                for k in range(per_line)
            ]
            hidden = [
                rooms.initiative(7_000_000 + len(marks), line.action.id, SECRET, hidden=True),
                rooms.initiative(8_000_000 + len(marks), line.action.id, SECRET, withdrawn=True),
            ]
            lines[line.action.id] = rooms.with_initiatives(line, [*written, *hidden])
        state = rooms.with_group(state, replace(_with_secrets(group, text), lines=lines | _gone(group)))
    people = {key: replace(person, name=SECRET) for key, person in state.people.items()}
    decisions = {
        f"d{n}": Decision(
            id=f"d{n}", what=text("Décider ensemble"), who="Les deux réseaux", due_on="2026-09-30"
        )
        for n in range(3)
    }
    meeting = NextMeeting(on="2026-10-12", about="14 h")
    return replace(state, people=people, decisions=decisions, next_meeting=meeting), marks


def _with_secrets(group: Group, text: Callable[[str], str]) -> Group:
    missions = {
        "ours": Mission(id="ours", side=Side.BOTH, text=text("Une mission")[:140], author="person-1"),
        "hidden": Mission(id="hidden", side=Side.BOTH, text=SECRET, author="person-1", hidden=True),
    }
    notes = {NoteKind.AGREEMENT: Note(text=text("Un accord"), author="person-1")}
    return replace(group, missions={**group.missions, **missions}, notes=notes)


def _gone(group: Group) -> dict[str, Line]:
    action = SheetAction(id="libre-9", short=SECRET, label=SECRET)
    return {"libre-9": Line(action=action, free=True, removed=True)}


def _of(count: int, name: str = "Groupe {n}") -> Workshop:
    state = rooms.blank_room()
    names = tuple(name.format(n=n)[:60] for n in range(1, count + 1))
    setup = replace(state.prepared, groups=names)
    return replace(state, setup=setup, groups=tuple(blank_group(setup, n) for n in range(1, count + 1)))


def _placed(state: Workshop, place: Callable[[int, int, Line], Line]) -> Workshop:
    for group in state.groups:
        lines = [place(group.number, n, line) for n, line in enumerate(group.lines.values())]
        state = rooms.with_lines(state, group.number, lines)
    return state


def _somewhere(group: int, n: int, line: Line) -> Line:
    return replace(line, placement=Placement(5 * ((3 * n + 7 * group) % 21), 5 * ((5 * n + group) % 21)))


def _twenty_four() -> Workshop:
    state = _of(3)
    more = tuple(
        SheetAction(id=f"plus-{n}", short=f"Action {n}", label=f"Je fais l’action {n}") for n in range(11, 25)
    )
    setup = replace(state.prepared, actions=(*state.prepared.actions, *more), free_lines=0)
    groups = tuple(blank_group(setup, n) for n in (1, 2, 3))
    return _placed(replace(state, setup=setup, groups=groups), _somewhere)


def _gathered() -> tuple[Workshop, list[str]]:
    """In the first group, the initiatives of each line as one, under a heading; the workshop follows another."""
    state, marks = marked(rooms.full_room())
    state = replace(state, setup=replace(state.prepared, previous=FOLLOWED))
    group = state.group(1)
    lines = {}
    for n, line in enumerate(group.lines.values()):
        heading = f"i{80_000 + n}z Un titre"
        marks += [] if line.gone else [heading.split(maxsplit=1)[0]]
        found = [
            replace(each, gathered=f"g{n}", heading=heading) if each.visible else each
            for each in line.initiatives.values()
        ]
        lines[line.action.id] = rooms.with_initiatives(line, found)
    return rooms.with_group(state, replace(group, lines=lines)), marks


LONG_NAME = "{n:02} Communauté de communes de la porte des Vosges du Sud-Est"
ROOMS: dict[str, Callable[[], tuple[Workshop, list[str]]]] = {
    "a whole workshop": lambda: marked(rooms.full_room()),
    "initiatives brought together, after another workshop": _gathered,
    "nothing written": lambda: (rooms.blank_room(), []),
    "one group": lambda: marked(_placed(_of(1), _somewhere)),
    "twelve groups with long names": lambda: marked(_placed(_of(12, LONG_NAME), _somewhere), 1),
    "everything set aside": lambda: marked(_placed(_of(3), lambda g, n, line: replace(line, set_aside=True))),
    "one arm only": lambda: marked(
        _placed(_of(3), lambda g, n, line: replace(line, placement=Placement(75, None)))
    ),
    "nobody placed": lambda: marked(_of(3)),
    "twenty-four lines": lambda: marked(_twenty_four()),
    "four hundred initiatives": lambda: marked(_placed(_of(4), _somewhere), 10),
}  # fmt: skip
TEN_THOUSAND = "ten thousand initiatives"
HUGE = {TEN_THOUSAND: lambda: marked(_placed(_of(12), _somewhere), 84)}
"""As many as a workshop is promised to take: few documents of it are made in tests, each once."""


def check_texts(said: str, wanted: str, marks: list[str]) -> None:
    """Each text as often as this document holds it, nothing hidden, nobody named."""
    assert SECRET not in said
    assert "person-" not in said
    found = Counter(MARK.findall(squeezed(said)))
    if wanted in WHOLE:
        assert {mark: found[mark] for mark in marks if found[mark] != 1} == {}
    if wanted in TABLES:
        assert [mark for mark in marks if not found[mark]] == []
    if wanted == "ouvertes":
        assert not found
