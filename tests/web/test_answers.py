"""« Chacun·e répond d’abord » on the screens: before the reveal an answer is nowhere but in its author’s page."""

import re

from atelier.domain import commands as c
from atelier.domain.values import Actor, Phase, Role, Scene, Trade
from atelier.web.render.view import Reader
from atelier.web.screens.desk import page as desk_page
from atelier.web.screens.phone import page as phone_page
from atelier.web.screens.wall import page as wall_page
from tests.web.phone_scene import DESK, HOST, NADIA, PAUL
from tests.web.phone_scene import Scene as Room

LOU = Actor(Role.PARTICIPANT, "lou-000000000000")
REVEAL = c.RevealAnswers(group=1, action="orienter")


def room() -> Room:
    """Nadia and Lou of France services, and Paul, at work at table 1, where each answers first; the wall shows it."""
    scene = Room()
    scene.do(Actor(Role.GUEST, LOU.id), c.Join(trade=Trade.FRANCE_SERVICES, group=1, name="Lou"))
    scene.do(DESK, c.SetAnswersFirst(on=True))
    scene.do(DESK, c.OpenPhase(phase=Phase.ARTICULATIONS))
    scene.do(DESK, c.ShowOnWall(scene=Scene.ACTION, group=1, action="orienter"))
    return scene


def answer(fs: int) -> c.GiveAnswer:
    return c.GiveAnswer(group=1, action="orienter", fs=fs)


def told(scene: Room) -> list[str]:
    """All that the last act sent to anybody, in words and numbers."""
    drawn = [
        phone_page.changes(scene.view, scene.stale, 1),
        phone_page.changes(scene.view, scene.stale, 2),
        desk_page.changes(scene.view, scene.stale),
        wall_page.changes(scene.view, scene.stale),
    ]
    return [repr(each) for each in drawn]


def shown_to_others(scene: Room) -> list[str]:
    """The pages of everybody but Nadia, apart from operation ids."""
    desk = repr([desk_page.page(scene.view, Reader(actor=DESK))["fragment"]("answers_table")])
    wall = str(wall_page.page(scene.view, Reader(actor=HOST))["scene"])
    pages = [scene.page(PAUL), scene.page(LOU), scene.page(DESK), desk, wall]
    return [re.sub(r'name="op" value="[^"]*"', "", page) for page in pages]


def test_an_unseen_answer_is_the_same_to_everybody_else_whatever_it_says() -> None:
    seen = set()
    for reach in (0, 25, 75, 100):
        scene = room()
        scene.do(NADIA, answer(reach))
        seen.add((*told(scene), *shown_to_others(scene)))
        assert f'"orienter": {reach}' in scene.page(NADIA)
    assert len(seen) == 1
    assert "1 sur 3 a répondu" in next(iter(seen))[0]


def test_once_revealed_two_of_a_trade_show_and_one_does_not() -> None:
    scene = room()
    scene.do(NADIA, answer(75))
    scene.do(LOU, answer(25))
    scene.do(PAUL, c.GiveAnswer(group=1, action="orienter", cn=100))
    assert "Révéler</button>" in told(scene)[0]
    scene.do(PAUL, REVEAL)
    for message in (told(scene)[0], told(scene)[3]):
        assert "1 rarement, 1 régulièrement" in message
        assert message.count("spread__dot") == 2
        assert "trop peu de réponses pour être montrées" in message
        assert "très régulièrement" not in message
    assert "orienter" not in told(scene)[1]


def test_a_wall_that_hides_the_bars_hides_the_dots_until_the_report_back() -> None:
    scene = room()
    for who in (NADIA, LOU):
        scene.do(who, answer(75))
    scene.do(DESK, c.SetArmsDiscreet(on=True))
    scene.do(PAUL, REVEAL)
    assert "spread__dot" not in told(scene)[3]
    scene.do(DESK, c.OpenPhase(phase=Phase.REPORT_BACK))
    scene.do(DESK, c.ShowOnWall(scene=Scene.ACTION, group=1, action="orienter"))
    assert "spread__dot" in told(scene)[3]


def test_a_table_hears_of_its_own_answers_only() -> None:
    scene = room()
    scene.do(NADIA, answer(75))
    assert phone_page.changes(scene.view, scene.stale, 2).html == []


def test_the_preparation_offers_it_and_the_settings_know_what_the_desk_chose(desk) -> None:
    code = desk.prepare(title="Essai", answers_first="1")
    field = {"name": "answers_first"}
    assert desk.page(f"/animer/{code}/reglages").find("input", field).has_attr("checked")
    desk.act(code, "set-answers-first", on="0")
    assert not desk.page(f"/animer/{code}/reglages").find("input", field).has_attr("checked")
