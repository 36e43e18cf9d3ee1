"""Keys of secret links: derived from the machine's secret, so they can be shown again; journals hold hashes only."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from atelier.domain.state import Key, Workshop


def new_key_id() -> str:
    """Return the public name of a new key."""
    return secrets.token_hex(8)


def secret_for(machine_secret: bytes, code: str, key_id: str) -> str:
    """Return the 160 secret bits of a key, as they stand in its link."""
    digest = hmac.new(machine_secret, f"key:{code}:{key_id}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")


def hash_of(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal, as the journal holds it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(state: Workshop, secret: str) -> Key | None:
    """Return the working key of a secret, None when unknown or revoked. Compares in constant time."""
    hashed = hash_of(secret)
    for key in state.keys.values():
        if hmac.compare_digest(key.key_hash, hashed) and not key.revoked:
            return key
    return None
