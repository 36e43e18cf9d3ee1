"""What these tests open is closed behind them."""

import pytest

from tests.support.journals import closed_behind


@pytest.fixture(autouse=True)
def _no_file_stays_open():
    with closed_behind():
        yield
