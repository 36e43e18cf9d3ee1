"""Chromium and axe, for rooms with every text at its limit."""

from tests.support.chromium import browser_type_launch_args, opened, seats
from tests.support.room import axe

__all__ = ["axe", "browser_type_launch_args", "opened", "seats"]
