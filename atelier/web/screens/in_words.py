"""A sheet in words, for who does not see it: one row an action; and one line of text that places a card."""

from typing import NamedTuple

from atelier import wording
from atelier.domain import selectors
from atelier.domain.doctrine import Doctrine
from atelier.domain.features.sheet import PlaceAction
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Group, Line
from atelier.domain.territories import without_accents
from atelier.domain.values import ARMS
from atelier.movement import LAST_TIME, ghost_of
from atelier.web.render.view import View

SORTS = ("fiche", "nom", "initiatives", "a-placer")


class Row(NamedTuple):
    """An action as it is told: each side in a word, and what was written under it."""

    number: int
    label: str
    fs: str
    cn: str
    initiatives: tuple[str, ...]
    changed_at: int
    """When it was placed, or something was written under it, last: Unix ms; 0 for never."""


def rows(view: View, group: Group, sort: str = SORTS[0]) -> list[Row]:
    """Return the rows of a group's sheet; `sort`: one of SORTS."""
    found = [_row(view, number, line) for number, line in enumerate(selectors.lines(group), start=1)]
    if sort == "nom":
        return sorted(found, key=lambda row: without_accents(row.label).casefold())
    if sort == "initiatives":
        return sorted(found, key=lambda row: -len(row.initiatives))
    if sort == "a-placer":
        return sorted(found, key=lambda row: not (row.fs + row.cn).count("à placer"))
    return found


def _row(view: View, number: int, line: Line) -> Row:
    then = ghost_of(view.state, view.doctrine, line.action.id)

    def side(arm: str) -> str:
        if line.placement:
            said = str(wording.arm_words(line.placement, arm, view.doctrine))
        else:
            said = "sans objet" if line.set_aside else "à placer"
        return f"{said} ({LAST_TIME.lower()} : {then.word(arm)})" if then else said

    shown = selectors.visible_initiatives(line)
    changed_at = max(line.moved_at, *(max(each.posted_at, each.edited_at) for each in shown), 0)
    texts = tuple(each.text for each in shown)
    return Row(number, line.action.label, side("fs"), side("cn"), texts, changed_at)


def placing(text: str, group: Group, doctrine: Doctrine) -> PlaceAction:
    """Return the act that « orienter fs régulièrement » asks for. Raises Refused: what is named is not on the sheet."""
    words = f" {_folded(text)} "
    named = next(((name, arm) for name, arm in _arms(doctrine) if f" {name} " in words), None)
    said = words.replace(f" {named[0]} ", " ", 1).strip() if named else ""
    steps = sorted(enumerate(map(_folded, doctrine.scale)), key=lambda step: -len(step[1]))
    reach, step = next(((at * 25, step) for at, step in steps if said.endswith(step)), (None, ""))
    if named is None or reach is None:
        raise Refused(Code.NOT_A_REACH)
    action = _named(said.removesuffix(step).strip(), group)
    return PlaceAction(group=group.number, action=action, **{named[1]: reach})


def _arms(doctrine: Doctrine) -> list[tuple[str, str]]:
    """Return the names of each pole, folded, with its arm; the longest first. « fs » and « cn » are names too."""
    found = [(name, arm) for arm in ARMS for name in (doctrine.pole(arm).name, doctrine.pole(arm).short, arm)]
    folded = {_folded(name): arm for name, arm in reversed(found)}
    return sorted(folded.items(), key=lambda pair: -len(pair[0]))


def _named(name: str, group: Group) -> str:
    lines = selectors.lines(group)
    if name.isdecimal() and 1 <= int(name) <= len(lines):
        return lines[int(name) - 1].action.id
    for line in lines:
        if name and name in (_folded(line.action.short), _folded(line.action.label), _folded(line.action.id)):
            return line.action.id
    near = [line for line in lines if len(name) > 2 and name in _folded(line.action.label)]
    if len(near) != 1:
        raise Refused(Code.UNKNOWN_ACTION)
    return near[0].action.id


def _folded(text: str) -> str:
    words = without_accents(text).casefold().replace("’", " ").replace("'", " ").replace("-", " ")
    return " ".join(words.split())
