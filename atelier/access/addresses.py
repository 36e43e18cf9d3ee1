"""The address for QR codes: the configured one, or this machine's on the local network, tracked when it changes."""

import ipaddress
import logging
import math
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from atelier.config import ALL_IPV4, Config
from atelier.network import adapters
from atelier.network.choice import Choice, followed, keep, kept
from atelier.network.ranking import Candidate, ranked
from atelier.runtime.logs import reason

LOOK_EVERY_S = 5.0
_NEWS_S = 30 * 60
"""Seconds for which the desk shows that the address changed."""

log = logging.getLogger("atelier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How phones reach this machine. `candidates`: what a facilitator may choose from, empty when nothing is to choose.

    `used`: the candidate in the QR code; `chosen`: a facilitator said so; `lost`: what was chosen and is gone.
    `only_here`: the program was told to listen to this machine only.
    """

    candidates: tuple[Candidate, ...] = ()
    used: Candidate | None = None
    chosen: bool = False
    lost: Choice | None = None
    only_here: bool = False


class Addresses:
    """The address that phones can reach: the public URL, else the configured host, else the best candidate."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._choice = kept(config.sessions)
        self._told = config.public_url or _told(config)
        self._base, self._reach = "", Reach(only_here=_only_here(config))
        self._looked_at = -math.inf
        self._changed_at = -math.inf
        self._last_known = ""

    def base(self) -> str:
        """Return the address of the program as the room reaches it, without a final slash; empty when none does."""
        self._look()
        return self._base

    def reach(self) -> Reach:
        """Return what there is to choose from, and what is chosen."""
        self._look()
        return self._reach

    def own(self) -> str:
        """Return the address that works on this laptop whatever its network is; empty on a server."""
        return "" if self._config.only_origin else self._config.desk_address

    def has_changed(self) -> bool:
        """Tell whether the address changed within the last half hour."""
        self._look()
        return time.monotonic() - self._changed_at < _NEWS_S

    def join(self, code: str) -> str:
        """Return what the QR code of a workshop holds; empty when no phone can come."""
        base = self.base()
        return f"{base}/r/{code}" if base else ""

    def spoken(self) -> str:
        """Return host and port, as read aloud."""
        return urlsplit(self.base()).netloc

    def choose(self, address: str) -> None:
        """Use that candidate from now on, or the best one when `address` is empty. Raises LookupError."""
        candidates = self.reach().candidates
        if not candidates:
            raise LookupError(address)
        chosen = {each.address: Choice(each.card, each.address) for each in candidates}
        self._choice = chosen[address] if address else None
        try:
            keep(self._config.sessions, self._choice)
        except OSError as error:  # a full or read-only disk: it holds until the program ends
            log.warning("address.not_kept", extra={"reason": reason(error)})
        self._looked_at = -math.inf
        self._look()
        self._changed_at = -math.inf  # who chose it needs not be told

    def _look(self) -> None:
        if time.monotonic() - self._looked_at < LOOK_EVERY_S:
            return
        self._looked_at = time.monotonic()
        if self._told or self._reach.only_here:
            self._base = self._told
            return
        self._reach = self._found()
        used = self._reach.used
        self._base = f"http://{used.host}:{self._config.port}" if used else ""
        if self._base and self._last_known not in ("", self._base):
            self._changed_at = self._looked_at
        self._last_known = self._base or self._last_known

    def _found(self) -> Reach:
        ipv6 = self._config.host != ALL_IPV4
        candidates = ranked(adapters.cards(), adapters.default_routes(), ipv6=ipv6)
        chosen = followed(self._choice, candidates)
        return Reach(
            candidates=candidates,
            used=chosen or next(iter(candidates), None),
            chosen=chosen is not None,
            lost=None if chosen else self._choice,
        )


def _told(config: Config) -> str:
    address = config.only_address
    if not address or _only_here(config):
        return ""
    return f"http://{f'[{address}]' if ':' in address else address}:{config.port}"


def _only_here(config: Config) -> bool:
    address = config.only_address.partition("%")[0]
    try:
        return not config.public_url and ipaddress.ip_address(address).is_loopback
    except ValueError:
        return not config.public_url and address == "localhost"
