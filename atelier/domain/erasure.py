"""What erasure does to history: which words, answers, dots leave which facts. The facts stay: what follows holds."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.text import BLANK

WORDS = frozenset({"text", "label", "name", "what", "who", "due"})
_OURS = (e.WorkshopPrepared, e.SetupRevised, e.KeyIssued, e.KeyRevoked)
_NAMES = (e.ParticipantJoined, e.ParticipantIntroduced)
_MADE = {
    e.InitiativePosted: "initiative",
    e.MissionAdded: "mission",
    e.TextReceived: "text_id",
}
ERASING = (e.ParticipantErased, e.WorkshopCleared)
ERASING_COMMANDS = (c.EraseParticipant, c.ResetWorkshop)
"""Whoever gives one of these is answered once nothing is left of the words."""


def redactions(facts: Iterable[Fact]) -> Iterator[tuple[int, Fact]]:
    """Yield the facts that still hold words which a later fact erased, each with its index and without those words."""
    history = list(facts)
    reset = max(
        (n for n, fact in enumerate(history) if isinstance(fact.event, e.WorkshopCleared)), default=-1
    )
    erased = {fact.event.participant for fact in history if isinstance(fact.event, e.ParticipantErased)}
    theirs = set(_made_by(history, erased))
    for n, fact in enumerate(history):
        if isinstance(fact.event, _OURS):
            continue
        if n < reset or _is_theirs(fact, erased, theirs):
            blank = _blanked(fact.event)
            if blank != fact.event:
                yield n, replace(fact, event=blank)


def _made_by(history: list[Fact], people: set[str]) -> Iterator[str]:
    for fact in history:
        made = _MADE.get(type(fact.event))
        if made is not None and fact.by.id in people:
            yield getattr(fact.event, made)


def _is_theirs(fact: Fact, people: set[str], made: set[str]) -> bool:
    event: Any = fact.event
    if isinstance(event, _NAMES):
        return event.participant in people
    if isinstance(event, e.DotsPlaced):
        return fact.by.id in people  # what others gave a text that goes says nothing of its author
    return fact.by.id in people or any(
        getattr(event, name, None) in made for name in ("initiative", "mission", "text_id")
    )


def _blanked(event: Any) -> Any:
    if isinstance(event, e.AnswerRecorded):
        return replace(event, reach=None)  # the trade stays, as in the fact of their arrival
    if isinstance(event, e.DotsPlaced):
        return replace(event, initiative="", dots=0)
    empty = "" if isinstance(event, _NAMES) else BLANK
    words = {
        field.name: empty for field in fields(event) if field.name in WORDS and getattr(event, field.name)
    }
    return replace(event, **words) if words else event
