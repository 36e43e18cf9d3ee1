"""Power cuts: every acknowledgement leaves after the write-ahead log that holds it was synchronised (strace)."""

import time

import pytest

from tests.faults.tracing import Trace, require_strace, traced
from tests.support.ledger import seated, settle

pytestmark = pytest.mark.slow


def acknowledged_and_traced(server, folder):
    """Let six authors of two workshops write for a second; return what they were told, and the trace."""
    with traced(server.pid, folder / "trace"):
        authors = seated(server, workshops=2, groups=3, pause_s=0.05)
        time.sleep(1.5)
        settle(authors)
    server.kill()
    heads = [told.head for author in authors for told in author.told]
    return heads, Trace(folder / "trace", heads)


def test_the_log_is_synchronised_before_each_acknowledgement(server, tmp_path):
    require_strace()
    heads, trace = acknowledged_and_traced(server, tmp_path)
    print(f"{len(heads)} acknowledgements, {len(trace.durable)} synchronisations")
    assert len(heads) > 30
    assert set(heads) <= trace.answers.keys()
    assert [head for head in heads if not trace.covered(head)] == []


@pytest.mark.parametrize("name", ["acknowledge-first", "synchronous-normal"])
def test_the_trace_shows_a_server_that_does_not_wait_for_the_disk(serving, tmp_path, name):
    require_strace()
    server = serving(program=("-m", "tests.support.mutants", name))
    heads, trace = acknowledged_and_traced(server, tmp_path)
    uncovered = [head for head in heads if not trace.covered(head)]
    print(f"{name}: {len(uncovered)} of {len(heads)} acknowledgements left before the disk had them")
    assert len(uncovered) > len(heads) / 4
