"""Operation ids (idempotency keys): made here for forms without JavaScript, by the outbox otherwise."""

import re
import secrets
from collections.abc import Iterator
from itertools import count

_OP = re.compile(r"[A-Za-z0-9_-]{16,40}")
OP_HOLES = r'(?<=name="op" value=")[A-Za-z0-9_-]{16,40}(?=")'
"""Pattern that finds the operation ids in a rendered page."""


def new_op() -> str:
    """Return a fresh operation id."""
    return secrets.token_urlsafe(16)


def ops_like() -> Iterator[str]:
    """Yield fresh operation ids, as long as those of `new_op`, for the forms of one page."""
    page = secrets.token_urlsafe(16)[:-3]
    return (f"{page}{n:03x}" for n in count())


def is_op(text: str) -> bool:
    """Tell whether `text` is written like an operation id."""
    return _OP.fullmatch(text) is not None
