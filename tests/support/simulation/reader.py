"""A reader of the journal: told things, it says what to show and whether to ask. The twin of static/js/live/reader.js.

Pure: takes and returns values. `tests/vectors/reader.json` holds the two to each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

HELD = 200

Message = Mapping[str, Any]
"""A `workshop:changed`, or an answer of « depuis »: `from`, `to`, `head` and what to draw."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Where a screen is. `asking`: between asking and the answer; `behind`: it knows that it misses something;
    `unsure`: between a connection and the position that it is told there, when messages may be of another journal."""

    seq: int
    head: str
    asking: bool = False
    behind: bool = False
    unsure: bool = False
    held: tuple[Message, ...] = ()
    asked_from: tuple[int, str] = (0, "")


@dataclass(frozen=True, slots=True)
class Next:
    """The reader after something, and the messages to show, in order."""

    reader: Reader
    show: tuple[Message, ...] = ()


def classify(seq: int, message: Message) -> Literal["apply", "stale", "gap"]:
    """Tell whether a message continues what is known at `seq`, is known already, or comes after something missed."""
    if message["from"] > seq:
        return "gap"
    return "stale" if message["to"] < seq else "apply"


def connected(reader: Reader) -> Reader:
    """The reader once a connection is made."""
    return replace(reader, unsure=True)


def heard(reader: Reader, message: Message) -> Next:
    """Take a `workshop:changed` in."""
    holding = reader.asking or reader.unsure
    kept = replace(reader, held=(*reader.held, message)[-HELD:]) if holding else reader
    # What misses something waits for its answer: moved on by a later message, it would ask from the wrong place.
    if reader.unsure or (reader.behind and not reader.asking):
        return Next(kept)
    meaning = classify(reader.seq, message)
    if meaning == "gap":
        return Next(replace(kept, behind=True))
    if meaning == "stale":
        return Next(kept)
    return Next(replace(kept, seq=message["to"], head=message["head"]), (message,))


def told(reader: Reader, seq: int, head: str) -> Next:
    """Take a `workshop:position` in: where the journal is, at a connection."""
    sure = replace(reader, unsure=False)
    if reader.asking:
        note: Message = {"position": {"seq": seq, "head": head}}
        return Next(replace(sure, held=(*reader.held, note)))
    if (seq, head) != (reader.seq, reader.head):
        return Next(replace(sure, behind=True, held=()))
    return _replayed(replace(sure, held=()), reader.held, ())


def asked(reader: Reader) -> Reader:
    """The reader once it has asked « depuis »."""
    return replace(reader, asking=True, behind=False, held=(), asked_from=(reader.seq, reader.head))


def unanswered(reader: Reader) -> Reader:
    """The reader whose question got no answer: it has to ask again, from where it had asked."""
    seq, head = reader.asked_from
    return replace(reader, seq=seq, head=head, asking=False, behind=True, held=())


def caught_up(reader: Reader, answer: Message) -> Next:
    """Take the answer in, then again what was heard while it was on its way."""
    start = Reader(answer["to"], answer["head"], unsure=reader.unsure)
    return _replayed(start, reader.held, (answer,))


def _replayed(now: Reader, held: tuple[Message, ...], show: tuple[Message, ...]) -> Next:
    for message in held:
        if "position" in message:
            now = _later(now, **message["position"])
        else:
            following = heard(now, message)
            now, show = following.reader, (*show, *following.show)
    return Next(now, show)


def _later(reader: Reader, seq: int, head: str) -> Reader:
    """Told while an answer was on its way: it only counts when the answer is from before it."""
    newer = seq > reader.seq or (seq == reader.seq and head != reader.head)
    return replace(reader, behind=True) if newer else reader
