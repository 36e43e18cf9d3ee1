"""The compte-rendu and the pages for the préfecture: blocks that any format of word processors can write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from atelier.domain.doctrine import Doctrine
from atelier.domain.limits import NAME_CHARACTERS
from atelier.domain.moves import change_of, previous_of
from atelier.domain.selectors import by_support, lines, shared_missions, trades
from atelier.domain.state import Group, Line, Workshop
from atelier.domain.synthesis import Row, Verdict, overlay
from atelier.domain.values import Phase, Side, Trade
from atelier.export.sheets import LINES_IN_FULL, arms
from atelier.export.votes import VotedInitiative, vote_of
from atelier.local_time import day_at, zone_of
from atelier.movement import SINCE, cells, followed, moved_briefly, occasion_of, totals
from atelier.verdicts import HOW, HOW_TITLE, LONG_SENTENCE, reading_of, shorter
from atelier.wording import (
    BEFORE_TALKING,
    code_text,
    date_text,
    decision_more,
    due_text,
    meeting_text,
    notes_of,
    phase_name,
    plural,
    side_name,
    spread_text,
    trade_name,
)  # fmt: skip

MINUTES, PREFECTURE = "compte-rendu", "prefecture"
MOST_SUPPORTED = 5
SMALL_TABLE = 8
"""Lines that a page may leave to the next one without looking empty."""
TO_COMPLETE = "À compléter :"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A `heading` (by `level`), a `text`, `bullets` (its rows), a `table` (first row: the heads) or an empty `box`.

    `widths`: of the columns, in parts of the whole.
    """

    kind: str
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """A document of running text."""

    format: str
    title: str
    subtitle: str
    organiser: str
    foot: str
    blocks: tuple[Block, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the document as what `json.dumps` takes."""
        return asdict(self)


LAST: dict[str, Any] = {"kind": ""}
"""What comes after the last block."""


def leads(block: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a text stays on the page of the table that it leads to (blocks that went through JSON)."""
    return block["kind"] == "text" and after["kind"] == "table"


def stays_whole(block: Mapping[str, Any]) -> bool:
    """Tell whether a table is so small that no page may end inside it: of a few lines and words."""
    rows = block["rows"]
    return len(rows) <= SMALL_TABLE and all(len(cell) <= NAME_CHARACTERS for row in rows for cell in row)


def minutes_of(
    code: str, state: Workshop, doctrine: Doctrine, at: int, wanted: str, made_as: str = "docx"
) -> Minutes:
    """Return the compte-rendu, or the pages for the préfecture; `at`: when it is made, in Unix ms.

    `made_as`: the format of the file.
    """
    setup = state.prepared
    blocks = _prefecture(state, doctrine) if wanted == PREFECTURE else _minutes(state, doctrine)
    made = date_text(day_at(at, zone_of(setup)).isoformat())
    return Minutes(
        format=made_as,
        title=setup.title,
        subtitle=" · ".join(filter(None, (setup.place, setup.territory, date_text(setup.date)))),
        organiser=setup.organiser,
        foot=f"Document produit le {made} · Atelier {code_text(code)} · {doctrine.source}",
        blocks=tuple(blocks),
    )


def _minutes(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    yield from _decisions(state)
    yield from _followed(state)
    yield from _vote(state, doctrine)
    yield from _people(state, doctrine)
    yield Block(kind="heading", text="Déroulé")
    minutes = state.prepared.minutes
    yield Block(
        kind="bullets",
        rows=tuple((f"{phase_name(phase)}{_lasting(minutes.get(phase, 0))}",) for phase in Phase),
    )
    yield from _said_of_missions(state, doctrine)
    yield Block(kind="heading", text="Ce que disent les groupes, action par action")
    for number, row in enumerate(overlay(state), start=1):
        yield from _action(state, doctrine, number, row)
    yield from _moved(state, doctrine)
    yield from _own_lines(state, doctrine)
    yield from _notes(state)
    yield from _how(1)
    yield Block(kind="heading", text="Suites")
    yield _next_meeting(state)
    for asked in ("Qui relit et qui diffuse ce compte-rendu", "Points à reprendre"):
        yield Block(kind="box", text=f"{asked} · {TO_COMPLETE}")


def _prefecture(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    """What a reader of two pages must see stands on the first; the table comes last, whole if it can."""
    yield from _decisions(state)
    yield from _followed(state)
    yield _next_meeting(state)
    yield from _people(state, doctrine)
    yield from _most_supported(state)
    yield from _vote(state, doctrine)
    rows = overlay(state)
    told = [(number, row, reading_of(state, row, doctrine)) for number, row in enumerate(rows, start=1)]
    yield Block(kind="heading", text="Ce que disent les groupes, action par action")
    actions = state.prepared.actions
    for title, verdict in (("Terrain commun", Verdict.SHARED), ("À discuter", Verdict.DISCUSS)):
        found = [actions[number - 1].told for number, row, _ in told if row.verdict is verdict]
        yield Block(kind="text", text=f"{title}\u00a0: {', '.join(found) if found else 'aucune action'}.")
    dense = len(actions) > LINES_IN_FULL
    table = [("Action", "Ensemble", "En mots")]
    table += [
        (
            actions[number - 1].told,
            reading.word,
            shorter(state, doctrine, row, reading.sentence, 0 if dense else LONG_SENTENCE),
        )
        for number, row, reading in told
    ]
    yield Block(kind="table", rows=tuple(table), widths=(22, 22, 56))
    yield from _moved_in_short(state, doctrine, rows)
    yield from _how(2)


def _how(level: int) -> Iterator[Block]:
    yield Block(kind="heading", level=level, text=HOW_TITLE)
    for line in HOW:
        yield Block(kind="text", text=line)


def _decisions(state: Workshop) -> Iterator[Block]:
    yield Block(kind="heading", text="Décisions")
    if not state.decisions:
        yield Block(kind="box", text=f"Aucune décision pendant l’atelier. {TO_COMPLETE}")
        return
    rows = [("Quoi", "Qui", "Échéance")]
    rows += [
        (" — ".join(filter(None, (each.what, decision_more(each)))), each.who, due_text(each))
        for each in state.decisions.values()
    ]
    yield Block(kind="table", rows=tuple(rows), widths=(48, 26, 26))


def _followed(state: Workshop) -> Iterator[Block]:
    """The decisions of the workshop that this one follows, and how far they have come."""
    found, previous = followed(state), state.prepared.previous
    if not found or previous is None:
        return
    yield Block(kind="heading", text="Décisions de la dernière fois")
    yield Block(kind="text", text=f"Atelier {occasion_of(previous)}.")
    rows = [("Quoi", "Qui", "Où elle en est")]
    rows += [(each.decision.what, each.decision.who, each.words) for each in found]
    yield Block(kind="table", rows=tuple(rows), widths=(48, 26, 26))


def _moved(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    """What moved since that workshop, in words; nothing where its trades were others."""
    previous = previous_of(state, doctrine)
    if previous is None:
        return
    rows = overlay(state)
    yield Block(kind="heading", text=SINCE)
    told = totals([change_of(state, row, doctrine) for row in rows])
    yield Block(kind="text", text=" ".join(filter(None, (f"Atelier {occasion_of(previous)}.", told))))
    table = [("Action", doctrine.fs.name, doctrine.cn.name)]
    pairs = zip(state.prepared.actions, rows, strict=True)
    table += [(action.told, *cells(state, row, doctrine)) for action, row in pairs]
    yield Block(kind="table", rows=tuple(table), widths=(32, 34, 34))


def _moved_in_short(state: Workshop, doctrine: Doctrine, rows: Sequence[Row]) -> Iterator[Block]:
    """The same in a paragraph, for two pages."""
    if previous_of(state, doctrine) is None:
        return
    named = zip(state.prepared.actions, (moved_briefly(state, row, doctrine) for row in rows), strict=True)
    moved = "\u202f; ".join(f"{action.told} ({', '.join(told)})" for action, told in named if told)
    yield Block(kind="heading", level=2, text=SINCE)
    told = totals([change_of(state, row, doctrine) for row in rows]) or "Rien ne se compare encore."
    yield Block(kind="text", text=f"{told} {moved}{'.' if moved else ''}".strip())


def _vote(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    """What the room voted, once everybody saw it."""
    found = vote_of(state, doctrine)
    if found is None:
        return
    yield Block(kind="heading", text="Vote par gommettes")
    yield Block(kind="text", text=found.people)
    rows = [("Initiative", "Gommettes", "Par métier")]
    rows += [(_voted_text(each), str(each.dots), each.trades) for each in found.rows]
    if found.rows:
        yield Block(kind="table", rows=tuple(rows), widths=(58, 14, 28))


def _voted_text(each: VotedInitiative) -> str:
    return " — ".join(filter(None, (f"{each.text} ({each.where})", each.agreed)))


def _people(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    people = trades(state)
    told = sum(len(by_support(line)) for group in state.groups for line in lines(group))
    counts = [plural(len(state.groups), "groupe"), plural(told, "initiative")]
    counts += [f"{trade_name(trade, doctrine)}\u00a0: {people[trade]}" for trade in Trade if people[trade]]
    yield Block(kind="heading", text="En chiffres")
    yield Block(kind="text", text=" · ".join(counts))


def _lasting(minutes: int) -> str:
    return f", {minutes}\u00a0min" if minutes else ""


def _said_of_missions(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    yield Block(kind="heading", text="Missions, tous groupes réunis")
    for side in Side:
        yield Block(kind="heading", level=2, text=side_name(side, doctrine))
        every = len(state.groups)
        rows = [
            (text if len(groups) == every else f"{text} ({', '.join(group.name for group in groups)})",)
            for text, groups in shared_missions(state, side)
        ]
        yield (
            Block(kind="bullets", rows=tuple(rows))
            if rows
            else Block(kind="text", text="Aucune mission écrite.")
        )


def _action(state: Workshop, doctrine: Doctrine, number: int, row: Row) -> Iterator[Block]:
    action, reading = state.prepared.actions[number - 1], reading_of(state, row, doctrine)
    yield Block(kind="heading", level=2, text=f"{number}. {action.told}\u00a0: {reading.word}")
    label = action.label if action.label != action.told else ""
    said = shorter(state, doctrine, row, reading.sentence)
    yield Block(kind="text", text=" — ".join(filter(None, (label, said))))
    if reading.moved:
        yield Block(kind="text", text=reading.moved)
    table = [("Groupe", doctrine.fs.name, doctrine.cn.name)]
    table += [
        (group.name, *arms(line, doctrine)) for group, line in zip(state.groups, row.lines, strict=True)
    ]
    yield Block(kind="table", rows=tuple(table), widths=(44, 28, 28))
    yield from _answered(list(zip(state.groups, row.lines, strict=True)), doctrine)
    found = [
        told
        for group, line in zip(state.groups, row.lines, strict=True)
        for told in _initiatives(group, line)
    ]
    yield (
        Block(kind="bullets", rows=tuple(found))
        if found
        else Block(kind="text", text="Aucune initiative écrite.")
    )


def _answered(lines: list[tuple[Group, Line]], doctrine: Doctrine) -> Iterator[Block]:
    """What people had answered before their group talked, without names; nothing where nobody did."""
    for group, line in lines:
        if told := spread_text(line, doctrine):
            yield Block(kind="text", text=f"{BEFORE_TALKING}, {group.name} — {told}.")


def _initiatives(group: Group, line: Line) -> list[tuple[str]]:
    """Return the initiatives of a line, most supported first, each with its marks and where it comes from."""
    found = []
    for each in by_support(line):
        star = "★ " if each.highlighted else ""
        hearts = f", ♥\u00a0{len(each.supporters)}" if each.supporters else ""
        found.append((f"{star}{each.text} ({group.name}{hearts})",))
    return found


def _own_lines(state: Workshop, doctrine: Doctrine) -> Iterator[Block]:
    own = [(group, line) for group in state.groups for line in lines(group) if line.free]
    if not own:
        return
    yield Block(kind="heading", text="Actions ajoutées par les groupes")
    for group, line in own:
        fs, cn = arms(line, doctrine)
        yield Block(kind="heading", level=2, text=f"{line.action.label} ({group.name})")
        yield Block(kind="text", text=f"{doctrine.fs.name}\u00a0: {fs} · {doctrine.cn.name}\u00a0: {cn}")
        yield from _answered([(group, line)], doctrine)
        if found := _initiatives(group, line):
            yield Block(kind="bullets", rows=tuple(found))


def _notes(state: Workshop) -> Iterator[Block]:
    told = [(group, notes_of(group)) for group in state.groups]
    if not any(notes for _, notes in told):
        return
    yield Block(kind="heading", text="Restitution")
    for group, notes in told:
        if notes:
            yield Block(kind="heading", level=2, text=group.name)
            yield Block(kind="bullets", rows=tuple((f"{name}\u00a0: {text}",) for name, text in notes))


def _next_meeting(state: Workshop) -> Block:
    if told := meeting_text(state):
        return Block(kind="text", text=f"Prochaine rencontre\u00a0: {told}.")
    return Block(kind="box", text=f"Prochaine rencontre · {TO_COMPLETE}")


def _most_supported(state: Workshop) -> Iterator[Block]:
    every = [
        (len(each.supporters), each.text, line.action.told, group.name)
        for group in state.groups
        for line in lines(group)
        for each in by_support(line)
        if each.supporters
    ]
    found = sorted(every, key=lambda entry: -entry[0])[:MOST_SUPPORTED]
    yield Block(kind="heading", text="Les initiatives les plus soutenues")
    rows = tuple((f"{text} ({action}, {name}, ♥\u00a0{supports})",) for supports, text, action, name in found)
    yield Block(kind="bullets", rows=rows) if rows else Block(kind="text", text="Aucun soutien exprimé.")
