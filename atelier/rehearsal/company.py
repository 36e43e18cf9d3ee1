"""The company: plays the cues on a running server, one browser a person, the desk included."""

import time
import urllib.error
from collections.abc import Callable
from typing import Any

from atelier.doctrines.loading import load
from atelier.rehearsal.browser import Browser
from atelier.rehearsal.play import DESK, Cue, Play, content

OFFLINE = ("3-cn-1", 1_000.0, 1_240.0)
"""This person's phone is out of reach between these seconds: its acts wait in its outbox, then leave in order."""


class Company:
    """Prepares a workshop and plays it."""

    def __init__(self, base: str, create_key: str = "") -> None:
        self._base = base
        self.told = content()
        self.desk = Browser(base)
        self.browsers: dict[str, Browser] = {DESK: self.desk}
        self._named: dict[str, str] = {}
        self._outbox: list[Cue] = []
        self.code = self._prepare(create_key)
        self.play = Play(self.told, self._actions())
        self.cues = self.play.cues()

    def run(self, speed: float, until: Callable[[Cue], bool] = lambda cue: False) -> list[Cue]:
        """Play at `speed` (60: an hour in a minute; 0: without waiting) up to `until`; return what is left to play."""
        started, first = time.monotonic(), self.cues[0].at if self.cues else 0.0
        while self.cues and not until(self.cues[0]):
            cue = self.cues.pop(0)
            if speed:
                time.sleep(max(0.0, (cue.at - first) / speed - (time.monotonic() - started)))
            self._deliver(cue)
        return self.cues

    def _prepare(self, create_key: str) -> str:
        fields = {name: self.told[name] for name in ("title", "place", "territory", "organiser")}
        status, location, text = self.desk.post("/preparer", fields | {"create_key": create_key})
        if "/animer/" not in location:
            raise RuntimeError(f"the server did not prepare the rehearsal ({status}): {text[:200]}")
        return location.split("/")[2]

    def _actions(self) -> list[str]:
        return [action.id for action in load("articulation").actions]

    def _deliver(self, cue: Cue) -> None:
        who, since, back = OFFLINE
        if self._outbox and cue.at >= back:
            waiting, self._outbox = self._outbox, []
            for each in waiting:
                self._send(each)
        if cue.who == who and since <= cue.at < back:
            self._outbox.append(cue)
        else:
            self._send(cue)

    def _send(self, cue: Cue) -> None:
        browser = self.browsers.setdefault(cue.who, Browser(self._base))
        fields = {name: self._resolved(value) for name, value in cue.fields.items()}
        if None in fields.values():
            return  # supports a text that is still in somebody's outbox
        if cue.command == "join":
            browser.join(self.code, **fields)
            return
        answer = browser.act(self.code, cue.command, **fields)
        if cue.named:
            self._named[f"@{fields['group']}/{cue.named}"] = answer["op"]

    def _resolved(self, value: Any) -> Any:
        return self._named.get(value) if isinstance(value, str) and value.startswith("@") else value


def reachable(base: str) -> bool:
    """Tell whether a server answers at `base`."""
    try:
        Browser(base).get("/etat")
    except (OSError, urllib.error.URLError):
        return False
    return True
