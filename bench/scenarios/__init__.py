"""The scenarios by name, in the order of the page; each module measures one family and says what it counts."""

import importlib
from collections.abc import Callable

from bench.results import Found

Run = Callable[[Found, bool], None]

NAMES = (
    "quiet", "small", "busy", "knee", "plenary", "vote", "rooms", "region", "storm", "comeback", "idle", "slow",
    "restart", "transport", "post", "pdf", "documents", "heaviest", "wall", "firstpage", "phone", "journal",
)  # fmt: skip


BRIEF = (
    "quiet", "small", "knee", "plenary", "storm", "comeback", "idle", "transport", "post", "firstpage", "journal",
)  # fmt: skip
"""Those with a `brief(found)`, which measures what goals are about: under eight minutes in all on a quiet machine."""


def run_of(name: str) -> Run:
    """Return what measures a scenario: `run(found, quick)`."""
    run: Run = importlib.import_module(f"bench.scenarios.{name}").run
    return run


def brief_of(name: str) -> Callable[[Found], None]:
    """Return what measures the goals of a scenario."""
    brief: Callable[[Found], None] = importlib.import_module(f"bench.scenarios.{name}").brief
    return brief
