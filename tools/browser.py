"""The browser of the tests and the screenshots.

`python -m tools.browser` says where it is, or fails. Debian's when it is there, rather the one without windows, which
takes a third less of the processor; else the one that Playwright installed (Ubuntu, macOS). ATELIER_CHROMIUM names
another program.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

DEBIAN = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))

# Only the program: no sandbox (it refuses to be root), no calls to its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # as with windows: letters as wide as they are drawn on a phone
]


def executable() -> Path | None:
    """Return the program to start, or None when it is Playwright's own."""
    if chosen := os.environ.get("ATELIER_CHROMIUM"):
        return Path(chosen)
    return next((program for program in DEBIAN if program.exists()), None)


def _of_playwright() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def main() -> int:
    found = executable() or _of_playwright()
    print(found)
    return 0 if found.exists() else 1


if __name__ == "__main__":
    sys.exit(main())
