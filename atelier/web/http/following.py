"""Pages of forms that follow what others do: they ask now and then whether what they show is still so."""

import zlib
from collections.abc import Callable

from flask import Response, request

ASKS = "marque"
"""The query by which `static/js/following.js` says what its page shows."""


def mark_of(*shown: object) -> str:
    """Return a short name of what a page shows: the same for the same values."""
    return f"{zlib.crc32(repr(shown).encode('utf-8', 'surrogatepass')):08x}"


def followed(mark: str, draw: Callable[[str], str]) -> Response:
    """Return the page that `draw` makes for `mark`; nothing (204) to one that shows it already."""
    if request.args.get(ASKS) == mark:
        return Response(status=204, mimetype="text/plain")
    return Response(draw(mark))
