"""A phone's page brings the latest initiatives of each card; the others come when they are asked for."""

import re

import pytest
from bs4 import BeautifulSoup

from atelier.domain import commands as c
from atelier.limits import CARD_SHOWS, OWN_SHOWN
from atelier.live.regions import Region
from atelier.web.screens.phone import page as phone
from tests.support.simulation.replica import Replica
from tests.support.visitors import BASE
from tests.web.phone_scene import DESK, NADIA, PAUL, Scene, busy

BEYOND = 5
POSTED = CARD_SHOWS + BEYOND
OLDER = "[data-atelier-older]"
LIST = "#initiatives-1-orienter"


def ids(html):
    return re.findall(r'data-initiative="([^"]+)"', html)


def shown(page, where=f"{LIST} [data-initiative-text]"):
    return [each.text for each in page.select(where)]


@pytest.fixture
def writer(desk, someone, code):
    desk.act(code, "open-phase", phase="articulations")
    writer = someone()
    writer.join(code)
    for n in range(POSTED):
        writer.act(code, "post-initiative", group=1, action="orienter", text=f"Idée {n}")
    return writer


@pytest.mark.slow
def test_a_page_brings_the_latest_and_a_link_to_all_that_works_without_scripts(writer, code):
    page = writer.page(f"/a/{code}")
    assert shown(page) == [f"Idée {n}" for n in range(BEYOND, POSTED)]
    assert page.select_one('[data-initiatives="1/orienter"]').text == f"{POSTED}"
    (link,) = page.select(OLDER)
    whole = writer.page(link["href"].partition("#")[0])
    assert shown(whole) == [f"Idée {n}" for n in range(POSTED)]
    assert whole.select_one("#card-orienter details").has_attr("open")
    assert not whole.select(OLDER)
    own = "#vos-textes textarea"
    assert shown(page, own) == [f"Idée {n}" for n in range(POSTED)][-OWN_SHOWN:]
    (link,) = page.select("#vos-textes > p a")
    assert len(shown(writer.page(link["href"].partition("#")[0]), own)) == POSTED


def test_the_whole_list_is_for_those_who_sit_there_and_for_the_desk(writer, desk, someone, code):
    place, other = f"/a/{code}/initiatives?group=1&action=orienter", someone()
    other.join(code, group=2)
    for reader in (writer, desk):
        html = reader.client.get(place, base_url=BASE).text
        assert len(ids(html)) == POSTED
        (root,) = BeautifulSoup(html, "lxml").select("body > *")
        assert root["id"] == LIST[1:]
        assert root["hx-swap-oob"] == "true"
    for stranger in (someone(), other):
        assert stranger.client.get(place, base_url=BASE).status_code == 403
    for wrong, status in (("group=1&action=rien", 404), ("group=99&action=orienter", 403), ("", 403)):
        assert writer.client.get(f"/a/{code}/initiatives?{wrong}", base_url=BASE).status_code == status


def posted(scene: Scene, number: int) -> list[str]:
    for n in range(number):
        scene.do(PAUL, c.PostInitiative(group=1, action="orienter", text=f"Idée {n}"))
    return list(scene.state.group(1).lines["orienter"].initiatives)


def test_who_missed_many_sees_the_latest_and_that_there_are_others() -> None:
    scene = busy()
    page, missed = Replica(scene.page()), set[Region]()
    for n in range(POSTED):
        scene.do(PAUL, c.PostInitiative(group=1, action="orienter", text=f"Idée {n}"))
        missed |= scene.stale
    page.apply({"html": "".join(phone.changes(scene.view, frozenset(missed), 1).html)})
    fresh = Replica(scene.page())
    assert page.element("older-1-orienter") == fresh.element("older-1-orienter") is not None
    assert ids(page.element("initiatives-1-orienter"))[-CARD_SHOWS:] == ids(
        fresh.element("initiatives-1-orienter")
    )


def test_a_message_about_an_older_one_changes_it_only_where_it_is() -> None:
    scene = busy()
    first = posted(scene, POSTED)[0]
    page = Replica(scene.page())
    before = page.element("initiatives-1-orienter")
    scene.do(NADIA, c.SupportInitiative(group=1, initiative=first))
    html = "".join(phone.changes(scene.view, scene.stale, 1).html)
    assert ids(html) == [first]
    page.apply({"html": html})
    assert page.element("initiatives-1-orienter") == before


def test_texts_brought_together_are_shown_whole_or_not() -> None:
    scene = busy()
    all_of_them = posted(scene, POSTED)
    kept = all_of_them[-CARD_SHOWS - 1 : -CARD_SHOWS + 1]
    scene.do(DESK, c.GatherInitiatives(group=0, initiative=kept[0], other=kept[1]))
    listed = ids(scene.page())
    assert [each for each in listed if each in all_of_them] == all_of_them[-CARD_SHOWS - 1 :]


@pytest.mark.parametrize("number", [CARD_SHOWS, CARD_SHOWS + 1])
def test_nothing_is_said_of_older_ones_where_there_are_none(number: int) -> None:
    scene = Scene()
    scene.do(DESK, c.OpenPhase(phase=busy().state.phase))
    posted(scene, number)
    assert ("data-atelier-older" in scene.page()) == (number > CARD_SHOWS)
