"""Le navigateur des tests et des captures d'écran.

    python -m tools.browser     dit où il est, ou échoue

Celui de Debian quand il est là ; sinon celui que Playwright a installé (Ubuntu, macOS).
ATELIER_CHROMIUM désigne un autre programme.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

DEBIAN = Path("/usr/bin/chromium")

# Rien que le programme : ni bac à sable (en administrateur il refuse), ni appels à son éditeur.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> Path | None:
    """Le programme à lancer, ou None quand c'est celui de Playwright."""
    if chosen := os.environ.get("ATELIER_CHROMIUM"):
        return Path(chosen)
    return DEBIAN if DEBIAN.exists() else None


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
