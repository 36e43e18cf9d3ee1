"""Who owns what the library keeps: a browser whose cookie holds the key of the owner's link."""

from dataclasses import dataclass

from flask import session

from atelier.library.items import Kind
from atelier.web.http import identity
from atelier.web.http.client_address import network
from atelier.web.http.context import context


@dataclass(frozen=True, slots=True)
class Ownership:
    """Ownership of the items of one kind. `remembered`: what of the cookie holds their keys."""

    kind: Kind
    remembered: str

    def key_held(self, ident: str) -> str:
        """Return the key that this browser holds, right or wrong; "" for none."""
        return str(session.get(self.remembered, {}).get(ident, ""))

    def owns(self, ident: str) -> bool:
        """Tell whether this browser holds the owner's key of an item."""
        key = self.key_held(ident)
        return bool(key) and context().library.is_owner(self.kind, ident, key)

    def take_key(self, ident: str, key: str) -> bool:
        """Let this browser own the item if the key is right; a wrong one is counted as a guess. Raises TooMany."""
        guesses = context().guesses
        guesses.before_code(network(), ident)
        if not context().library.is_owner(self.kind, ident, key):
            guesses.wrong(network())
            return False
        identity.remember(self.remembered, ident, key)
        return True
