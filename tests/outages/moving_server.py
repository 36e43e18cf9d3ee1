"""A laptop whose address changes: `python -m tests.outages.moving_server FILE serve …` takes it from FILE.

Nothing of the program is imported before greenlets stand in for threads, as in `atelier serve`.
"""

import sys
from ipaddress import ip_interface
from pathlib import Path

from atelier.runtime import concurrency


def card(address):
    """Return a Wi-Fi card that has this address."""
    from atelier.network.adapters import Card

    return Card("Wi-Fi", (ip_interface(f"{address}/24"),))


def main() -> None:
    """Serve as `atelier serve`, under the address that the file holds at each look, one look every half second."""
    told = Path(sys.argv.pop(1))
    from atelier import cli
    from atelier.access import address_watch, addresses
    from atelier.network import adapters

    adapters.cards = lambda: tuple(map(card, told.read_text(encoding="utf-8").split()))
    adapters.default_routes = frozenset
    addresses.LOOK_EVERY_S = address_watch.WATCH_S = 0.5
    cli.main()


if __name__ == "__main__":
    concurrency.take_over()
    main()
