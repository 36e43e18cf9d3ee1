"""Documents that a room asks for at once: made once, failures too, within their time."""

from threading import Event, Thread

import pytest

from atelier.export.failures import ExportFailed
from atelier.export.shared import SharedDocuments
from atelier.limits import KEPT_SHEET_S
from tests.support.clocks import Clock


def never() -> bool:
    """Nobody hung up."""
    return False


def test_one_that_many_ask_for_is_made_once_and_kept_for_its_time() -> None:
    clock, asked, go, got = Clock(), [], Event(), []
    documents = SharedDocuments(clock)

    def make() -> bytes:
        asked.append(1)
        go.wait(120)
        return b"pdf"

    asking = [Thread(target=lambda: got.append(documents.get("sheet", make, never))) for _ in range(8)]
    for each in asking:
        each.start()
    go.set()
    for each in asking:
        each.join()
    assert (got, len(asked)) == ([b"pdf"] * 8, 1)
    clock.sleep(KEPT_SHEET_S + 1)
    assert documents.get("sheet", make, never) == b"pdf"
    assert len(asked) == 2


@pytest.mark.parametrize(("code", "times"), [("too-long", 1), ("busy", 2), ("unwanted", 2)])
def test_one_that_failed_is_not_made_again_at_once_unless_only_its_request_did(code: str, times: int) -> None:
    documents, asked = SharedDocuments(Clock()), []

    def fail() -> bytes:
        asked.append(1)
        raise ExportFailed(code)

    for _ in range(2):
        with pytest.raises(ExportFailed) as caught:
            documents.get("sheet", fail, never)
        assert caught.value.code == code
    assert len(asked) == times


def test_who_hung_up_waits_no_longer() -> None:
    documents, inside, go = SharedDocuments(), Event(), Event()

    def make() -> bytes:
        inside.set()
        go.wait(120)
        return b"pdf"

    first = Thread(target=lambda: documents.get("sheet", make, never))
    first.start()
    inside.wait(120)
    with pytest.raises(ExportFailed, match="unwanted"):
        documents.get("sheet", make, lambda: True)
    go.set()
    first.join()
