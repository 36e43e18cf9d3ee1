"""WebSocket frames (RFC 6455): bytes in, messages out. Pure, except that masks are drawn by chance."""

import os
from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_CONTINUATION = 0
_FINAL, _MASKED = 0x80, 0x80
_TWO_BYTES, _EIGHT_BYTES = 126, 127


def packed(opcode: int, payload: bytes) -> bytes:
    """Return one frame as a client sends it: final and masked."""
    size = len(payload)
    if size < _TWO_BYTES:
        head = bytes((_FINAL | opcode, _MASKED | size))
    elif size < 1 << 16:
        head = bytes((_FINAL | opcode, _MASKED | _TWO_BYTES)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FINAL | opcode, _MASKED | _EIGHT_BYTES)) + size.to_bytes(8, "big")
    mask = os.urandom(4)
    pad = (mask * (size // 4 + 1))[:size]
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")
    return head + mask + masked.to_bytes(size, "big")


class Frames:
    """Collects what a server sends until frames are whole."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._parts = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the messages that `data` completes, as opcode and payload; parts of one are put together."""
        held = self._held
        held += data
        start = 0
        while (found := _bounds(held, start)) is not None:
            first, last = found
            opcode, final = held[start] & 0x0F, held[start] & _FINAL
            payload = bytes(held[first:last])
            start = last
            if opcode >= CLOSE or (final and not self._parts and opcode != _CONTINUATION):
                yield opcode, payload
                continue
            self._parts += payload
            if final:
                whole = bytes(self._parts)
                self._parts.clear()
                yield TEXT, whole
        del held[:start]


def _bounds(held: bytearray, start: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `start` begins and ends; None while it is not all there."""
    if len(held) - start < 2:
        return None
    size, first = held[start + 1] & 0x7F, start + 2
    wide = {_TWO_BYTES: 2, _EIGHT_BYTES: 8}.get(size, 0)
    if wide:
        if len(held) - first < wide:
            return None
        size, first = int.from_bytes(held[first : first + wide], "big"), first + wide
    return (first, first + size) if len(held) - first >= size else None
