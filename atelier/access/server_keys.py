"""The keys of the server itself, kept beside the journals; where the disk takes nothing, made now and kept later."""

from pathlib import Path

from atelier.config import (
    CREATE_KEY_FILE,
    SECRET,
    Config,
    create_key_of,
    keep_secret,
    new_create_key,
    new_secret,
    secret_of,
)
from atelier.deferred import DeferredWrites


def signing_secret(config: Config, deferred: DeferredWrites) -> bytes:
    """Return what signs cookies and codes. Where it cannot be kept yet, a restart forgets it. Raises OSError."""
    return config.secret or _secret(config.sessions, deferred)


def _secret(sessions: Path, deferred: DeferredWrites) -> bytes:
    try:
        return secret_of(sessions)
    except OSError:
        if (sessions / SECRET).exists():
            raise  # there is one, that we may not read: another would make strangers of everybody
    fresh = new_secret()
    deferred.attempt("secret", lambda: keep_secret(sessions, fresh))
    return fresh


def creation_key(config: Config, deferred: DeferredWrites) -> str:
    """Return the key with which workshops are created; empty where none is needed."""
    try:
        return create_key_of(config)
    except OSError:  # nothing can be created either, until the disk takes it
        fresh = new_create_key()
    deferred.attempt("create-key", lambda: keep_secret(config.sessions, fresh.encode(), CREATE_KEY_FILE))
    return fresh
