"""The code by which somebody takes their seat again from another browser, or under another address of the laptop.

Derived from the machine's secret: nothing is stored, and a copy of the journals without the secret gives no code.
"""

import hashlib
import hmac

from atelier.domain.state import Participant, Workshop

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 6


def rejoin_code(secret: bytes, code: str, participant: str) -> str:
    """Return the code of `participant` as people read it: « ABC-DEF »."""
    digest = hmac.new(secret, f"retour:{code}:{participant}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[rest])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


def person_of(secret: bytes, code: str, state: Workshop, typed: str) -> Participant | None:
    """Return whose code was typed, however it was written. Takes the same time for every person of the workshop."""
    wanted = "".join(each for each in typed.upper() if each.isalnum())
    found = None
    for person in state.people.values():
        own = rejoin_code(secret, code, person.id).replace("-", "")
        if hmac.compare_digest(own.encode(), wanted.encode()):
            found = person
    return found
