"""Flags of the desk: `data-…` attributes of <body> that show and press controls without redrawing forms.

A condition such as `phase=report-back presenting!=0 lagging~2` is read here for the page, and by
`static/js/desk/show-if.js` afterwards: both know `=`, `!=` (one of several values, comma-separated)
and `~` (in a list).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from atelier.domain.values import Phase
from atelier.movement import followed
from atelier.web.render.view import View, mark_of
from atelier.web.screens.desk.groups import lagging

_TERM = re.compile(r"([a-z-]+)(!?=|~)(\S+)")


def desk_flags(view: View) -> dict[str, str]:
    """Return the flags of the desk at this position."""
    state = view.state
    after = list(Phase)[list(Phase).index(state.phase) + 1 :]
    return {
        "phase": state.phase.value,
        "status": state.status.value,
        "presenting": str(state.presenting),
        "scene": state.wall.scene.value,
        "scene-group": str(state.wall.group),
        "covered": "yes" if state.covered else "no",
        "discreet": "yes" if state.discreet else "no",
        "footer": "all" if state.footer_open else "starred",
        "order": "discuss" if state.discuss_first else "sheet",
        "vote": state.vote.status.value if state.vote else "none",
        "pens": "one" if state.one_pen else "all",
        "answers": "first" if state.answers_first else "no",
        "follows": "yes" if followed(state) else "no",
        "announced": "yes" if state.announcement else "no",
        "ticking": state.clock.status.value,
        "timed": "yes" if state.clock.total_ms else "no",
        "total": str(state.clock.total_ms),
        "next": after[0].value if after else "end",
        "ready": " ".join(str(group.number) for group in state.groups if group.ready),
        "lagging": " ".join(map(str, lagging(state))),
        # A revised setup changes forms too: the page sees this change and loads itself again.
        "setup": mark_of(state.prepared),
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown and what is pressed, given some flags."""

    flags: Mapping[str, str]

    def holds(self, condition: str) -> bool:
        """Tell whether every term of `condition` holds."""
        return all(self._holds(*term) for term in _TERM.findall(condition))

    def when(self, condition: str) -> Markup:
        """Return the attributes of an element that is there only while `condition` holds."""
        hidden = "" if self.holds(condition) else " hidden"
        return Markup(' data-atelier-when="{}"{}').format(condition, hidden)

    def pressed(self, condition: str) -> Markup:
        """Return the attributes of a button that looks pressed while `condition` holds."""
        state = "true" if self.holds(condition) else "false"
        return Markup(' data-atelier-pressed="{}" aria-pressed="{}"').format(condition, state)

    def _holds(self, key: str, sign: str, value: str) -> bool:
        actual = self.flags.get(key, "")
        if sign == "~":
            return value in actual.split()
        return (actual in value.split(",")) is (sign == "=")
