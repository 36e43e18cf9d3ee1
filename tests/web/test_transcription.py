"""A paper sheet typed back at the desk: its cells become the desk's acts, and what is refused is said by cell."""

import pytest
from bs4 import BeautifulSoup

from atelier.domain.values import Placement, Role
from atelier.web.screens.transcription import ASIDE, Unread, reach_of
from tests.support.visitors import Browser, next_op

SCALE = ("jamais", "rarement", "de temps en temps", "régulièrement", "très régulièrement")


@pytest.mark.parametrize(
    ("said", "reach"),
    [
        ("", None), (" ", None), ("0", 0), ("4", 100), ("j", 0), ("RA", 25), ("d", 50), ("ré", 75), ("REG", 75),
        ("t", 100), ("très  régulièrement", 100), ("régulièrement", 75), ("so", ASIDE),
        ("Sans objet", ASIDE), ("S.O.", ASIDE),
    ],
)  # fmt: skip
def test_a_cell_says_a_figure_the_beginning_of_a_word_or_nothing(said, reach):
    assert reach_of(said, SCALE) == reach


@pytest.mark.parametrize(
    ("said", "told"), [("r", "rarement.* ou .*régulièrement"), ("5", "0 à 4"), ("x", "so")]
)
def test_a_cell_that_may_mean_two_things_or_none_says_what_it_takes(said, told):
    with pytest.raises(Unread, match=told):
        reach_of(said, SCALE)


@pytest.fixture
def grid(desk, code):
    """Return a function that types into the grid of table 1 and returns the answer that its script gets."""
    return lambda cells, status=200: (
        desk.post(f"/animer/{code}/saisie/1", cells, status, Accept="application/json").json
    )


def line(program, code, action):
    return program.service.read(code).state.group(1).lines[action]


def texts(found):
    return [each.text for each in found.initiatives.values() if each.visible]


def test_a_line_becomes_the_acts_of_the_desk(desk, code, program, grid, someone):
    first, second = next_op(), next_op()
    told = grid(
        {
            "fs.orienter": "3", "cn.orienter": "ra",
            f"text.orienter.{first}": "Une affiche\n\n Un carnet commun ", f"text.orienter.{second}": "Une permanence",
        }
    )  # fmt: skip
    assert told["problems"] == {}
    assert line(program, code, "orienter").placement == Placement(75, 25)
    assert texts(line(program, code, "orienter")) == ["Une affiche", "Un carnet commun", "Une permanence"]
    assert told["rows"]["orienter"]["cells"] == {"fs": "3", "cn": "1"}
    assert [text for _, text in told["rows"]["orienter"]["texts"]] == texts(line(program, code, "orienter"))
    assert {each.fact.by.role for each in list(program.service.history(code))[2:]} == {Role.FACILITATOR}
    before = program.service.read(code).position
    again = {"fs.orienter": "3", f"text.orienter.{second}": "Une permanence"}
    assert grid(again | {f"was.text.orienter.{second}": "", "was.fs.orienter": ""})["problems"] == {}
    assert program.service.read(code).position == before, "an answer that got lost, and the line sent again"
    wrong = {
        f"was.text.orienter.{second}": "Une permanence",
        f"text.orienter.{second}": "Une permanence par mois",
    }
    grid(wrong | {f"was.text.orienter.{first}": "Une affiche", f"text.orienter.{first}": ""})
    assert texts(line(program, code, "orienter")) == ["Un carnet commun", "Une permanence par mois"]
    desk.act(code, "put-back", removal=f"initiative-{first}")
    assert "Une affiche" in texts(line(program, code, "orienter"))


def test_sans_objet_and_an_emptied_cell(code, program, grid):
    told = grid({"fs.former": "so"})
    assert line(program, code, "former").set_aside
    assert told["rows"]["former"]["cells"] == {"fs": "so", "cn": "so"}
    grid({"was.fs.former": "so", "was.cn.former": "so", "fs.former": "2", "cn.former": "so"})
    assert line(program, code, "former").placement == Placement(50, None)
    grid({"cn.former": "4"})
    grid({"was.fs.former": "2", "fs.former": ""})
    assert line(program, code, "former").placement == Placement(None, 100)
    grid({"was.cn.former": "4", "cn.former": ""})
    assert line(program, code, "former").placement is None
    told = grid({"fs.former": "so", "cn.former": "1"}, 422)
    assert "toute la ligne" in told["problems"]["fs.former"]
    assert line(program, code, "former").placement is None


def test_the_four_other_lines_have_a_name_first(code, program, grid):
    key = f"ligne-{next_op()}"
    waiting = {f"fs.{key}": "4", f"text.{key}.{next_op()}": "Une charte"}
    told = grid(waiting, 422)
    assert list(told["problems"]) == [f"label.{key}"]
    assert "libre-1" not in program.service.read(code).state.group(1).lines
    for _ in range(2):  # the second time as a line whose answer got lost
        told = grid(waiting | {f"label.{key}": "Tenir un stand"})
        assert told["rows"][key]["key"] == "libre-1"
    assert texts(line(program, code, "libre-1")) == ["Une charte"]
    assert line(program, code, "libre-1").placement == Placement(100, None)
    grid({"was.label.libre-1": "Tenir un stand", "label.libre-1": "Tenir un stand à deux"})
    assert line(program, code, "libre-1").action.label == "Tenir un stand à deux"
    told = grid({"was.label.libre-1": "Tenir un stand à deux", "label.libre-1": ""}, 409)
    assert "initiative" in told["problems"]["label.libre-1"]


def test_a_refusal_is_said_at_its_cell_and_the_rest_of_the_form_is_taken(desk, code, program):
    long, key = next_op(), f"ligne-{next_op()}"
    cells = {
        "fs.orienter": "3", "cn.orienter": "9", f"text.orienter.{long}": "é" * 281, "fs.former": "j",
        f"cn.{key}": "2",
    }  # fmt: skip
    page = desk.post(f"/animer/{code}/saisie/1", cells, 422)
    assert line(program, code, "former").placement == Placement(0, None)
    assert line(program, code, "orienter").placement == Placement(75, None)
    drawn = {str(each["id"]): each for each in BeautifulSoup(page.text, "lxml").select("[id]")}
    for name, words in (("cn-orienter", "0 à 4"), (f"text-orienter-{long}", "280"), (f"label-{key}", "nom")):
        assert drawn[name]["aria-invalid"] == "true"
        assert words in drawn[str(drawn[name]["aria-describedby"])].text
    assert drawn["cn-orienter"]["value"] == "9"
    assert drawn[f"text-orienter-{long}"].text.strip() == "é" * 281
    assert drawn[f"cn-{key}"]["value"] == "2"


def test_the_lines_are_in_the_papers_order_with_what_stands_there(desk, code, someone):
    phone = someone()
    phone.join(code)
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "place-action", group=1, action="relayer", fs=35)
    phone.act(code, "post-initiative", group=1, action="relayer", text="Une liste")
    page = desk.page(f"/animer/{code}/saisie/1")
    lines = page.select("[data-line]")
    assert [each["data-line"] for each in lines[:10]][::9] == ["aller-vers", "relayer"]
    assert [each.text for each in page.select(".line__number")] == [str(n) for n in range(1, 15)]
    assert len([each for each in lines if each.select_one("[data-cell=label]")]) == 4
    assert lines[9].select("[data-cell=fs]")[0]["value"] == "1"
    assert [each.text.strip() for each in lines[9].select("textarea")] == ["Une liste", ""]


def test_it_is_the_desks_alone_and_an_archived_workshop_is_read(desk, code, someone, program):
    phone = someone()
    phone.join(code)
    for stranger in (phone, someone()):
        stranger.get(f"/animer/{code}/saisie/1", status=403)
        stranger.post(f"/animer/{code}/saisie/1", {"fs.orienter": "3"}, 403)
    desk.get(f"/animer/{code}/saisie/9", status=404)
    desk.act(code, "close-workshop")
    desk.post(f"/animer/{code}/saisie/1", {"fs.orienter": "3"})
    assert line(program, code, "orienter").placement == Placement(75, None), "typed in after the close"
    desk.act(code, "archive-workshop", from_status="closed")
    assert not desk.page(f"/animer/{code}/saisie/1").select("input[data-cell]:not([readonly])")
    told = desk.post(f"/animer/{code}/saisie/1", {"fs.orienter": "4"}, 409, Accept="application/json").json
    assert "archivé" in told["problems"]["fs.orienter"]


def test_a_line_is_an_act_of_the_limit_of_pace_and_nothing_is_lost_by_it(paced, clock):
    desk = Browser(paced.app)
    code = desk.prepare(title="Essai")
    actions = list(paced.service.read(code).state.group(1).lines)
    for n in range(3):
        cells = {f"fs.{action}": str(n) for action in actions} | {
            f"was.fs.{action}": str(n - 1) if n else "" for action in actions
        }
        desk.post(f"/animer/{code}/saisie/1", cells)
    told = desk.post(f"/animer/{code}/saisie/1", {"fs.former": "4"}, 429, Accept="application/json").json
    assert told["retry_after_ms"] > 0
    assert "rien n’est perdu" in told["problems"]["fs.former"]


def test_the_page_follows_what_others_write_and_takes_the_last_act_back(desk, code):
    address = f"/animer/{code}/saisie/1"
    desk.act(code, "open-phase", phase="articulations")
    mark = desk.page(address).select_one("main")["data-mark"]
    desk.get(f"{address}?marque={mark}", status=204)
    desk.act(code, "place-action", group=1, action="orienter", fs=75, cn=25)
    page = desk.page(f"{address}?marque={mark}")
    assert page.select_one("#fs-orienter")["value"] == "3"
    form = page.select_one("form.typed__undo")
    fields = {each["name"]: each["value"] for each in form.select("input")}
    assert desk.post(form["action"], fields, 303).location == address
    again = desk.page(address)
    assert again.select_one("#fs-orienter").get("value", "") == ""
    assert again.select_one("main")["data-mark"] == mark
