"""Screenshots of browser journeys, for who wants to look at them."""

import os
from pathlib import Path

FOLDER = os.environ.get("ATELIER_TEST_PICTURES", "")
"""Where to keep them; without, none is taken."""


def picture(page, name):
    """Keep what a page shows now as `name`.png."""
    if FOLDER:
        page.screenshot(path=str(Path(FOLDER) / f"{name}.png"))
