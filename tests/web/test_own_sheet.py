"""What a participant keeps of a closed workshop: the sheet of their own group, as a page and as its PDF."""

import subprocess
from threading import Thread

import pytest

from atelier.export.api import sheet_pdf
from atelier.web.http import sentences
from atelier.web.routes import own_sheet


@pytest.fixture
def phones(desk, someone, code):
    """Alice and Bob at table 1, Chloé at table 2, after a workshop in which all of them wrote, then closed."""
    desk.act(code, "open-phase", phase="articulations")
    seats = (("Alice", 1), ("Bob", 1), ("Chloé", 2))
    people = {name: someone() for name, _ in seats}
    for name, group in seats:
        people[name].join(code, group=group, name=name)
        people[name].act(
            code, "post-initiative", group=group, action="orienter", text=f"Une affiche {group}{name[0]}"
        )
    people["Alice"].act(
        code, "post-initiative", group=1, action="former", text="À cacher", op="hidden-000000000"
    )
    people["Alice"].act(
        code, "post-initiative", group=1, action="former", text="À retirer", op="gone-00000000000"
    )
    people["Alice"].act(code, "withdraw-initiative", group=1, initiative="gone-00000000000")
    people["Alice"].act(code, "place-action", group=1, action="orienter", fs=75, cn=25)
    desk.act(code, "hide-initiative", group=1, initiative="hidden-000000000")
    desk.act(code, "close-workshop")
    return people


def text_of(answer):
    """The words of a PDF, on one line."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=answer.data, capture_output=True, check=True
    )
    return " ".join(read.stdout.decode().split())


def test_the_page_is_that_of_ones_own_group_without_names_or_what_was_hidden(phones, code):
    page = phones["Alice"].get(f"/a/{code}/fiche").text
    assert "Une affiche 1A" in page
    assert "Une affiche 1B" in page
    assert "France services\u00a0: régulièrement · Conseiller numérique\u00a0: rarement" in page
    for absent in ("Alice", "Bob", "Une affiche 2C", "À cacher", "À retirer", "<script"):
        assert absent not in page, absent
    other = phones["Chloé"].get(f"/a/{code}/fiche").text
    assert "Une affiche 2C" in other
    assert "Une affiche 1" not in other


def test_nobody_keeps_a_sheet_before_the_close_nor_without_a_seat(phones, desk, someone, code):
    addresses = (f"/a/{code}/fiche", f"/exports/{code}/fiche")
    for address in addresses:
        someone().get(address, status=404)
        assert desk.get(address, status=303).location == f"/a/{code}"
    desk.act(code, "reopen-workshop")
    for address in addresses:
        assert phones["Alice"].get(address, status=303).location == f"/a/{code}"


@pytest.mark.slow
def test_the_pdf_is_made_once_for_a_table_obeys_an_erasure_and_leaves_no_file(
    phones, program, desk, code, monkeypatch
):
    made, answers = [], []

    def counted(*asked):
        made.append(asked)
        return sheet_pdf(*asked)

    monkeypatch.setattr(own_sheet, "sheet_pdf", counted)
    address = f"/exports/{code}/fiche"
    asking = [
        Thread(target=lambda who=who: answers.append(phones[who].get(address))) for who in ("Alice", "Bob")
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(made) == 1
    assert [text_of(each).count("Une affiche 1A") for each in answers] == [1, 1]
    assert not any(
        absent in text_of(answers[0]) for absent in ("Alice", "Une affiche 2C", "À cacher", "À retirer")
    )
    [alice] = [
        person for person, each in program.service.read(code).state.people.items() if each.name == "Alice"
    ]
    desk.act(code, "erase-participant", participant=alice)
    after = text_of(phones["Bob"].get(address))
    assert "Une affiche 1B" in after
    assert "Une affiche 1A" not in after
    assert list(program.app.extensions["atelier"].config.exports.glob("*")) == []


def test_who_asks_for_it_over_and_over_is_told_to_wait(phones, code, monkeypatch):
    monkeypatch.setattr(own_sheet, "sheet_pdf", lambda *asked: b"%PDF")
    address = f"/exports/{code}/fiche"
    for _ in range(4):
        phones["Alice"].get(address)
    assert sentences.TOO_MANY_SHEETS in phones["Alice"].get(address, status=429).text
    phones["Bob"].get(address)
