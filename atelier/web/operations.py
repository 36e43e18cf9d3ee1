"""Operation ids: one an intention, made here for forms without JavaScript, by the outbox otherwise."""

import re
import secrets

_OP = re.compile(r"[A-Za-z0-9_-]{16,40}")


def new_op() -> str:
    """Return a fresh operation id."""
    return secrets.token_urlsafe(16)


def is_op(text: str) -> bool:
    """Tell whether `text` is written like an operation id."""
    return _OP.fullmatch(text) is not None
