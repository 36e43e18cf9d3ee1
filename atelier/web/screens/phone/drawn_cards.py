"""Cards of a phone's page, kept once drawn: most changes of a table are about one of them."""

import re
from itertools import chain
from typing import NamedTuple

from markupsafe import Markup

from atelier.access.operation_ids import OP_HOLES, ops_like
from atelier.domain.state import Group, Line
from atelier.limits import CARDS_BYTES, SKELETON_S
from atelier.runtime.lru import LRUCache, is_unchanged
from atelier.web.render.templating import render_macro
from atelier.web.render.view import View
from atelier.web.screens.phone.card_lists import listed
from atelier.web.screens.phone.personal import Personal

_OPS = re.compile(OP_HOLES)
"""Every page has operation ids of its own: two acts with the same one count once."""
_Key = tuple[str, int, str, str, str]


class _Drawn(NamedTuple):
    """A card, what stands between its operation ids, and what of the state it was drawn from (compared by identity:
    states share what did not change)."""

    parts: tuple[str, ...]
    basis: tuple[object, ...]


_KEPT: LRUCache[_Key, _Drawn] = LRUCache(CARDS_BYTES, SKELETON_S)
"""As long as pages, since they say « il y a 2 min » too."""


def drawn_card(
    view: View, group: Group, line: Line, number: int, poles: tuple[str, str], own: Personal, at: str, back: str,
    opened: str,
) -> Markup:  # fmt: skip
    """Return the card of `line`; one that shows nothing of its reader is drawn once for their table and trade."""
    if view.state.answers_first or _is_own(line, own, opened):
        return _card(view, group, line, number, poles, own, at, back, opened)
    trade = own.trade.value if own.trade else ""
    key = (at, group.number, trade, line.action.id, back)
    basis = (view.state.setup, line, number, view.state.people.get(line.moved_by))
    found = _KEPT.get(key)
    if found is None or not is_unchanged(found.basis, basis):
        html = _card(view, group, line, number, poles, own, at, back, opened)
        found = _KEPT.put(key, _Drawn(tuple(_OPS.split(html)), basis), 2 * len(html))
    first, *others = found.parts
    return Markup("".join([first, *chain.from_iterable(zip(ops_like(), others, strict=False))]))  # noqa: S704


def _is_own(line: Line, own: Personal, opened: str) -> bool:
    return line.action.id in (opened, own.last_line) or line.action.id in own.hidden


def _card(
    view: View, group: Group, line: Line, number: int, poles: tuple[str, str], own: Personal, at: str, back: str,
    opened: str,
) -> Markup:  # fmt: skip
    named = {"view": view, "group": group, "line": line, "number": number, "poles": poles, "own": own}
    named |= {"shown": listed(line, whole=line.action.id == opened), "at": at, "back": back, "opened": opened}
    return Markup(render_macro("phone/card.html", "card", **named))  # noqa: S704
