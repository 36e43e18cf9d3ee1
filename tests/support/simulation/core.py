"""What a phone knows and wants, without network or screen: its outbox, its place in the journal, and how both meet.

Pure: `phone.py` gives it a network, `tests/faults/test_replicas.py` a hostile one.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.support.simulation import reader as reading
from tests.support.simulation.outbox import Entry, Meaning, Outbox
from tests.support.simulation.reader import Message, Reader


@dataclass(slots=True)
class PhoneCore:
    """One phone. After each connection it first learns whether the journal is still the one it knew, then sends."""

    reader: Reader
    outbox: Outbox = field(default_factory=Outbox)
    verified: bool = True
    _unread: int = 0

    def connected(self) -> None:
        """A connection was made: until the position is compared, nothing is sent."""
        self.reader = reading.connected(self.reader)
        self.verified = False
        self._unread = self.reader.seq

    def told(self, seq: int, head: str) -> tuple[Message, ...]:
        """`workshop:position`; return what to show."""
        following = reading.told(self.reader, seq, head)
        agreed = not self.reader.asking and not following.reader.behind
        self.reader = following.reader
        if agreed:
            self._verify(known=True)
        return following.show

    def heard(self, message: Message) -> tuple[Message, ...]:
        """`workshop:changed`; return what to show."""
        following = reading.heard(self.reader, message)
        self.reader = following.reader
        return following.show

    def ask(self) -> tuple[int, str] | None:
        """Return the position to ask « depuis » from, or None when there is nothing to ask."""
        if self.reader.asking or not self.reader.behind:
            return None
        self.reader = reading.asked(self.reader)
        return self.reader.seq, self.reader.head

    def caught_up(self, answer: Message) -> tuple[Message, ...]:
        """The answer of « depuis »; return what to show."""
        following = reading.caught_up(self.reader, answer)
        self.reader = following.reader
        agreed = not self.verified and not self.reader.behind and not self.reader.unsure
        if agreed or not answer["known"]:
            self._verify(known=answer["known"])
        return following.show

    def unanswered(self) -> None:
        """« depuis » got no answer."""
        self.reader = reading.unanswered(self.reader)

    def next_act(self, now: float) -> tuple[Entry | None, float]:
        """Return the act to send at `now` (ms), or None and how long to wait for the next one (0: nothing waits)."""
        return self.outbox.due(now) if self.verified else (None, 0)

    def answered(self, entry: Entry, status: int, meaning: Meaning, now: float, chance: float) -> None:
        """The answer of an act."""
        self.outbox.answered(entry, meaning, now, chance)

    def position(self) -> dict[str, Any]:
        """Where this phone is, as `depuis` is asked."""
        return {"seq": self.reader.seq, "head": self.reader.head}

    def _verify(self, known: bool) -> None:
        # What was acknowledged beyond where this reader had read is not vouched for by its position.
        self.verified = True
        self.outbox.resend_kept(after=self._unread if known else 0)
