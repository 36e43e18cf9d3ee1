"""Two nodes behind nginx, with its file changed as docs/scale.md says."""

import pytest

from tests.cluster.counting import kept, more_is_taken
from tests.support.ledger import Author, faults_of, settle
from tests.support.site import Site, nginx_can_be_tried

GROUPS = (1, 2, 3)
"""An author each: what two say alike comes to no fact the second time, and to no seq of its own."""

pytestmark = pytest.mark.slow


@nginx_can_be_tried
def test_behind_nginx_a_workshop_goes_to_the_other_node_when_its_own_is_down(
    url, store, tmp_path, monkeypatch
):
    site = Site(tmp_path, monkeypatch, database_url=url).start()
    try:
        code, _ = site.prepared()
        authors = [Author(site.base, code, group, 0.01) for group in GROUPS]
        for author in authors:
            author.start()
        first, second = site.processes
        more_is_taken(authors)
        first.kill()
        more_is_taken(authors)  # while it is down
        first.start()
        second.kill()
        more_is_taken(authors)
        settle(authors)
        heads, accepted, texts = kept(store, code)
        assert faults_of(code, heads, accepted, texts, authors) == []
    finally:
        site.stop()
