"""The head of a request, read strictly: where two readers could differ, it is refused."""

import re
from collections.abc import Iterator
from typing import Protocol

from atelier.limits import HEAD_LINES

_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\0\r\n]*)\r?\n")
"""No space before the colon, no line that goes on in the next, no lone carriage return: each was a way to smuggle."""
_END = (b"\r\n", b"\n")
_OF_THE_BODY = ("content-type", "content-length")


class Malformed(ValueError):  # noqa: N818 - the head is
    """A head that HTTP does not allow."""


class Lines(Protocol):
    """Reader of a head."""

    def readline(self) -> bytes:
        """Return the next line, b"" where there is none."""
        ...


class Headers:
    """The headers of a request as gevent asks for them: any case; the first of several."""

    status = ""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields = fields
        self._first = dict(reversed(fields))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._first

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return the first value of a header."""
        return self._first.get(name.lower(), default)

    getheader = get

    def get_all(self, name: str) -> list[str]:
        """Return all values of a header named in small letters."""
        return [value for each, value in self._fields if each == name]

    @property
    def typeheader(self) -> str | None:
        """The kind of the body."""
        return self._first.get("content-type")

    def environ(self) -> Iterator[tuple[str, str]]:
        """Yield what WSGI calls each; an underscore would pass for a hyphen, and is left out."""
        for name, value in self._fields:
            if "_" not in name and name not in _OF_THE_BODY:
                yield "HTTP_" + name.upper().replace("-", "_"), value


def headers_in(lines: Lines) -> Headers:
    """Read the headers of a request, as far as the empty line or the end. Raises Malformed."""
    fields: list[tuple[str, str]] = []
    while (line := lines.readline()) and line not in _END:
        found = _LINE.fullmatch(line)
        if found is None or len(fields) == HEAD_LINES:
            raise Malformed("no header")
        fields.append((found[1].decode().lower(), found[2].strip(b" \t").decode("latin-1")))
    return Headers(fields)
