"""The synthesis of a day in words: how many groups say what, room by room, and what each room supports most."""

from collections.abc import Sequence
from dataclasses import dataclass

from atelier.domain.doctrine import Doctrine
from atelier.domain.plenary import Room, Supported, counts, most_supported
from atelier.domain.state import Line, Workshop
from atelier.domain.synthesis import Row, overlay, row_of
from atelier.domain.values import ARMS
from atelier.verdicts import Reading, placement_words, reading_of, totals

SUPPORTED = 3
"""Initiatives of each room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many groups say a word."""

    word: str
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWord:
    """What one room says of an action: its verdict, and each group's own words."""

    room: str
    reading: Reading
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """What the day says of an action. `sides`: by trade, its name and how many groups say which word."""

    number: int
    title: str
    label: str
    row: Row
    reading: Reading
    sides: tuple[tuple[str, str, tuple[Counted, ...]], ...]
    rooms: tuple[RoomWord, ...]
    by_verdict: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plenary:
    """The synthesis of a day, in words."""

    groups: int
    totals: str
    rooms: tuple[str, ...]
    waiting: tuple[str, ...]
    actions: tuple[ActionWords, ...]
    supported: tuple[tuple[str, tuple[Supported, ...]], ...]


def plenary_of(state: Workshop, doctrine: Doctrine, rooms: Sequence[Room], waiting: Sequence[str]) -> Plenary:
    """Return the synthesis of `rooms`, whose groups are those of `state`; `waiting`: the rooms that it leaves out."""
    rows = overlay(state)
    return Plenary(
        groups=len(state.groups),
        totals=totals(rows),
        rooms=tuple(room.name for room in rooms),
        waiting=tuple(waiting),
        actions=tuple(_action(n, row, state, doctrine, rooms) for n, row in enumerate(rows, start=1)),
        supported=tuple((room.name, most_supported(room.state, SUPPORTED)) for room in rooms),
    )


def _action(n: int, row: Row, state: Workshop, doctrine: Doctrine, rooms: Sequence[Room]) -> ActionWords:
    action = state.prepared.actions[n - 1]
    words = tuple(_room_word(room, action.id, doctrine) for room in rooms)
    by_verdict: dict[str, list[str]] = {}
    for each in words:
        by_verdict.setdefault(each.reading.word, []).append(each.room)
    names = {"fs": doctrine.fs.name, "cn": doctrine.cn.name}
    return ActionWords(
        number=n, title=action.told, label=action.label if action.label != action.told else "", row=row,
        reading=reading_of(state, row, doctrine), rooms=words,
        sides=tuple((arm, names[arm], _counted(row, arm, doctrine)) for arm in ARMS),
        by_verdict=tuple((word, tuple(found)) for word, found in by_verdict.items()),
    )  # fmt: skip


def _counted(row: Row, arm: str, doctrine: Doctrine) -> tuple[Counted, ...]:
    """Return the words that groups say, the most regular first."""
    pairs = zip(doctrine.scale, counts(row, arm), strict=True)
    return tuple(Counted(word=word, groups=groups) for word, groups in reversed(list(pairs)) if groups)


def _room_word(room: Room, action: str, doctrine: Doctrine) -> RoomWord:
    row = row_of(room.state, action)
    pairs = zip(room.state.groups, row.lines, strict=True)
    return RoomWord(
        room=room.name,
        reading=reading_of(room.state, row, doctrine),
        groups=tuple((group.name, _said(line, doctrine)) for group, line in pairs),
    )


def _said(line: Line, doctrine: Doctrine) -> str:
    if line.set_aside:
        return "sans objet"
    return placement_words(line.placement, doctrine) if line.placement else "à placer"
