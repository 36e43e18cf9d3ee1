"""The scenarios by name, in the order of the page; each module measures one family and says what it counts."""

import importlib
from collections.abc import Callable

from bench.results import Found

Run = Callable[[Found, bool], None]

NAMES = (
    "quiet", "small", "busy", "plenary", "vote", "rooms", "region", "storm", "comeback", "idle", "slow", "restart",
    "transport", "post", "pdf", "documents", "wall", "firstpage", "phone", "journal",
)  # fmt: skip


def run_of(name: str) -> Run:
    """Return what measures a scenario: `run(found, quick)`."""
    run: Run = importlib.import_module(f"bench.scenarios.{name}").run
    return run
