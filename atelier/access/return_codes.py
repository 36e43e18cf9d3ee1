"""Return codes: a participant takes their seat again with one, from another browser or another address.

Derived from a key in the workshop's journal, so that they work after a restore on another machine.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from atelier.domain.codes import ALPHABET, LENGTH
from atelier.domain.state import Participant, Workshop


@dataclass(frozen=True, slots=True)
class ReturnCodes:
    """The codes of one workshop. `earlier`: those that people had when codes came from the machine's secret."""

    key: bytes
    earlier: Mapping[str, str]

    def of(self, participant: str) -> str:
        """Return the code of `participant` as people read it: « ABC-DEF »."""
        return self.earlier.get(participant) or _code(self.key, f"retour:{participant}")

    def person(self, state: Workshop, typed: str) -> Participant | None:
        """Return the participant whose code was typed, ignoring case and dashes; takes the same time for everybody."""
        wanted = "".join(each for each in typed.upper() if each.isalnum())
        owner = None
        for person in state.people.values():
            own = self.of(person.id).replace("-", "")
            if (
                hmac.compare_digest(own.encode(), wanted.encode()) and person.id
            ):  # nobody comes back as nobody
                owner = person
        return owner


def new_codes(machine_secret: bytes, code: str, state: Workshop) -> str:
    """Return what a journal stores for its codes: a fresh key, and the codes that people already know."""
    earlier = {each: _code(machine_secret, f"retour:{code}:{each}") for each in state.people}
    return json.dumps({"key": secrets.token_hex(32), "earlier": earlier})


@lru_cache(maxsize=256)
def codes_from(kept: str) -> ReturnCodes:
    """Return the codes that `new_codes` made."""
    stored = json.loads(kept)
    return ReturnCodes(bytes.fromhex(stored["key"]), stored["earlier"])


class _FromTheSecret(dict[str, str]):
    def __init__(self, machine_secret: bytes, code: str) -> None:
        super().__init__()
        self._secret, self._workshop = machine_secret, code

    def get(self, participant: str, default: object = None) -> str:
        return _code(self._secret, f"retour:{self._workshop}:{participant}")


def earlier_codes(machine_secret: bytes, code: str) -> ReturnCodes:
    """Return the codes derived from the machine's secret, for journals that could not store a key."""
    return ReturnCodes(b"", _FromTheSecret(machine_secret, code))


def _code(key: bytes, about: str) -> str:
    number = int.from_bytes(hmac.new(key, about.encode(), hashlib.sha256).digest()[:8], "big")
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"
