"""Which operations may be older than memory: most acts are new, and need not ask the disk whether they are repeats."""

from atelier.limits import OPERATION_BITS

Key = tuple[str, str]
"""Author id and operation id."""
_HASHES = 3


class OperationFilter:
    """Bloom filter of keys. « No » is certain; « perhaps » is rarely wrong, and what the journal says decides then."""

    __slots__ = ("_bits",)

    def __init__(self) -> None:
        self._bits = bytearray(OPERATION_BITS // 8)

    def add(self, key: Key) -> None:
        """Take `key` in, for good."""
        for place in _places(key):
            self._bits[place >> 3] |= 1 << (place & 7)

    def __contains__(self, key: Key) -> bool:
        """Tell whether `key` may have been taken in."""
        return all(self._bits[place >> 3] & 1 << (place & 7) for place in _places(key))


def _places(key: Key) -> tuple[int, ...]:
    # Python's hash of texts has a secret of the process: nobody can choose ids that fill the filter.
    where = hash(key)
    step = (where >> 32) | 1
    return tuple((where + n * step) % OPERATION_BITS for n in range(_HASHES))
