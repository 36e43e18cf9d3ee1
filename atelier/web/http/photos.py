"""Pictures that somebody sends: known by their bytes, read within limits, kept as nothing but their pixels."""

import io
import struct
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from atelier.limits import LOGO_BYTES, LOGO_SIDE, PHOTO_BYTES, PHOTO_PIXELS, PHOTO_SIDE
from atelier.runtime.concurrency import native_lock
from atelier.web.http import sentences

if TYPE_CHECKING:
    from PIL.Image import Image

_BEGINNINGS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
_SIDES = (PHOTO_SIDE, 1_500, 1_000, 600)
_QUALITIES = (85, 70, 50)


_ONE_AT_A_TIME = native_lock()
"""Each takes some 100 MB while it is read."""


class BadPhoto(Exception):  # noqa: N818 - the photo is
    """A file that is not taken for a photo; the message is a French sentence."""


def cleaned(body: bytes) -> bytes:
    """Return the picture as a JPEG of its pixels alone, upright, within `PHOTO_BYTES`. Raises BadPhoto. Slow.

    What a camera or an editor wrote beside the pixels (place, device, texts, previews) is not copied.
    """
    if len(body) > PHOTO_BYTES:
        raise BadPhoto(sentences.PHOTO_TOO_HEAVY)
    return _read(body, PHOTO_SIDE, _smallest)


def logo_of(body: bytes, drawn: Callable[[bytes], bytes]) -> bytes:
    """Return a logo as a PNG of its pixels alone, on white, within `LOGO_BYTES`. Raises BadPhoto. Slow.

    `drawn` makes the PNG of an SVG, where nothing that the drawing names or holds can do anything.
    """
    if len(body) > LOGO_BYTES:
        raise BadPhoto(sentences.LOGO_TOO_HEAVY)
    if _is_drawing(body):
        body = drawn(body)
    return _read(body, LOGO_SIDE, _smallest_png)


def _is_drawing(body: bytes) -> bool:
    start = body[:4_096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and b"<svg" in start


def _read(body: bytes, side: int, written: Callable[["Image"], bytes]) -> bytes:
    """Return the picture as `written` keeps its pixels, upright, within `side`. Raises BadPhoto."""
    from PIL import Image, ImageOps

    kind = _kind(body)
    try:
        with _ONE_AT_A_TIME, Image.open(io.BytesIO(body), formats=[kind]) as opened:
            if opened.width * opened.height > PHOTO_PIXELS:
                raise BadPhoto(sentences.PHOTO_TOO_WIDE)
            opened.thumbnail((side, side))
            return written(_flat(ImageOps.exif_transpose(opened)))
    except BadPhoto:
        raise
    except Image.DecompressionBombError as bomb:
        raise BadPhoto(sentences.PHOTO_TOO_WIDE) from bomb
    except Exception as error:  # whatever a decoder says of bytes that are none of a picture's
        raise BadPhoto(sentences.PHOTO_UNREADABLE) from error


def _kind(body: bytes) -> str:
    """Return the format that the first bytes tell. Raises BadPhoto."""
    kind = next((name for name, start in _BEGINNINGS.items() if body.startswith(start)), "")
    if not kind or (kind == "WEBP" and body[8:12] != b"WEBP"):
        raise BadPhoto(sentences.PHOTO_UNREADABLE)
    if kind == "WEBP" and _webp_pixels(body) > PHOTO_PIXELS:
        raise BadPhoto(sentences.PHOTO_TOO_WIDE)  # its decoder makes room for them all as it opens the file
    return kind


def _webp_pixels(body: bytes) -> int:
    """Return width × height as a WebP's header says. https://developers.google.com/speed/webp/docs/riff_container"""
    header = body[20:30].ljust(10, b"\0")
    if body[12:16] == b"VP8X":
        width, height = (1 + int.from_bytes(header[at : at + 3], "little") for at in (4, 7))
    elif body[12:16] == b"VP8L":
        bits = int.from_bytes(header[1:5], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (each & 0x3FFF for each in struct.unpack("<HH", header[6:10]))
    return width * height


def _flat(picture: "Image") -> "Image":
    """Return the pixels in a picture of their own, on white where they were transparent."""
    from PIL import Image

    flat = Image.new("RGB", picture.size, "white")
    solid = picture.convert("RGBA")
    flat.paste(solid, mask=solid)
    return flat


def _smallest(picture: "Image") -> bytes:
    """Return it as a JPEG within `PHOTO_BYTES`, as good and as large as that allows."""
    return next(made for made in _tries(picture) if len(made) <= PHOTO_BYTES)


def _tries(picture: "Image") -> Iterator[bytes]:
    for side in _SIDES:
        picture.thumbnail((side, side))
        for quality in _QUALITIES:
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=quality, optimize=True)
            yield made.getvalue()


def _smallest_png(picture: "Image") -> bytes:
    """Return it as a PNG within `LOGO_BYTES`, as large as that allows."""
    for side in (LOGO_SIDE, 500, 250):
        picture.thumbnail((side, side))
        made = io.BytesIO()
        picture.save(made, "PNG", optimize=True)
        if made.tell() <= LOGO_BYTES:
            break
    return made.getvalue()
