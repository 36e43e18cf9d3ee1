"""The program in this process, and a room in Chromium with axe."""

from tests.support.chromium import browser_type_launch_args, opened, seats
from tests.support.program import desk, program
from tests.support.room import axe, facilitator, phone, server, shared_server, wall, workshop

__all__ = [
    "axe", "browser_type_launch_args", "desk", "facilitator", "opened", "phone", "program", "seats", "server",
    "shared_server", "wall", "workshop",
]  # fmt: skip
