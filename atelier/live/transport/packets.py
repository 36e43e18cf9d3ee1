"""Validation of incoming packets: only the kinds that our pages send, well-formed; anything else closes."""

from typing import Any

from socketio import packet

from atelier.limits import PACKETS_A_POST

SEPARATOR = "\x1e"
"""Between the packets of one polling request."""
UPGRADING = ("2probe", "5")
"""Packets by which a WebSocket takes over from polling."""
_FOR_US = ("connect", "disconnect")
"""Names that Socket.IO's server calls handlers by: an event must not."""


class Malformed(ValueError):  # noqa: N818 - the packet is
    """A packet that none of our pages sends."""


def check_frame(message: str | bytes, upgraded: bool) -> None:
    """Check one engine.io packet as a WebSocket brings it. Raises Malformed."""
    if isinstance(message, bytes):
        raise Malformed("binary frame")
    if message not in UPGRADING if not upgraded else not _is_packet(message):
        raise Malformed("undecodable")


def packets_of(body: bytes) -> list[str]:
    """Return the engine.io packets of a polling request. Raises Malformed."""
    try:
        packets = body.decode().split(SEPARATOR)
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    if len(packets) > PACKETS_A_POST:
        raise Malformed("too many packets")
    if not all(map(_is_packet, packets)):
        raise Malformed("undecodable")
    return packets


def decoded(kind: type[packet.Packet], content: str) -> packet.Packet:
    """Return the Socket.IO packet in a message. Raises Malformed."""
    try:
        whole = kind(encoded_packet=content)
    except (ValueError, RecursionError):
        raise Malformed("undecodable") from None
    if whole.attachment_count or whole.namespace not in (None, "/"):
        raise Malformed("attachments or namespace")
    if whole.packet_type == packet.EVENT and not _is_event(whole.data):
        raise Malformed("event")
    return whole


def _is_event(data: Any) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in _FOR_US


def _is_packet(message: str) -> bool:
    """Tell whether it is of a kind that pages send: no binary packets, whose parts nobody bounds, no answers."""
    return message in ("1", "3") or message[:2] in ("40", "41", "42")
