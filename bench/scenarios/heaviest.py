"""What each document costs of the largest workshop that is promised: ten thousand initiatives in twelve groups."""

from bench.results import Found
from bench.scenarios.documents import measure
from tests.support.golden_rooms import TEN_THOUSAND


def run(found: Found, quick: bool) -> None:
    """Make every document of it, one after the other; `quick`: of a workshop in which nothing is written."""
    measure(found, ["nothing written"] if quick else [TEN_THOUSAND])
