"""« À la suite de »: what a new workshop takes over, from one that its facilitator holds or from a JSON export."""

import io
import json

import pytest
from bs4 import BeautifulSoup

from atelier.doctrines.loading import load
from atelier.domain.moves import taken_from
from atelier.export.dataset import dataset_of
from atelier.export.minutes import MINUTES, PREFECTURE, minutes_of
from atelier.export.tables import write_json
from atelier.web.http import sentences
from atelier.web.routes.preparation import packed
from tests.support.sequels import PREVIOUS
from tests.support.visitors import BASE

DOCTRINE = load("articulation")


@pytest.fixture
def first(desk, code):
    """A workshop in which three groups said something of one action, and decided two things."""
    desk.act(code, "open-phase", phase="articulations", sure=1)
    for group in (1, 2, 3):
        desk.client.post(
            f"/animer/{code}/actes", base_url=BASE, headers={"Origin": BASE},
            data={"command": "place-action", "op": f"operation-first-{group}", "group": group, "action": "orienter",
                  "fs": 25, "cn": 75},
        )  # fmt: skip
    for what in ("Une affiche commune", "Un agenda partagé"):
        act(desk, code, "record-decision", what=what, who="Nadia, du réseau")
    return code


def act(desk, code, command, **fields):
    op = f"operation-{command}-{abs(hash(str(fields)))}"[:40]
    data = {"command": command, "op": op, **{name: str(value) for name, value in fields.items()}}
    return desk.post(f"/animer/{code}/actes", data, 200, Accept="application/json").json


def sent(browser, body, status=200, name="resultats.json"):
    answer = browser.client.post(
        "/preparer/suite", base_url=BASE, headers={"Origin": BASE},
        data={"export": (io.BytesIO(body), name)}, content_type="multipart/form-data",
    )  # fmt: skip
    assert answer.status_code == status, answer.text[:300]
    return answer.text


def posted(browser, html, action):
    """Send the form of a page as it came."""
    (field,) = BeautifulSoup(html, "lxml").select("input[name=previous]")
    answer = browser.post(action, {"title": "La suite", "previous": field["value"]})
    return answer.headers["Location"].split("/")[2]


def test_a_workshop_follows_one_that_its_facilitator_holds(desk, first, program):
    assert f"/preparer?suite={first}" in desk.get("/preparer").text
    page = desk.get(f"/preparer?suite={first}").text
    assert "À la suite de" in page
    code = posted(desk, page, f"/preparer?suite={first}")
    state = program.service.read(first).state
    previous = program.service.read(code).state.prepared.previous
    assert previous == taken_from(state, DOCTRINE)
    assert [each.what for each in previous.decisions] == ["Une affiche commune", "Un agenda partagé"]
    # Its settings stay what it follows; a copy follows nothing.
    desk.post(f"/animer/{code}/reglages", {"title": "La suite, encore"})
    assert program.service.read(code).state.prepared.previous == previous
    copy = desk.post(f"/preparer?modele={code}", {}).headers["Location"].split("/")[2]
    assert program.service.read(copy).state.prepared.previous is None


def test_nobody_elses_workshops_are_listed_nor_taken(desk, someone, first, program):
    stranger = someone()
    assert first not in stranger.get("/preparer").text
    assert "Une affiche commune" not in stranger.get(f"/preparer?suite={first}").text
    made = stranger.post(f"/preparer?suite={first}", {}).headers["Location"].split("/")[2]
    assert program.service.read(made).state.prepared.previous is None


def test_an_export_is_taken_as_the_workshop_itself(desk, someone, first, program, tmp_path):
    state = program.service.read(first).state
    write_json(
        json.loads(json.dumps(dataset_of(first, state, DOCTRINE, 0, "json").as_json())), tmp_path / "r.json"
    )
    stranger = someone()
    stranger.get("/preparer")
    page = sent(stranger, (tmp_path / "r.json").read_bytes())
    assert "À la suite de" in page
    code = posted(stranger, page, "/preparer")
    previous = program.service.read(code).state.prepared.previous
    assert previous == taken_from(state, DOCTRINE)


@pytest.mark.parametrize("body", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"format": "atelier/1"}'])
def test_another_file_is_named_as_such(desk, body):
    assert sentences.EXPORT_UNREADABLE in sent(desk, body, 422)


@pytest.mark.parametrize("text", ["x", "eJwDAAAAAAE=", "é"])
def test_a_form_that_was_tampered_with_creates_nothing(desk, text):
    answer = desk.client.post("/preparer", data={"previous": text}, base_url=BASE, headers={"Origin": BASE})
    assert answer.status_code in (403, 422)


@pytest.mark.slow
def test_ghosts_and_what_moved_are_on_every_screen(desk, someone, code, program):
    after = desk.prepare(title="La suite", previous=packed(PREVIOUS))
    phone = someone()
    phone.join(after, "fs", 1)
    act(desk, after, "open-phase", phase="articulations", sure=1)
    for group in (1, 2, 3):
        act(desk, after, "place-action", group=group, action="aller-vers", fs=75, cn=50)
    page = phone.page(f"/a/{after}")
    card = page.select_one("#card-aller-vers")
    words = "La dernière fois\u00a0: France services rarement, Conseiller numérique de temps en temps."
    assert words in card.get_text()
    assert [" ".join(each["class"]) for each in card.select(".handles .ghost")] == [
        "ghost ghost--fs fs-25", "ghost ghost--cn cn-50",
    ]  # fmt: skip
    assert page.select_one("#card-former .ghost") is None
    assert page.select_one("#followed") is not None
    assert "ghost.css" in phone.get(f"/a/{after}").text
    assert "(la dernière fois\u00a0: rarement)" in phone.get(f"/a/{after}/texte").text
    act(desk, after, "open-phase", phase="synthesis", sure=1)
    moved = "vous disiez «\u00a0rarement\u00a0», vous dites «\u00a0régulièrement\u00a0»"
    assert moved in phone.page(f"/a/{after}").select_one("#overlay").get_text()
    assert moved in desk.page(f"/animer/{after}").select_one("#desk-together").get_text()
    act(desk, after, "show-on-wall", scene="overlay")
    wall = desk.page(f"/ecran/{after}")
    assert "FS\u00a0: rarement → régulièrement" in wall.select_one("#wall-verdict-aller-vers").get_text()
    assert wall.select_one(".ranges .ghost--fs.fs-25") is not None
    # A workshop that follows none fetches nothing of it.
    other = someone()
    other.join(code, "fs", 1)
    assert "ghost" not in other.get(f"/a/{code}").text


def test_documents_say_what_moved_and_what_became_of_the_decisions(desk, program):
    after = desk.prepare(title="La suite", previous=packed(PREVIOUS))
    act(desk, after, "follow-up-decision", decision="d1", status="done")
    for group in (1, 2, 3):
        act(desk, after, "place-action", group=group, action="aller-vers", fs=75, cn=50)
    state = program.service.read(after).state
    for wanted in (MINUTES, PREFECTURE):
        blocks = minutes_of(after, state, DOCTRINE, 0, wanted).blocks
        told = "\n".join(
            " | ".join([block.text, *(cell for row in block.rows for cell in row)]) for block in blocks
        )
        assert "Une affiche commune | Alice | Fait" in told
        assert "rarement → régulièrement" in told
        assert "1 action a bougé, sur 1 que l’on peut comparer." in told
    tables = {table.name: table for table in dataset_of(after, state, DOCTRINE, 0, "json").tables}
    assert [row[-1] for row in tables["suites"].rows] == ["done", "in-progress"]
    assert tables["evolution"].rows[0][4:10] == (
        "compared", "rarement", "régulièrement", "de temps en temps", "de temps en temps", True,
    )  # fmt: skip
