"""A laptop whose address changes: `python -m tests.browser.moving_server FILE serve …` takes it from FILE.

Nothing of the program is imported before greenlets stand in for threads, as in `atelier serve`.
"""

import sys
from pathlib import Path

from atelier import concurrency


def main() -> None:
    """Serve as `atelier serve`, under the address that the file holds at each look, one look every half second."""
    told = Path(sys.argv.pop(1))
    from atelier import app, cli
    from atelier.web import addresses

    addresses.lan_address = lambda: told.read_text(encoding="utf-8").strip()
    addresses._KEEP_S = app.ADDRESS_WATCH_S = 0.5
    cli.main()


if __name__ == "__main__":
    concurrency.take_over()
    main()
