"""Acts and questions of a seated person over plain HTTP, by the cookie that their browser would hold."""

import gzip
import json
import secrets
import urllib.parse
import urllib.request
from typing import Any

from bench.prepared import Person


def act(base: str, person: Person, command: str, **fields: object) -> dict[str, Any]:
    """Post one act at the person's own table; return its position. Raises HTTPError when it is refused."""
    form = {"command": command, "op": secrets.token_hex(16), "group": person.group} | fields
    return _answer(base, f"/a/{person.code}/actes", person, urllib.parse.urlencode(form).encode())


def everything(base: str, person: Person) -> dict[str, Any]:
    """Return what a phone that knows nothing yet is told."""
    address = f"/a/{person.code}/depuis?audience=phone&group={person.group}&seq=0&head="
    return _answer(base, address, person, None)


def _answer(base: str, address: str, person: Person, body: bytes | None) -> dict[str, Any]:
    headers = {"Cookie": person.cookie, "Accept": "application/json", "Accept-Encoding": "gzip"}
    request = urllib.request.Request(base + address, data=body, headers=headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        content = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    found: dict[str, Any] = json.loads(gzip.decompress(content) if packed else content)
    return found
