"""The background jobs of retention: complete interrupted erasures, end workshops at their term."""

from contextlib import suppress
from functools import partial

from atelier.limits import PURGE_EVERY_S, PURGE_FIRST_S
from atelier.retention.due_worker import ends_beside
from atelier.retention.eraser import Eraser
from atelier.retention.purge import Purge
from atelier.runtime.background import BackgroundJobs, guarded
from atelier.runtime.processes import NotWanted


def start(jobs: BackgroundJobs, eraser: Eraser, purge: Purge) -> None:
    """Complete interrupted erasures now; end due workshops after `PURGE_FIRST_S`, then every `PURGE_EVERY_S`."""
    purge.ends = partial(ends_beside, unwanted=lambda: jobs.stopping)
    jobs.once("erasures", eraser.complete)
    jobs.repeat("purge", lambda: _end_workshops(eraser, purge), PURGE_EVERY_S, PURGE_FIRST_S)


def _end_workshops(eraser: Eraser, purge: Purge) -> None:
    """Purge workshops on the day announced at their creation."""
    guarded("erasures", eraser.complete)
    with suppress(NotWanted):  # the program ends in the middle of it: the next one looks again
        purge.look()
