"""The page of a newcomer, drawn once a table and trade: a room that scans at once asks for it thirty times a second.

Whoever wrote, supported or placed something has a page of their own, drawn anew.
"""

import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from atelier.domain.answers import Step, answered, step_of
from atelier.domain.selectors import pen_holder, rapporteur
from atelier.domain.state import Group, Participant, Workshop
from atelier.domain.tally import is_revealed
from atelier.domain.values import Actor, Phase, Role
from atelier.limits import SKELETON_S, SKELETONS_BYTES
from atelier.runtime.lru import LRUCache
from atelier.web.render.prerendered import DoesNotFit, Hole, Skeleton
from atelier.web.render.templating import render_macro
from atelier.web.render.view import Reader, View
from atelier.web.screens.phone.personal import personal, seated

Render = Callable[[View, Reader, "dict[str, Any]"], str]
"""Draws a whole page of a reader, with what stands in the attributes of its body."""

_NONCE = secrets.token_hex(3)
_BODY = ("seq", "head", "clock", "clock-status")
_HOLES = {
    name: Hole(name, stand_in, fixed)
    for name, stand_in, fixed in (
        ("id", f"id{_NONCE}holehole", True),
        ("me", f"me{_NONCE}hole", True),
        ("head", f"hd{_NONCE}holehole", True),
        ("rejoin", f"r{_NONCE}", True),
        ("seq", f"seq{_NONCE}", False),
        ("clock", f"clock{_NONCE}", False),
        ("clock-status", f"status{_NONCE}", False),
        ("name", f"name{_NONCE}", False),
        ("members", f"members{_NONCE}", False),
    )
}
"""Each reader's own. No text of a workshop can hold these: they are drawn at every start."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A skeleton, and what of the state it was drawn from (compared by identity: states share what did not change)."""

    skeleton: Skeleton
    basis: tuple[object, ...]


class PhoneSkeletons:
    """The latest skeletons. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # Its « il y a 2 min » is right for as long as it is kept.
        self.kept: LRUCache[tuple[str, int, str], _Drawn] = LRUCache(SKELETONS_BYTES, SKELETON_S, clock)

    def page(self, view: View, reader: Reader, body: dict[str, Any], render: Render) -> bytes | None:
        """Return the gzipped page of `reader`, or None when it has to be drawn for them alone.

        `body`: the attributes of the page's body, those of `_BODY` being the reader's own.
        """
        own = personal(view.state, reader)
        if own.person is None or own.wrote:
            return None
        values = {name: body[name] for name in _BODY}
        values |= {"id": own.person.id, "name": own.person.name, "rejoin": view.rejoin(own.person.id)}
        values |= {"me": own.me, "members": _members(view, own.person.group)}
        try:
            return self._skeleton(view, own.person, body, render).filled(values)
        except DoesNotFit:
            return None

    def _skeleton(self, view: View, person: Participant, body: dict[str, Any], render: Render) -> Skeleton:
        key, basis = (view.code, person.group, person.trade.value), _basis(view, person.group)
        found = self.kept.get(key)
        if found is None or not _same(found.basis, basis):
            html = _stand_in_page(view, person, body, render)
            skeleton = Skeleton(html, tuple(_HOLES.values()))
            found = self.kept.put(key, _Drawn(skeleton, basis), skeleton.size)
        return found.skeleton


def _stand_in_page(view: View, person: Participant, body: dict[str, Any], render: Render) -> str:
    """The page of a newcomer who has stand-ins for everything of their own."""
    nobody = replace(person, id=_HOLES["id"].stand_in, name=_HOLES["name"].stand_in)
    others = {key: each for key, each in view.state.people.items() if key != person.id}
    state = replace(view.state, people={**others, nobody.id: nobody})
    stand_in = replace(view, state=state, rejoin=lambda _: _HOLES["rejoin"].stand_in)
    reader = Reader(actor=Actor(Role.PARTICIPANT, nobody.id), group=person.group)
    html = render(stand_in, reader, body | {name: _HOLES[name].stand_in for name in _BODY})
    html = html.replace(_members(stand_in, person.group), _HOLES["members"].stand_in)
    return html.replace(personal(state, reader).me, _HOLES["me"].stand_in)


def _members(view: View, number: int) -> Markup:
    """The fragment that says who sits at the table: the page holds it as it stands here."""
    group, people = view.state.group(number), seated(view.state, number)
    return Markup(render_macro("phone/frame.html", "members", view=view, group=group, table=people))  # noqa: S704


def _basis(view: View, number: int) -> tuple[object, ...]:
    """All of the state that a newcomer's page shows, besides who sits at the table."""
    state, group = view.state, view.state.group(number)
    shown = state.groups if state.phase in (Phase.REPORT_BACK, Phase.SYNTHESIS) else group
    vote = state.vote
    voted = (vote.id, vote.status, state.groups, *([vote] if is_revealed(state) else [])) if vote else ()
    named = tuple(state.people.get(line.moved_by) for line in group.lines.values())
    return (
        state.setup, shown, state.phase, state.status, state.presenting, state.clock, state.announcement,
        state.decisions, state.late, state.one_pen, pen_holder(state, group), rapporteur(state, group),
        *voted, *named,
        _answers_counted(state, group),
    )  # fmt: skip


def _answers_counted(state: Workshop, group: Group) -> str:
    """What the page counts of who sits at the table, where each answers first; equal ones are the same object."""
    if not state.answers_first:
        return ""
    steps = ((step_of(state, group, line), line) for line in group.lines.values())
    return sys.intern(
        repr([(step, step is Step.ALONE and answered(state, group, line)) for step, line in steps])
    )


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
