"""A participant's page, drawn once a table and trade: a room that scans or comes back asks for it many times a second.

What its reader did stands beside what is drawn: the JSON that scripts start from, « Annuler » on a card, their texts.
Whoever answered alone, has a hidden text or writes the notes of the table has a page drawn for them.
"""

import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from atelier.domain import selectors
from atelier.domain.answers import Step, answered, step_of
from atelier.domain.selectors import pen_holder, rapporteur
from atelier.domain.state import Group, Participant, Workshop
from atelier.domain.tally import is_revealed
from atelier.domain.values import Actor, Phase, Role
from atelier.limits import SEATED_BYTES, SKELETON_S, SKELETONS_BYTES
from atelier.runtime.lru import LRUCache
from atelier.web.render.prerendered import DoesNotFit, Hole, Skeleton, SkeletonCache
from atelier.web.render.templating import acts_at, environment, render_macro
from atelier.web.render.view import Reader, View
from atelier.web.screens.phone.page import cards
from atelier.web.screens.phone.personal import Personal, editable, personal, seated

Render = Callable[[View, Reader, "dict[str, Any]"], str]
"""Draws a whole page of a reader, with what stands in the attributes of its body."""

_NONCE = secrets.token_hex(3)
_BODY = ("seq", "head", "clock", "clock-status")
_HIDDEN = " hidden"
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
        ("mine", f"mine{_NONCE}", False),
        ("own-texts", f"texts{_NONCE}", False),
        ("data", f"data{_NONCE}", False),
    )
}
"""Each reader's own. No text of a workshop can hold these: they are drawn at every start."""


class PhoneSkeletons:
    """The latest skeletons. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        # Its « il y a 2 min » is right for as long as it is kept.
        self.kept = SkeletonCache(SKELETONS_BYTES, SKELETON_S, clock)
        self._seated: LRUCache[tuple[str, int], tuple[object, Markup]] = LRUCache(
            SEATED_BYTES, SKELETON_S, clock
        )

    def page(self, view: View, reader: Reader, body: dict[str, Any], render: Render) -> bytes | None:
        """Return the gzipped page of `reader`, or None when it has to be drawn for them alone.

        `body`: the attributes of the page's body, those of `_BODY` being the reader's own.
        """
        own = personal(view.state, reader)
        if own.person is None or own.apart:
            return None
        values = {name: body[name] for name in _BODY}
        values |= {"id": own.person.id, "name": own.person.name, "rejoin": view.rejoin(own.person.id)}
        values |= {"me": own.me, "members": self._members(view, own.person.group)}
        values |= _own(view, own) | _undo(view.state.group(own.group), own.last_line)
        try:
            skeleton = self._skeleton(view, own.person, body, render)
            return skeleton.filled(values) if skeleton else None
        except DoesNotFit:
            return None

    def _skeleton(
        self, view: View, person: Participant, body: dict[str, Any], render: Render
    ) -> Skeleton | None:
        def made() -> Skeleton:
            html = _stand_in_page(view, person, body, render)
            return Skeleton(html, (*_HOLES.values(), *_undo_holes(view.state.group(person.group))))

        key = view.code, person.group, person.trade.value
        return self.kept.skeleton(key, _basis(view, person.group), made)

    def _members(self, view: View, number: int) -> Markup:
        """Return who sits at a table: counted once for all who ask while nobody comes."""
        people, drawn = self._seated.get((view.code, number)) or (None, Markup())
        if people is not view.state.people:
            people, drawn = view.state.people, _members(view, number)
            self._seated.put((view.code, number), (people, drawn), len(drawn))
        return drawn


def _stand_in_page(view: View, person: Participant, body: dict[str, Any], render: Render) -> str:
    """The page of somebody who did nothing, with stand-ins for everything of their own."""
    # At no table: whoever asks first is counted there already, and may have placed a card under their name.
    nobody = replace(person, id=_HOLES["id"].stand_in, name=_HOLES["name"].stand_in, group=0)
    state = replace(view.state, people={**view.state.people, nobody.id: nobody})
    stand_in = replace(view, state=state, rejoin=lambda _: _HOLES["rejoin"].stand_in)
    reader = Reader(actor=Actor(Role.PARTICIPANT, nobody.id), group=person.group)
    html = render(stand_in, reader, body | {name: _HOLES[name].stand_in for name in _BODY})
    html = html.replace(_members(stand_in, person.group), _HOLES["members"].stand_in)
    own = personal(state, reader)
    html = html.replace(_mine(own), _HOLES["mine"].stand_in).replace(
        _data(stand_in, own), _HOLES["data"].stand_in
    )
    html = html.replace("</main>", f"{_HOLES['own-texts'].stand_in}</main>")
    for hole in _undo_holes(view.state.group(person.group)):
        offered = f'data-undo="{hole.name}"'
        html = html.replace(f"{offered}{_HIDDEN}", f"{offered}{hole.stand_in}")
    return html.replace(own.me, _HOLES["me"].stand_in)


def _own(view: View, own: Personal) -> dict[str, Markup]:
    return {"mine": _mine(own), "own-texts": _own_texts(view, own), "data": _data(view, own)}


def _mine(own: Personal) -> Markup:
    return Markup(render_macro("phone/own_texts.html", "mine", texts=own.texts))  # noqa: S704


def _own_texts(view: View, own: Personal) -> Markup:
    """Their texts as forms; nearly always for nothing, but who has no scripts has no other way."""
    if not (own.initiatives or own.missions):
        return Markup()
    group, back = view.state.group(own.group), f"/a/{view.code}"
    those = cards(view, group, selectors.starting_line(view.state, own.group))
    named = {
        "view": view,
        "group": group,
        "own": own,
        "initiatives": editable(own, opened=""),
        "cards": those,
        "at": acts_at("a", view.code),
        "back": back,
    }
    return Markup(render_macro("phone/own_texts.html", "own_texts", **named))  # noqa: S704


def _data(view: View, own: Personal) -> Markup:
    return htmlsafe_json_dumps(
        own.data(view), dumps=environment().policies["json.dumps_function"], sort_keys=True
    )


def _undo_holes(group: Group) -> tuple[Hole, ...]:
    """« Annuler » of each card, hidden but on the one that its reader moved last."""
    keys = [f"{group.number}/{action}" for action in group.lines]
    return tuple(Hole(key, f"undo{_NONCE}{n:03d}", fixed=True) for n, key in enumerate(keys))


def _undo(group: Group, last: str) -> dict[str, str]:
    # As long as its hole; a space more or less inside a tag says nothing.
    shown = f"{group.number}/{last}"
    return {
        hole.name: ("" if hole.name == shown else _HIDDEN).ljust(len(hole.stand_in))
        for hole in _undo_holes(group)
    }


def _members(view: View, number: int) -> Markup:
    """The fragment that says who sits at the table: the page holds it as it stands here."""
    group, people = view.state.group(number), seated(view.state, number)
    return Markup(render_macro("phone/frame.html", "members", view=view, group=group, table=people))  # noqa: S704


def _basis(view: View, number: int) -> tuple[object, ...]:
    """All of the state that a page shows, besides who sits at the table and what its reader did."""
    state, group = view.state, view.state.group(number)
    shown = state.groups if state.phase in (Phase.REPORT_BACK, Phase.SYNTHESIS) else group
    vote = state.vote
    voted = (vote.id, vote.status, state.groups, *([vote] if is_revealed(state) else [])) if vote else ()
    named = tuple(state.people.get(line.moved_by) for line in group.lines.values())
    return (
        state.setup, shown, state.phase, state.status, state.presenting, state.clock, state.announcement,
        state.decisions, state.followed_up, state.late, state.one_pen, pen_holder(state, group),
        rapporteur(state, group),
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
