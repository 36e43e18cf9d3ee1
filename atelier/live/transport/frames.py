"""A server's WebSocket frames (RFC 6455): final, unmasked, never compressed."""

TEXT, BINARY = 0x81, 0x82
_TWO_BYTES, _EIGHT_BYTES = 126, 127


def frame(message: str | bytes) -> bytes:
    """Return the one frame that carries `message`."""
    kind, payload = (TEXT, message.encode()) if isinstance(message, str) else (BINARY, message)
    size = len(payload)
    if size < _TWO_BYTES:
        return bytes((kind, size)) + payload
    if size < 1 << 16:
        return bytes((kind, _TWO_BYTES)) + size.to_bytes(2, "big") + payload
    return bytes((kind, _EIGHT_BYTES)) + size.to_bytes(8, "big") + payload
