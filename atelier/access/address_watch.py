"""Background job that notices a new address: from the venue's Wi-Fi to a hotspot, the laptop has another."""

import logging
from collections.abc import Callable

from atelier.access.addresses import Addresses
from atelier.runtime.background import BackgroundJobs

WATCH_S = 5.0

log = logging.getLogger("atelier")


class AddressWatch:
    """Calls `changed` when the address in the QR code is another, `reach_changed` when only the choice of them is."""

    def __init__(
        self, addresses: Addresses, changed: Callable[[], None], reach_changed: Callable[[], None]
    ) -> None:
        self._addresses, self._changed, self._reach_changed = addresses, changed, reach_changed
        self._known = addresses.base(), addresses.reach()

    def start(self, jobs: BackgroundJobs) -> None:
        """Start looking every few seconds."""
        jobs.repeat("address", self.look, WATCH_S)

    def look(self) -> None:
        """Compare the address with the last one seen; call back when it differs."""
        seen = self._addresses.base(), self._addresses.reach()
        known, self._known = self._known, seen
        if seen[0] != known[0]:
            log.warning("address.changed")
            self._changed()
        elif seen != known:  # another card came or went: « Inviter » lists it
            self._reach_changed()
