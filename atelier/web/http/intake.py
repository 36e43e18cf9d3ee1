"""What every act passes, by whichever way it came: shape, who, rate, entrance; then the service."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from atelier import wording
from atelier.access.operation_ids import is_op
from atelier.domain.commands import Command, Join
from atelier.domain.refusals import Code, Refused
from atelier.domain.registry import RULES
from atelier.domain.state import Workshop
from atelier.domain.values import Actor, Role
from atelier.live import admission
from atelier.live.admission import Visitor, seated
from atelier.live.regions import Kind
from atelier.service.service import Damaged, ErasureUnfinished, Position, StorageFailed, Unreachable
from atelier.service.workshop import Snapshot
from atelier.web.http import sentences
from atelier.web.http.context import Context
from atelier.web.http.forms import Malformed, UnknownField, command_from
from atelier.web.http.newcomers import is_crowded
from atelier.web.render.templating import assets

STATUS = {
    Code.NOT_ALLOWED: 403, Code.NO_IDENTITY: 403, Code.NOT_JOINED: 403, Code.OTHER_GROUP: 403, Code.NOT_YOURS: 403,
    Code.UNKNOWN_WORKSHOP: 404, Code.TEXT_EMPTY: 422, Code.TEXT_TOO_LONG: 422, Code.TEXT_UNREADABLE: 422,
    Code.NOT_A_REACH: 422, Code.NOT_A_DATE: 422, Code.NOT_A_SETUP: 422, Code.NOT_A_VIEW: 422, Code.NOT_A_VOTE: 422,
}  # fmt: skip
"""Every other refusal is a 409: right in itself, but not in the state the workshop is in."""
_ENVELOPE = frozenset({"command", "op", "back"})
"""What a form holds besides the fields of its command."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: a form never holds one, since browsers replace it; JSON may."""

_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (UnknownField, sentences.UNKNOWN_FIELD),
    (Malformed, sentences.MALFORMED),
    (ErasureUnfinished, wording.ERASURE_UNFINISHED),
    (Unreachable, sentences.UNREACHABLE),
    (StorageFailed, sentences.STORAGE_FAILED),
    # It was whole when it was opened, or there would be no workshop to act in.
    (Damaged, sentences.DAMAGED_MEANWHILE),
)

Author = Callable[[Workshop, Command], Actor]
Network = Callable[[], str]


class TooFast(Exception):  # noqa: N818 - not yet, rather than no
    """More acts than a hand makes: the same may be sent again after `wait_s` seconds."""

    sentence = sentences.TOO_FAST

    def __init__(self, wait_s: float) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class NotYet(TooFast):
    """A newcomer whose turn comes in `wait_s` seconds."""

    sentence = sentences.CROWD


class Unidentified(Exception):  # noqa: N818
    """This browser is nobody here."""


PROBLEMS = (
    Malformed,
    TooFast,
    Unidentified,
    Refused,
    ErasureUnfinished,
    StorageFailed,
    Damaged,
)
"""What `taken` raises; then nothing was written, and `told` has the words."""


class Told(NamedTuple):
    """An answer to a script: an HTTP status, whichever way it takes, and a JSON body."""

    status: int
    body: dict[str, Any]


def shaped(form: Mapping[str, str], version: str | None) -> tuple[Command, str]:
    """Return command and operation id. Raises Malformed.

    `version`: of the program that drew the page; None when it says nothing of it.
    """
    op = form.get("op", "")
    if not is_op(op):
        raise Malformed("no operation id")
    ours = version is None or version == assets().version
    return command_from(form, _ENVELOPE if ours else None), op


def form_in(body: object) -> dict[str, str]:
    """Return what a message says as the form would have it that says the same. Raises Malformed."""
    if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values()):
        raise Malformed("no form")
    return {name: _HALF.sub("\ufffd", value) for name, value in body.items()}


def on_a_phone(visitor: Visitor, state: Workshop, command: Command) -> Actor:
    """Return who acts on a phone's page: this browser's participant.

    Pages of before `/animer/CODE/actes` sent everything there: what only facilitators do, and whatever comes from a
    facilitator who has no seat, is the facilitator's.
    """
    roles = RULES[type(command)].roles
    theirs = Role.FACILITATOR in roles and (Role.PARTICIPANT not in roles or not seated(state, visitor))
    if theirs and admission.facilitates(state, visitor):
        return admission.facilitator(visitor)
    return admission.participant(state, visitor)


def taken(
    context: Context, snapshot: Snapshot, author: Author, network: Network, asked: tuple[Command, str]
) -> Position:
    """Have an act done that has its shape; return where the journal is by it. Raises one of `PROBLEMS`."""
    command, op = asked
    by = author(snapshot.state, command)
    keep_pace(context, f"{snapshot.code}/{by.id or network()}")
    if not by.id and by.role is not Role.FACILITATOR:
        raise Unidentified
    if isinstance(command, Join):
        _await_turn(context, snapshot, by, network)
    try:
        return context.service.handle(snapshot.code, command, by, op)
    except Refused:
        newest = author(context.service.read(snapshot.code).state, command)
        if newest == by:
            raise
        # Another node had let them in, of which this one has only now read.
        return context.service.handle(snapshot.code, command, newest, op)


def keep_pace(context: Context, bucket: str) -> None:
    """Take an act from the token bucket of a person, a desk or a network. Raises TooFast when it is empty."""
    wait_s = context.writes.take(bucket)
    if wait_s:
        raise TooFast(wait_s)


def told(problem: Exception) -> Told:
    """Return the answer to an act that was not done."""
    match problem:
        case Refused():
            sentence = wording.refusal_sentence(problem.code, problem.detail)
            body = {"refusal": problem.code.value, "message": sentence}
            return Told(STATUS.get(problem.code, 409), body)
        case Unidentified():
            return told(Refused(Code.NOT_JOINED))
        case TooFast():
            wait_ms = int(problem.wait_s * 1000) + 1
            return Told(429, {"retry_after_ms": wait_ms, "message": problem.sentence})
    status = 400 if isinstance(problem, Malformed) else 503
    return Told(status, {"message": sentence_of(problem)})


def sentence_of(problem: Exception) -> str:
    """Return what is said of a form that cannot be read, or of a storage that refuses."""
    return next(text for kind, text in _SENTENCES if isinstance(problem, kind))


def _await_turn(context: Context, snapshot: Snapshot, by: Actor, network: Network) -> None:
    """Raise NotYet for a newcomer to a crowd whose turn has not come; whoever was here before has none to wait for."""
    if by.id in snapshot.state.people or not is_crowded(snapshot.state):
        return
    wait_s = context.waiting_room.wait(snapshot.code, by.id or network())
    if wait_s:
        context.touched(snapshot.code, Kind.PRESENCE)
        raise NotYet(wait_s)
