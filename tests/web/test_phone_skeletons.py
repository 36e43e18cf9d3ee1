"""A newcomer's page from the skeleton is, but for its operation ids, the page as it is drawn for one reader."""

import gzip
import re

import pytest

from atelier.web.render.templating import environment
from tests.support.visitors import Browser

OP = re.compile(r'(?<=name="op" value=")[^"]*(?=")')
HOSTILE = "</b><script>alert('1')</script>\"&\u202e"


@pytest.fixture
def program(own_program):
    return own_program


@pytest.fixture
def newcomer(program, code):
    def come(name="", group=1, trade="fs"):
        browser = Browser(program.app)
        browser.join(code, trade, group, name)
        return browser

    return come


def packed(browser, code):
    """The page as browsers ask for it."""
    answer = browser.client.get(f"/a/{code}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    return gzip.decompress(answer.data).decode()


def same(browser, code):
    """Assert that both ways give the same page; return it."""
    packed(browser, code)  # what is asked for once is drawn for that reader
    page = packed(browser, code)
    alone = browser.client.get(f"/a/{code}").text
    assert _lines(page) == _lines(alone)
    return page


def _lines(page):
    timeless = re.sub(r'(data-atelier-age|data-clock)="[^"]*"|\+?\d+:\d\d| +(?=>)', "", OP.sub("", page))
    return [line.rstrip() for line in timeless.splitlines()]


@pytest.mark.parametrize("clock", ["10:00", "9:59", "0:00", "+0:31", "+12:04", "120:00"])
def test_a_clock_that_moves_on_between_two_drawings_is_no_difference(clock):
    assert _lines(f"<time>{clock}</time>") == _lines("<time>10:00</time>")


def drawn(program):
    return len(program.app.extensions["atelier"].skeletons.kept)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", "Nadia", HOSTILE, "Zoé 👩‍🔧"])
def test_the_page_is_the_readers_own(program, code, newcomer, name):
    newcomer("Paul", trade="cn")
    page = same(newcomer(name), code)
    assert ("Nadia" in page) == (name == "Nadia")
    assert drawn(program) == 1


@pytest.mark.slow
def test_one_skeleton_serves_a_table_and_trade(program, code, newcomer):
    for n in range(6):
        same(newcomer(f"Personne {n}", group=n % 2 + 1, trade="fs" if n < 4 else "cn"), code)
    assert drawn(program) == 4
    pages = [packed(newcomer("A"), code), packed(newcomer("B"), code)]
    assert len({code for page in pages for code in re.findall(r'data-rejoin="([^"]+)"', page)}) == 2


@pytest.mark.slow
@pytest.mark.parametrize("trade", ["fs", "cn", "coordination"])
def test_where_each_answers_first_the_next_page_counts_its_table(desk, code, newcomer, trade):
    desk.act(code, "set-answers-first", on="1")
    desk.act(code, "open-phase", phase="articulations")
    first, reader = newcomer("Nadia"), newcomer("Lou", trade=trade)
    same(reader, code)
    newcomer("Max")
    assert "Personne n’a encore répondu" in same(reader, code)
    first.act(code, "give-answer", group=1, action="orienter", fs=75)
    of = 3 if trade != "coordination" else 2
    page = same(reader, code)
    assert f"1 sur {of} a répondu" in page
    assert ("data-answering" in page) == (trade != "coordination")
    first.act(code, "reveal-answers", group=1, action="orienter")
    assert "trop peu de réponses" in same(reader, code)


@pytest.mark.slow
@pytest.mark.parametrize("phase", ["welcome", "remits", "articulations", "report-back", "synthesis"])
def test_what_others_did_since_is_in_the_next_page(desk, code, newcomer, phase):
    writer, reader = newcomer("Nadia"), newcomer("Paul")
    desk.act(code, "open-phase", phase="articulations")
    same(reader, code)
    writer.act(code, "place-action", group=1, action="orienter", fs=75, cn=25)
    assert 'fs-75 cn-25" data-bar="1/orienter"' in same(reader, code)
    writer.act(code, "post-initiative", group=1, action="orienter", text="Un carnet de liaison")
    assert "Un carnet de liaison" in same(reader, code)
    desk.act(code, "start-clock", seconds=600)
    desk.act(code, "announce", text="Encore cinq minutes")
    assert "Encore cinq minutes" in same(reader, code)
    desk.act(code, "set-one-pen", on="1")
    writer.act(code, "take-pen", group=1)
    assert "Nadia place les cartes" in same(reader, code)
    desk.act(code, "record-decision", what="Une permanence commune", who="", due="")
    if phase != "articulations":
        desk.act(code, "open-phase", phase=phase)
    same(reader, code)


@pytest.mark.slow
def test_whoever_wrote_has_their_marks_beside_what_is_drawn_for_all(program, code, desk, newcomer):
    desk.act(code, "open-phase", phase="articulations")
    writer, reader = newcomer("Nadia"), newcomer("Paul")
    writer.act(code, "post-initiative", group=1, action="orienter", text=f"Un carnet {HOSTILE}")
    writer.act(code, "place-action", group=1, action="former", fs=75, cn=25)
    same(reader, code)
    before = drawn(program)
    page = same(writer, code)
    assert re.search(r'"initiatives": \["[^"]+"\]', page)
    assert "Votre initiative" in page
    assert re.search(r'data-undo="1/former" *>', page)
    assert '"initiatives": []' in (others := same(reader, code))
    assert "Votre initiative" not in others
    assert not re.search(r'data-undo="[^"]+" *>', others)
    assert drawn(program) == before
    desk.act(code, "close-workshop")
    assert 'class="mine__text"' in same(writer, code)
    assert 'class="mine__text"' not in same(reader, code)


@pytest.mark.slow
def test_a_hidden_text_is_in_the_page_of_who_wrote_it_only(program, code, desk, newcomer):
    desk.act(code, "open-phase", phase="articulations")
    writer, reader = newcomer("Nadia"), newcomer("Paul")
    writer.act(code, "post-initiative", group=1, action="orienter", text="Un carnet de liaison")
    (posted,) = re.findall(r'"initiatives": \["([^"]+)"\]', same(writer, code))
    desk.act(code, "hide-initiative", group=1, initiative=posted)
    assert "Un carnet" in same(writer, code)
    assert "Un carnet" not in same(reader, code)


def test_each_page_has_operation_ids_of_its_own(code, desk, newcomer):
    desk.act(code, "open-phase", phase="articulations")
    reader = newcomer("Nadia")
    pages = [reader.client.get(f"/a/{code}").text for _ in range(2)] + [
        packed(reader, code) for _ in range(3)
    ]
    ops = [op for page in pages for op in OP.findall(page)]
    assert len(ops) == len(set(ops))


@pytest.mark.slow
def test_an_erased_name_is_in_no_later_page(code, desk, newcomer):
    desk.act(code, "open-phase", phase="articulations")
    writer, reader = newcomer("Nadia"), newcomer("Paul")
    writer.act(code, "place-action", group=1, action="orienter", fs=75, cn=25)
    assert "Nadia" in same(reader, code)
    (mine,) = re.findall(r'name="participant" value="([^"]+)"', writer.client.get(f"/a/{code}").text)
    writer.act(code, "erase-participant", participant=mine)
    assert "Nadia" not in same(reader, code)


def test_a_facilitator_who_writes_for_a_table_gets_the_whole_page(program, code, desk):
    page = desk.client.get(f"/a/{code}?groupe=1", headers={"Accept-Encoding": "gzip"})
    assert "Vous saisissez pour" in gzip.decompress(page.data).decode()
    assert drawn(program) == 0


def test_no_page_has_globals_of_its_own_to_compare_for_each_import():
    page = environment().get_template("pages/phone.html")
    assert page.globals is environment().globals
