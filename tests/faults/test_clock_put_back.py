"""A laptop prepared at home with the wrong time, set right before the workshop: nobody becomes a stranger."""

import pytest

from tests.support.ledger import workshop
from tests.support.simulation.browser import Browser

pytestmark = pytest.mark.slow

AHEAD = """
import runpy, time
seconds, nanoseconds = time.time, time.time_ns
time.time = lambda: seconds() + 7200
time.time_ns = lambda: nanoseconds() + 7200 * 10**9
runpy.run_module("atelier", run_name="__main__", alter_sys=True)
"""


def test_who_joined_two_hours_ahead_is_still_there_once_the_clock_is_right(serving):
    before = serving(program=("-c", AHEAD))
    desk, phone = Browser(before.base), Browser(before.base)
    code = workshop(before, desk)
    phone.join(code, "fs", 1, "Nadia")
    before.stop()
    after = serving(port=before.port)
    assert after.port == before.port
    assert "Nadia" in desk.get(f"/animer/{code}")
    assert f'data-code="{code}"' in phone.get(f"/a/{code}")
    phone.act(code, "place-action", group=1, action="orienter", fs=50, cn=50)
    desk.act(code, "open-phase", phase="report-back")
