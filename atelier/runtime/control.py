"""Control endpoint: how the command line reaches the servers that hold the folder of journals.

Each server publishes its port and a token in a file beside the journals, readable by its owner only.
"""

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from atelier.runtime.private_file import replace_private

NAMES = ".serveur-*.json"
HEADER = "X-Atelier-Local"
PATIENCE_S = 60


class Endpoint(NamedTuple):
    """The port of a server on this machine, and the token that every request carries."""

    port: int
    token: str


class Unanswered(Exception):  # noqa: N818 - nobody did
    """No running server carried out the request; the message is one server's refusal, or empty."""


def new_token() -> str:
    """Return a token that nobody knows."""
    return secrets.token_urlsafe(24)


def publish(sessions: Path, port: int, token: str) -> None:
    """Write the control file of this server, replacing an earlier one of its port. Raises OSError."""
    replace_private(_place(sessions, port), json.dumps(Endpoint(port, token)._asdict()).encode())


def unpublish(sessions: Path, port: int) -> None:
    """Delete the control file of this server. Raises OSError."""
    _place(sessions, port).unlink(missing_ok=True)


def request(sessions: Path, what: str, **fields: str) -> dict[str, Any]:
    """POST `what` to each running server in turn; return the first answer, plus its `port`. Raises Unanswered."""
    refusal = ""
    for endpoint in _endpoints(sessions):
        try:
            return _sent(endpoint, what, fields)
        except Unanswered as no:
            refusal = str(no) or refusal
        except (OSError, ValueError, TypeError):
            continue  # left by a server that was killed
    raise Unanswered(refusal)


def served_port(sessions: Path) -> int:
    """Return the port of a server that works on this folder, 0 when none says so."""
    return next((endpoint.port for endpoint in _endpoints(sessions)), 0)


def _endpoints(sessions: Path) -> Iterator[Endpoint]:
    """Yield what each control file says; one that cannot be read is passed over."""
    for place in sorted(sessions.glob(NAMES)):
        try:
            endpoint = Endpoint(**json.loads(place.read_text()))
        except (OSError, ValueError, TypeError):
            continue
        yield endpoint


def _place(sessions: Path, port: int) -> Path:
    return sessions / NAMES.replace("*", str(port))


def _sent(endpoint: Endpoint, what: str, fields: dict[str, str]) -> dict[str, Any]:
    post = urllib.request.Request(
        f"http://127.0.0.1:{endpoint.port}/local/{what}",
        data=urllib.parse.urlencode(fields).encode(),
        headers={HEADER: endpoint.token},
    )
    # Whatever proxy this machine uses, it is not for this.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(post, timeout=PATIENCE_S) as answer:
            body: dict[str, Any] = json.load(answer)
            return body | {"port": endpoint.port}
    except urllib.error.HTTPError as error:
        raise Unanswered(error.read().decode(errors="replace")) from None
