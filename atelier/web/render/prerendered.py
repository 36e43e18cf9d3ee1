"""Pages drawn and compressed once, with holes for what belongs to each reader.

A page is one gzip stream made of pieces that were compressed beforehand. Where a piece ends on a byte, a hole is filled
with a stored block; later pieces still refer to the text before it, because the hole keeps its length (`fixed`) or
because the compressor forgot that text there.
"""

import re
import struct
import zlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from markupsafe import escape

from atelier.access.operation_ids import OP_HOLES, ops_like
from atelier.runtime.lru import LRUCache, is_unchanged

_LEVEL, _QUICK = 9, 4
_WORTH_PACKING = 500
"""Bytes of what fills a hole from which on it is compressed too."""
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"
_EMPTY_BLOCK = b"\x00\x00\xff\xff"
"""The length, none, and its complement, of the block with which a flush ends."""
_BLOCK_BYTES = 0xFFFF
_OP = "op"
_BASIS_BYTES = 1_000


class DoesNotFit(Exception):  # noqa: N818 - what it says of a value
    """A value is longer or shorter than its hole: the page has to be drawn for itself."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place that is filled for each reader. `stand_in`: what the drawn page has there. `fixed`: every value is as
    long as the stand-in, which lets the rest compress better."""

    name: str
    stand_in: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some text of the page, the same as deflated, and the hole behind it; None at the end."""

    plain: bytes
    packed: bytes
    hole: Hole | None


class Skeleton:
    """One drawn page with its holes."""

    def __init__(self, html: str, holes: tuple[Hole, ...]) -> None:
        """`html` has the stand-ins of `holes`; the operation id of every form is a hole too."""
        pieces = _pieces(html, holes)
        self.size = sum(len(piece.plain) + len(piece.packed) for piece in pieces)
        self._holes = [piece.hole for piece in pieces if piece.hole is not None]
        # Pieces and holes in turn: a page is a copy of these with its own values between them.
        self._plain = [part for piece in pieces for part in (piece.plain, b"")][:-1]
        self._packed = [part for piece in pieces for part in (piece.packed, b"")][:-1]

    def filled(self, values: Mapping[str, object]) -> bytes:
        """Return the page, gzipped, with `values` (by the names of the holes) escaped in their places.

        Every form gets an operation id of its own. Raises DoesNotFit.
        """
        ops = ops_like()
        texts = [_text(hole, next(ops) if hole.name == _OP else values[hole.name]) for hole in self._holes]
        plain, packed = self._plain.copy(), self._packed.copy()
        plain[1::2] = texts
        # The head of a fixed hole’s block stands at the end of the piece before it.
        packed[1::2] = [
            text if hole.fixed else _alone(text) for hole, text in zip(self._holes, texts, strict=True)
        ]
        whole = b"".join(plain)
        end = _LAST_BLOCK + struct.pack("<LL", zlib.crc32(whole), len(whole) & 0xFFFFFFFF)
        return b"".join((_GZIP_HEAD, *packed, end))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A skeleton, and what it was drawn from (compared by identity: states share what did not change).

    None: such a page was asked for once.
    """

    skeleton: Skeleton | None
    basis: tuple[object, ...]


class SkeletonCache(LRUCache[Hashable, _Drawn]):
    """The latest skeletons. Thread-safe."""

    def skeleton(
        self, key: Hashable, basis: tuple[object, ...], make: Callable[[], Skeleton]
    ) -> Skeleton | None:
        """Return what is kept of `basis`; None the first time, since making it costs twice a page, and what it shows
        may go on."""
        found = self.get(key)
        if found is None or not is_unchanged(found.basis, basis):
            self.put(key, _Drawn(None, basis), _BASIS_BYTES)
            return None
        if found.skeleton is None:
            made = make()
            found = self.put(key, _Drawn(made, basis), made.size)
        return found.skeleton


def _text(hole: Hole, value: object) -> bytes:
    text = str(value).encode() if hole.name == _OP else str(escape(value)).encode()
    if hole.fixed and len(text) != len(hole.stand_in):
        raise DoesNotFit(hole.name)
    return text


def _pieces(html: str, holes: tuple[Hole, ...]) -> tuple[_Piece, ...]:
    by_stand_in = {hole.stand_in: hole for hole in holes}
    known = "|".join(re.escape(stand_in) for stand_in in by_stand_in)
    pattern = re.compile(f"{OP_HOLES}|{known}" if known else OP_HOLES)
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    found, start = [], 0
    for match in pattern.finditer(html):
        hole = by_stand_in.get(match[0]) or Hole(_OP, match[0], fixed=True)
        found.append(_piece(compressor, html[start : match.start()].encode(), hole))
        start = match.end()
    return (*found, _piece(compressor, html[start:].encode(), None))


def _piece(compressor: "zlib._Compress", plain: bytes, hole: Hole | None) -> _Piece:
    if hole is None or not hole.fixed:
        mode = zlib.Z_SYNC_FLUSH if hole is None else zlib.Z_FULL_FLUSH
        return _Piece(plain, compressor.compress(plain) + compressor.flush(mode), hole)
    packed = compressor.compress(plain) + compressor.flush(zlib.Z_SYNC_FLUSH)
    # Something of that length takes the hole's place in the compressor's memory. Later text must not refer to it,
    # and cannot: no text has this byte.
    compressor.compress(b"\xff" * len(hole.stand_in))
    compressor.flush(zlib.Z_SYNC_FLUSH)
    return _Piece(plain, _opened(packed, len(hole.stand_in)), hole)


def _opened(packed: bytes, length: int) -> bytes:
    """Let a flush end with a stored block of that length, whose text is to follow, instead of an empty one."""
    if not packed.endswith(_EMPTY_BLOCK):
        return packed + _head_of_stored(length)  # nothing was left to flush
    return packed.removesuffix(_EMPTY_BLOCK) + _head_of_stored(length)[1:]


def _alone(data: bytes) -> bytes:
    """Return `data` as blocks that refer to nothing around them; a long one is compressed."""
    if len(data) < _WORTH_PACKING:
        return _stored(data)
    compressor = zlib.compressobj(_QUICK, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH)


def _stored(data: bytes) -> bytes:
    """Return `data` as deflate's uncompressed blocks."""
    blocks = [data[start : start + _BLOCK_BYTES] for start in range(0, len(data), _BLOCK_BYTES)]
    return b"".join(_head_of_stored(len(each)) + each for each in blocks)


def _head_of_stored(length: int) -> bytes:
    return struct.pack("<BHH", 0, length, length ^ 0xFFFF)
