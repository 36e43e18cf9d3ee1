"""A paper sheet typed back: its lines in the order of the paper, and what is written in a cell."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from atelier.domain import selectors
from atelier.domain.acts import Command
from atelier.domain.features.sheet import PlaceAction, SetActionAside, UnplaceAction
from atelier.domain.state import Group, Line, Workshop
from atelier.domain.territories import without_accents
from atelier.domain.values import ARMS, Placement, word_number

ASIDE = -1
"""What a cell says that holds « so », as no reach is."""
_ASIDE = ("so", "s.o.", "s o", "sans objet")
NEW = "ligne-"
"""What the keys of lines begin with that nobody filled yet; then comes the id of the act that will fill it."""


class Unread(Exception):  # noqa: N818 - says what became of the cell
    """A cell says nothing that can be taken; the message is a French sentence."""


class Row(NamedTuple):
    """A line of the sheet as its cells show it; `texts`: its initiatives by id; `free`: its label is typed too."""

    key: str
    number: int
    label: str
    free: bool
    cells: Mapping[str, str]
    texts: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return what the page’s script puts into the cells."""
        label = {"label": self.label} if self.free else {}
        return {"key": self.key, "cells": {**self.cells, **label}, "texts": list(self.texts.items())}


def rows(state: Workshop, group: Group, fresh: Iterator[str]) -> list[Row]:
    """Return the lines in the paper’s order: the sheet’s own, the group’s own, those that are free (`fresh` ids)."""
    return [
        row(number, line)
        if line.action.id
        else Row(f"{NEW}{next(fresh)}", number, "", True, dict.fromkeys(ARMS, ""), {})
        for number, line in enumerate(selectors.paper_lines(state, group), start=1)
    ]


def row(number: int, line: Line) -> Row:
    """Return one line as its cells show it."""
    texts = {each.id: each.text for each in selectors.visible_initiatives(line)}
    cells = {arm: _shown(line, arm) for arm in ARMS}
    return Row(line.action.id, number, line.action.label, line.free, cells, texts)


def _shown(line: Line, arm: str) -> str:
    if line.set_aside:
        return _ASIDE[0]
    reach = line.placement.reach(arm) if line.placement and arm not in line.placement.unsure else None
    return "" if reach is None else str(word_number(reach))


def reach_of(text: str, scale: tuple[str, ...]) -> int | None:
    """Return the reach that a cell says: a figure from 0 to 4 or how a word begins; ASIDE, or None when it is empty.

    Raises Unread.
    """
    said = " ".join(without_accents(text).split())
    if not said or said in _ASIDE:
        return ASIDE if said else None
    words = [without_accents(word) for word in scale]
    meant = [n for n, word in enumerate(words) if said in (word, str(n))]
    meant = meant or [n for n, word in enumerate(words) if word.startswith(said)]
    if len(meant) == 1:
        return meant[0] * 25
    if meant:
        raise Unread(f"« {text.strip()} » : {' ou '.join(f'« {scale[n]} »' for n in meant)} ?")
    raise Unread(f"Une case dit 0 à 4, le début d’un mot ({', '.join(scale)}), « {_ASIDE[0]} », ou rien.")


def placing(group: int, line: Line, said: Mapping[str, int | None]) -> Iterator[Command]:
    """Yield the commands by which a line comes to what its changed cells say. Raises Unread."""
    action = line.action.id
    reaches = {arm: reach for arm, reach in said.items() if reach is not None and reach != ASIDE}
    if ASIDE in said.values():
        if reaches:
            raise Unread("« Sans objet » vaut pour toute la ligne : videz l’une des deux cases.")
        yield SetActionAside(group=group, action=action)
        return
    if len(reaches) < len(said):  # an emptied cell: nobody answered for that trade after all
        yield UnplaceAction(group=group, action=action)
        reaches = _kept(line, said) | reaches
    if reaches:
        yield PlaceAction(group=group, action=action, **reaches)


def _kept(line: Line, said: Mapping[str, int | None]) -> dict[str, int]:
    """Return the reaches that no cell changed."""
    now = line.placement or Placement(None, None)
    kept = {arm: now.reach(arm) for arm in ARMS if arm not in said and arm not in now.unsure}
    return {arm: reach for arm, reach in kept.items() if reach is not None}
