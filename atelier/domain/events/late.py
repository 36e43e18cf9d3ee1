"""Texts that came after their phase, and what became of them."""

from dataclasses import dataclass

from atelier.domain.values import Side, TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived:
    group: int
    text_id: str
    kind: TextKind
    action: str
    side: Side
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAccepted:
    """`action` is the line it went to: for a free line, the one it fills; empty for a mission."""

    group: int
    text_id: str
    kind: TextKind
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSetAside:
    text_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextResumed:
    """It was set aside, and is on the pile again."""

    text_id: str
