"""Detect a damaged write-ahead log: SQLite stops at the first bad frame as if nothing followed.

Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from pathlib import Path

_HEADER, _FRAME = 32, 24
_MAGIC = 0x377F0682
_USUAL_PAGE = 4096
_LAST_FRAME_OFFSET = 16
"""Where the shared index (`-shm`) says how many frames SQLite takes for good."""


def lost_transactions(log: Path) -> bool:
    """Tell whether whole transactions follow the last frame that SQLite takes for good.

    Called while a connection is open. One may follow it: the one that was being written when the power went, and
    that was never acknowledged. Two or more were, all but the last.
    """
    try:
        content = log.read_bytes()
        index = log.with_name(log.name.removesuffix("-wal") + "-shm").read_bytes()
    except FileNotFoundError:
        return False
    if len(content) < _HEADER + _FRAME or len(index) < _LAST_FRAME_OFFSET + 4:
        return False
    (good,) = struct.unpack_from("=I", index, _LAST_FRAME_OFFSET)
    return _longest_run(content, good) > 1


def _longest_run(content: bytes, good: int) -> int:
    """Count the consecutive valid transactions after frame `good`."""
    magic, _, page_size = struct.unpack_from(">III", content)
    order, salt = ">" if magic & 1 else "<", content[16:24]
    whole = magic & ~1 == _MAGIC and _sums(content[:24], order, (0, 0)) == struct.unpack_from(
        ">II", content, 24
    )
    if not whole:  # the frames still say which of them belong together
        order, page_size, salt = "<", _USUAL_PAGE, content[_HEADER + 8 : _HEADER + 16]
    size = _FRAME + page_size
    frames = [content[at : at + size] for at in range(_HEADER, len(content) - size + 1, size)]
    longest = run = 0
    for before, frame in zip(frames[max(0, good - 1) :], frames[max(1, good) :], strict=False):
        # Frames of another salt are what an earlier round left: they are in the database already.
        if frame[8:16] != salt or not _follows(before, frame, order):
            run = 0
            continue
        (commit,) = struct.unpack_from(">I", frame, 4)
        run += commit > 0
        longest = max(longest, run)
    return longest


def _follows(before: bytes, frame: bytes, order: str) -> bool:
    """Tell whether `frame` is valid and was written right after `before`: checksums are cumulative."""
    start = struct.unpack_from(">II", before, 16)
    return _sums(frame[:8] + frame[_FRAME:], order, start) == struct.unpack_from(">II", frame, 16)


def _sums(content: bytes, order: str, start: tuple[int, ...]) -> tuple[int, int]:
    first, second = start
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for at in range(0, len(words), 2):
        first = (first + words[at] + second) & 0xFFFFFFFF
        second = (second + words[at + 1] + first) & 0xFFFFFFFF
    return first, second
