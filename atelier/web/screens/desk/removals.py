"""Removals by facilitators during the last minute, which can still be undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.inverses import subject_of
from atelier.domain.state import Removal, Workshop
from atelier.domain.windows import left_of
from atelier.web.render.view import View
from atelier.wording import participant_name, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One removal that can be put back for `left_ms` more: what it was, and its own words if it had some."""

    removal: str
    what: str
    words: str
    left_ms: int


def offers(view: View) -> list[Offer]:
    """Return what can be put back right now, newest first."""
    found = [_offer(view, removal) for removal in view.state.removals.values()]
    return [offer for offer in reversed(found) if offer is not None]


def _offer(view: View, removal: Removal) -> Offer | None:
    left_ms = left_of(limits.REMOVAL_UNDO_MS, removal.at, view.at)
    remedy = removal.remedies[0]
    if left_ms <= 0 or subject_of(view.state, remedy) != removal.left_as:
        return None
    what, words = _said(view.state, removal, remedy)
    return Offer(removal=removal.id, what=what, words=words, left_ms=left_ms)


def _said(state: Workshop, removal: Removal, remedy: Any) -> tuple[str, str]:
    if isinstance(remedy, e.PeopleReturned):
        return plural(len(removal.people), "personne retirée", "personnes retirées"), ""
    what, words = _SAID[type(remedy)]
    return what, words(state, removal, remedy)


def _initiative(state: Workshop, removal: Removal, remedy: Any) -> str:
    return state.group(remedy.group).lines[remedy.action].initiatives[remedy.initiative].text


def _decision(state: Workshop, removal: Removal, remedy: Any) -> str:
    return removal.decision.what if removal.decision else ""


_SAID: dict[type[e.Event], tuple[str, Callable[[Workshop, Removal, Any], str]]] = {
    e.InitiativeRestored: ("Initiative retirée", _initiative),
    e.MissionRestored: (
        "Mission retirée",
        lambda state, _, remedy: state.group(remedy.group).missions[remedy.mission].text,
    ),
    e.ActionRestored: (
        "Autre action retirée",
        lambda state, _, remedy: state.group(remedy.group).lines[remedy.action].action.label,
    ),
    e.DecisionRestored: ("Décision retirée", _decision),
    e.ParticipantReturned: (
        "Personne retirée",
        lambda state, _, remedy: participant_name(state.people[remedy.participant], "Sans prénom"),
    ),
    e.VoteRestored: ("Vote annulé", lambda state, removal, remedy: ""),
    e.AnnouncementMade: ("Annonce retirée", lambda state, _, remedy: remedy.text),
}
