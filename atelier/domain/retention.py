"""The dates on which a workshop ends. They follow from its setup, and keep what its door promises.

What is erased by itself first stays set aside for some days; the promise counts them in.
"""

import datetime as dt

from atelier.domain.limits import ANNOUNCED_DAYS, QUARANTINE_DAYS
from atelier.domain.setup import Setup


def erased_on(setup: Setup) -> dt.date:
    """Return the day on which nothing of the workshop is left: the one chosen, with room after the day it is held."""
    chosen, held = dt.date.fromisoformat(setup.purge_on), dt.date.fromisoformat(setup.date)
    if held > chosen:
        return chosen
    return max(chosen, held + dt.timedelta(days=QUARANTINE_DAYS + 1))


def set_aside_on(erased: dt.date) -> dt.date:
    """Return the day from which a workshop that is erased on `erased` is out of reach, but can be put back."""
    return erased - dt.timedelta(days=QUARANTINE_DAYS)


def counted_from(erased: dt.date) -> dt.date:
    """Return the day on which it may first be seen to be due: a day before it is set aside."""
    return set_aside_on(erased) - dt.timedelta(days=1)


def announced_from(erased: dt.date) -> dt.date:
    """Return the day from which its end is announced."""
    return set_aside_on(erased) - dt.timedelta(days=ANNOUNCED_DAYS)
