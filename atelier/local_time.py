"""The hours of a workshop: those of its territory, whatever the time zone of the machine that serves it."""

import datetime as dt
import re
import time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from atelier.domain.setup import Setup
from atelier.domain.territories import zone_name

STARTS = "14:00"
"""The hour at which a workshop starts where nobody says another."""


def zone_of(setup: Setup) -> dt.tzinfo:
    """Return the time zone in which the hours of a workshop are told."""
    return zone_at(setup.territory_code, setup.territory)


@lru_cache(maxsize=512)
def zone_at(code: str, text: str = "") -> dt.tzinfo:
    """Return the time zone of a territory: its INSEE code, or its text where there is none; Paris for any other."""
    try:
        return ZoneInfo(zone_name(code, text))
    except (
        ZoneInfoNotFoundError,
        OSError,
    ):  # a system without the data: better the machine's hours than none
        return dt.datetime.now().astimezone().tzinfo or dt.UTC


def is_hour(text: str) -> bool:
    """Tell whether `text` is an hour, as browsers send it: « 14:00 »."""
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", text) is not None


def local(at_ms: int, zone: dt.tzinfo) -> dt.datetime:
    """Return the local date and time of Unix milliseconds."""
    return dt.datetime.fromtimestamp(at_ms / 1000, zone)


def day_at(at_ms: int, zone: dt.tzinfo) -> dt.date:
    """Return the calendar day there."""
    return local(at_ms, zone).date()


def today(zone: dt.tzinfo) -> dt.date:
    """Return the calendar day there, now."""
    return day_at(time.time_ns() // 1_000_000, zone)
