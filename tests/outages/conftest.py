"""Chromium and a real server, as for journeys where nothing fails."""

from tests.support.chromium import browser_type_launch_args, opened, seats
from tests.support.room import axe, facilitator, phone, server, shared_server, wall, workshop

__all__ = [
    "axe", "browser_type_launch_args", "facilitator", "opened", "phone", "seats", "server", "shared_server", "wall",
    "workshop",
]  # fmt: skip
