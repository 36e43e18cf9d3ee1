"""The declaration says what the audit gives, and a public server that nobody answers for lets nobody prepare."""

from collections import Counter

import pytest

from atelier import rgaa
from atelier.app import create_program
from atelier.config import Config
from tests.support.setups import PUBLISHER
from tests.support.visitors import Browser
from tools.accessibility_page import PAGE, page

THEMES = {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}
"""Criteria of RGAA 4.1.2 by theme."""


def test_the_grid_has_the_106_criteria_and_the_page_is_written_from_it():
    numbers = [each.number for each in rgaa.CRITERIA]
    assert len(set(numbers)) == len(numbers) == 106
    assert Counter(int(number.partition(".")[0]) for number in numbers) == THEMES
    assert all(each.result in ("C", "NC", "NV", "NA") and each.checked for each in rgaa.CRITERIA)
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.accessibility_page"


def test_the_state_is_what_the_results_give(monkeypatch, desk):
    said = desk.page("/accessibilite").get_text()
    assert rgaa.state() in said
    assert f"{rgaa.rate()}\u00a0%" in said
    assert rgaa.state() in desk.page("/").find("footer").get_text()

    def results(*found):
        monkeypatch.setattr(rgaa, "CRITERIA", tuple(rgaa.Criterion("1.1", each, "", "") for each in found))

    results("C", "C", "NV", "NA")
    assert (rgaa.rate(), rgaa.state()) == (66, "non conforme")
    results("C", "C", "NC", "NA")
    assert rgaa.state() == "partiellement conforme"
    results("C", "NC", "NC")
    assert rgaa.state() == "non conforme"
    results("C", "NA")
    assert rgaa.state() == "totalement conforme"


@pytest.fixture
def public(tmp_path):
    """Return a browser at a public server, by what is known of its publisher."""
    programs = []

    def serve(**known):
        config = Config(
            sessions=tmp_path / "s", exports=tmp_path / "e", create_key="une-cle-de-seize-lettres",
            public_url="http://localhost:8000", behind_nginx=True, **known,
        )  # fmt: skip
        programs.append(create_program(config))
        return Browser(programs[-1].app)

    yield serve
    for program in programs:
        program.close()


def test_a_public_server_that_nobody_answers_for_starts_and_says_so(public):
    visitor = public()
    assert "ne dit pas encore qui en répond" in visitor.get("/mentions-legales").text
    assert "ATELIER_PUBLISHER_" in visitor.get("/preparer", 403).text
    visitor.post("/preparer", {"create_key": "une-cle-de-seize-lettres"}, 403)


def test_a_public_server_tells_who_answers_for_it(public):
    visitor = public(publisher=PUBLISHER)
    legal = visitor.get("/mentions-legales").text
    assert PUBLISHER.missing == ()
    assert all(
        words in legal for words in (PUBLISHER.body, PUBLISHER.director, PUBLISHER.host, PUBLISHER.contact)
    )
    assert PUBLISHER.dpo in visitor.get("/donnees-personnelles").text
    assert PUBLISHER.contact in visitor.get("/accessibilite").text
    visitor.post("/preparer", {"create_key": "une-cle-de-seize-lettres"})
