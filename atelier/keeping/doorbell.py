"""How the command line reaches the server that holds the folder: a file that only its owner can read says where."""

import json
import os
import secrets
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

NAME = ".serveur.json"
HEADER = "X-Atelier-Local"
PATIENCE_S = 60


class Doorbell(NamedTuple):
    """The port on this machine, and the token that every question carries."""

    port: int
    token: str


class Unanswered(Exception):  # noqa: N818 - nobody did
    """No server of ours answers; the message says what it said, if anything."""


def hang(sessions: Path, port: int) -> Doorbell:
    """Say where this server is, in place of what an earlier one said. Raises OSError."""
    bell = Doorbell(port, secrets.token_urlsafe(24))
    fresh = sessions / f"{NAME}.part"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(bell._asdict(), file)
    fresh.replace(sessions / NAME)
    return bell


def take_down(sessions: Path) -> None:
    """This server is about to end."""
    (sessions / NAME).unlink(missing_ok=True)


def ask(sessions: Path, what: str, **fields: str) -> dict[str, Any]:
    """Ask the running server for `what`; return its answer. Raises Unanswered."""
    try:
        bell = Doorbell(**json.loads((sessions / NAME).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise Unanswered(str(error)) from None
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
            return told
    except urllib.error.HTTPError as error:
        raise Unanswered(error.read().decode(errors="replace")) from None
    except (OSError, ValueError) as error:
        raise Unanswered(str(error)) from None
