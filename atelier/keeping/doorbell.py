"""How the command line reaches the servers that hold the folder: a file of each, for its owner only, says where."""

import json
import os
import secrets
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

NAMES = ".serveur-*.json"
HEADER = "X-Atelier-Local"
PATIENCE_S = 60


class Doorbell(NamedTuple):
    """The port on this machine, and the token that every question carries."""

    port: int
    token: str


class Unanswered(Exception):  # noqa: N818 - nobody did
    """No server of ours did what was asked; the message says what one of them said, if anything."""


def hang(sessions: Path, port: int) -> Doorbell:
    """Say where this server is, in place of what an earlier one on its port said. Raises OSError."""
    bell = Doorbell(port, secrets.token_urlsafe(24))
    place = _place(sessions, port)
    fresh = place.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(bell._asdict(), file)
    fresh.replace(place)
    return bell


def take_down(sessions: Path, port: int) -> None:
    """This server is about to end."""
    _place(sessions, port).unlink(missing_ok=True)


def ask(sessions: Path, what: str, **fields: str) -> dict[str, Any]:
    """Ask the running servers for `what`, one after the other; return the first answer, with the `port` of who gave it.

    Raises Unanswered.
    """
    said = ""
    for place in sorted(sessions.glob(NAMES)):
        try:
            return _asked(Doorbell(**json.loads(place.read_text())), what, fields)
        except Unanswered as no:
            said = str(no) or said
        except (OSError, ValueError, TypeError):
            continue  # left by a server that was killed
    raise Unanswered(said)


def _place(sessions: Path, port: int) -> Path:
    return sessions / NAMES.replace("*", str(port))


def _asked(bell: Doorbell, what: str, fields: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{bell.port}/local/{what}",
        data=urllib.parse.urlencode(fields).encode(),
        headers={HEADER: bell.token},
    )
    # Whatever proxy this machine uses, it is not for this.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE_S) as answer:
            told: dict[str, Any] = json.load(answer)
            return told | {"port": bell.port}
    except urllib.error.HTTPError as error:
        raise Unanswered(error.read().decode(errors="replace")) from None
