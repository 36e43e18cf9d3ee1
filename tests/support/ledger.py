"""Authors who write without pause, what they were told, and whether the journals say the same afterwards."""

import http
import http.client
import itertools
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from atelier.domain import limits
from tests.support.running import RunningServer
from tests.support.simulation.browser import Browser

PAUSE_S = 0.05
AGAIN = {
    http.HTTPStatus.TOO_MANY_REQUESTS,
    http.HTTPStatus.SERVICE_UNAVAILABLE,
    http.HTTPStatus.BAD_GATEWAY,
}
"""Answers after which a phone sends the same again: too fast, a disk that refuses, nginx in front of who is down."""


@dataclass(frozen=True, slots=True)
class Told:
    """One acknowledgement: the operation, and the position that the server answered."""

    op: str
    seq: int
    head: str


class Acknowledged(Protocol):
    """Somebody who wrote: in which workshop, and what they were told, in order."""

    code: str
    told: list[Told]


class Author(threading.Thread):
    """One phone: an initiative or a placement, again and again; each sent until it is answered."""

    def __init__(
        self, base: str, code: str, group: int, pause_s: float = 0.0, others: Sequence[str] = ()
    ) -> None:
        """`others`: more nodes, which it turns to in turns, with the same act when one did not answer."""
        super().__init__(daemon=True)
        self._bases = itertools.cycle([base, *others])
        self.code, self.group, self.pause_s = code, group, pause_s
        self.told: list[Told] = []
        self.answers: list[tuple[float, int, str]] = []
        self.browser, self._going = Browser(base), True
        self.browser.join(code, "fs", group, "")

    def run(self) -> None:
        """Write until `stop`."""
        for n in itertools.count():
            if not self._going:
                return
            self._insist(self._fields(n))
            time.sleep(self.pause_s)

    def stop(self) -> None:
        """End once the act on its way is answered."""
        self._going = False

    def failures(self) -> list[str]:
        """Return what a server without room to write said, each sentence once."""
        return sorted(
            {said for _, status, said in self.answers if status == http.HTTPStatus.SERVICE_UNAVAILABLE}
        )

    def _fields(self, n: int) -> dict[str, object]:
        if n % 4 == 0 and n // 4 < limits.TEXTS_PER_PERSON:
            text = secrets.token_hex(8)
            return {"command": "post-initiative", "group": self.group, "action": "orienter", "text": text}
        fs, cn = n % 20 * 5, (n * 7) % 21 * 5
        return {"command": "place-action", "group": self.group, "action": "former", "fs": fs, "cn": cn}

    def _insist(self, fields: dict[str, object]) -> None:
        body = {**fields, "op": secrets.token_urlsafe(16)}
        while True:
            self.browser.base = next(self._bases)
            try:
                status, _, text = self.browser.post(f"/a/{self.code}/actes", body, "application/json")
                answer = json.loads(text)
            except (OSError, http.client.HTTPException):
                time.sleep(PAUSE_S)
                continue
            self.answers.append((time.monotonic(), status, answer.get("message", "")))
            if status == http.HTTPStatus.OK:
                self.told.append(Told(str(body["op"]), answer["seq"], answer["head"]))
                return
            if status not in AGAIN:
                raise AssertionError(f"{status}: {text[:200]}")
            time.sleep(answer.get("retry_after_ms", 1000 * PAUSE_S) / 1000)


def workshop(server: RunningServer, desk: Browser | None = None) -> str:
    """Prepare a workshop in which sheets can be filled, by `desk`; return its code."""
    desk = desk or Browser(server.base)
    code = desk.post("/preparer", {})[1].split("/")[2]
    desk.act(code, "open-phase", phase="articulations")
    return code


def seated(server: RunningServer, workshops: int = 3, groups: int = 3, pause_s: float = 0.0) -> list[Author]:
    """Start one author a group in so many workshops."""
    codes = [workshop(server) for _ in range(workshops)]
    authors = [Author(server.base, code, group + 1, pause_s) for code in codes for group in range(groups)]
    for author in authors:
        author.start()
    return authors


def settle(authors: list[Author]) -> None:
    """Let everybody finish the act on its way. Raises AssertionError when one never gets an answer."""
    for author in authors:
        author.stop()
    for author in authors:
        author.join(timeout=60)
        assert not author.is_alive(), "never answered"


def faults(sessions: Path, authors: Sequence[Acknowledged]) -> list[str]:
    """Compare what was acknowledged with the journals of a server that is stopped; return what does not agree."""
    found: list[str] = []
    for code in sorted({author.code for author in authors}):
        with closing(sqlite3.connect(sessions / f"{code}.db")) as journal:
            heads = dict(journal.execute("select seq, head from events"))
            accepted = journal.execute("select op, seq from operations").fetchall()
            texts = journal.execute("select data from events where type = 'initiative.posted'").fetchall()
        texts = [json.loads(each)["text"] for (each,) in texts]
        found += faults_of(code, heads, accepted, texts, authors)
    return found


def faults_of(
    code: str,
    heads: dict[int, str],
    accepted: Sequence[tuple[str, int]],
    texts: Sequence[str],
    authors: Sequence[Acknowledged],
) -> list[str]:
    """Compare what was acknowledged with what a journal holds; return what does not agree."""
    found = []
    if sorted(heads) != list(range(1, len(heads) + 1)):
        found.append(f"{code}: a gap in the journal")
    if len(accepted) != len(dict(accepted)) or len(texts) != len(set(texts)):
        found.append(f"{code}: doubled")
    for author in authors:
        if author.code == code:
            found += _disagreements(author, dict(accepted), heads)
    return found


def _disagreements(author: Acknowledged, accepted: dict[str, int], heads: dict[int, str]) -> list[str]:
    found, last = [], 0
    for told in author.told:
        if accepted.get(told.op) != told.seq or heads.get(told.seq) != told.head:
            found.append(f"{author.code}: lost, {told}")
        elif told.seq <= last:
            found.append(f"{author.code}: out of order, {told} after {last}")
        last = max(last, told.seq)
    return found
