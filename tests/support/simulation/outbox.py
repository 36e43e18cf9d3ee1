"""A phone's outbox: what waits to be sent, what an answer means, what to send next. The twin of static/js/outbox/.

Pure: time and chance are handed in. `tests/vectors/outbox.json` holds the two to each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

FIRST_WAIT_MS, LONGEST_WAIT_MS, LONGEST_DELAY_MS = 500, 15_000, 60_000
STRANGE = (
    "Le serveur n’a pas accepté cet envoi. "
    "Votre texte est intact\u00a0: copiez-le ou montrez-le à l’animateur·rice."
)
_ARMS = ("fs", "cn")

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `op` names the intention: it is repeated with it until an answer comes. `at`: Unix ms of the phone."""

    op: str
    command: str
    fields: Fields
    at: int = 0
    tries: int = 0
    state: Literal["waiting", "refused"] = "waiting"
    message: str = ""
    code: str = ""


Queue = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer means for the act that was sent: saved at a position, later (ms), again, or refused."""

    kind: Literal["saved", "later", "again", "refused"]
    seq: int = 0
    head: str = ""
    delay: int = 0
    message: str = ""
    code: str = ""


def meaning_of(status: int, body: Any) -> Meaning:
    """Return what an answer means; only our own JSON with a position counts as saved. Status 0: no answer."""
    told = body if isinstance(body, dict) else {}
    if 200 <= status < 300:
        if type(told.get("seq")) is int:
            return Meaning("saved", seq=told["seq"], head=told.get("head", ""))
        return Meaning("again")
    if status == 429:
        wanted = told.get("retry_after_ms")
        return Meaning(
            "later", delay=min(wanted if type(wanted) is int and wanted else 1000, LONGEST_DELAY_MS)
        )
    if status in (408, 425) or status < 400 or status >= 500:
        return Meaning("again")
    return Meaning("refused", message=told.get("message") or STRANGE, code=told.get("refusal") or str(status))


def back_off(tries: int, chance: float) -> int:
    """Return how long to wait (ms) before attempt `tries` + 1: 0.5 s doubling to 15 s, spread by `chance` (0 to 1)."""
    longest = min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(tries, 10))
    return int(longest * (0.6 + 0.4 * chance) + 0.5)


def added(queue: Queue, entry: Entry) -> Queue:
    """Return the queue with one more act; two moves of the same card in a row are one until they were tried."""
    if not queue or not _same_move(queue[-1], entry):
        return (*queue, entry)
    last = queue[-1]
    return (*queue[:-1], replace(last, fields={**last.fields, **entry.fields}))


def without(queue: Queue, op: str) -> Queue:
    """Return the queue without the act `op`."""
    return tuple(entry for entry in queue if entry.op != op)


def waiting(queue: Queue) -> Queue:
    """Return what is still to be sent, in order: only ever the first is sent."""
    return tuple(entry for entry in queue if entry.state == "waiting")


def attempted(queue: Queue, op: str) -> Queue:
    """Return the queue once `op` is about to be sent: from then on its fields no longer change."""
    return tuple(replace(entry, tries=entry.tries + 1) if entry.op == op else entry for entry in queue)


def refused_as(queue: Queue, op: str, message: str, code: str) -> Queue:
    """Return the queue once the server said no to `op`; its text stays."""
    return tuple(
        replace(entry, state="refused", message=message, code=code) if entry.op == op else entry
        for entry in queue
    )


def _same_move(last: Entry, entry: Entry) -> bool:
    return (
        (last.state, last.tries) == ("waiting", 0)
        and last.command == entry.command == "place-action"
        and all(last.fields.get(name) == entry.fields.get(name) for name in ("group", "action"))
        and any(arm in entry.fields for arm in _ARMS)
    )


@dataclass(slots=True)
class Outbox:
    """The queue of one phone with its sender's patience; `kept` is what was acknowledged, with its positions."""

    queue: Queue = ()
    kept: list[tuple[Entry, Meaning]] = field(default_factory=list)
    _failures: int = 0
    _not_before: float = 0.0

    def add(self, entry: Entry) -> None:
        """Keep one act until it is answered."""
        self.queue = added(self.queue, entry)

    def due(self, now: float) -> tuple[Entry | None, float]:
        """Return the act to send at `now` (ms), or None and how long to wait; 0 when there is nothing to send."""
        line = waiting(self.queue)
        if not line:
            return None, 0
        if now < self._not_before:
            return None, self._not_before - now
        self.queue = attempted(self.queue, line[0].op)
        return line[0], 0

    def answered(self, entry: Entry, meaning: Meaning, now: float, chance: float) -> Meaning:
        """Take the answer of `entry` in; the queue is what remains to be done."""
        if meaning.kind == "later":
            self._not_before = now + meaning.delay
        elif meaning.kind == "again":
            self._failures += 1
            self._not_before = now + back_off(self._failures - 1, chance)
        else:
            self._failures = 0
            if meaning.kind == "refused":
                self.queue = refused_as(self.queue, entry.op, meaning.message, meaning.code)
            else:
                self.queue = without(self.queue, entry.op)
                self.kept = [each for each in self.kept if each[0].op != entry.op] + [(entry, meaning)]
        return meaning

    def hurry(self) -> None:
        """The network is back: try at once what failed for lack of it."""
        if self._failures:
            self._not_before = 0

    def resend_kept(self, after: int = 0) -> None:
        """What was acknowledged at a position beyond `after` goes out again, first and in order.

        Each with its operation id: what the journal still holds changes nothing there.
        """
        held = {entry.op for entry in self.queue}
        again = [entry for entry, told in self.kept if told.seq > after and entry.op not in held]
        self.queue = (*(replace(entry, state="waiting") for entry in again), *self.queue)
