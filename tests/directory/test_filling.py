"""A page is filled from what a workshop agreed; nothing is said that nobody decided, nobody's own words are copied."""

import json
from dataclasses import replace

import pytest

from atelier.directory.filling import blank_page, page_of_workshop, placed, quoted
from atelier.directory.page import BOTH, FS, UNDECIDED, BadPage, door_words, page_from, who_text
from atelier.directory.place import Place
from atelier.doctrines.loading import doctrine_of, load
from atelier.domain.state import Decision, NextMeeting, Workshop
from atelier.domain.values import Placement
from tests.support import printed_rooms as rooms
from tests.support.golden_rooms import SECRET, marked

ARTICULATION = load("articulation")


def placed_everywhere(*words: tuple[int, int] | None) -> Workshop:
    """A workshop whose groups, one pair of reaches each, say the same of every action."""
    state = rooms.blank_room()
    for group, said in zip(state.groups, words, strict=True):
        placement = Placement(fs=said[0], cn=said[1]) if said else None
        lines = [replace(line, placement=placement) for line in group.lines.values()]
        state = rooms.with_lines(state, group.number, lines)
    return state


@pytest.mark.parametrize(
    ("words", "who", "often"),
    [
        (((90, 90), (90, 90), (90, 90)), BOTH, ""),
        (((90, 0), (90, 0), (90, 0)), FS, ""),
        (((90, 50), (90, 50), (90, 50)), FS, "Conseiller numérique\u00a0: de temps en temps"),
        (((50, 50), (50, 50), (50, 50)), BOTH, "de temps en temps"),
        (((0, 0), (0, 0), (0, 0)), "neither", ""),
        (((100, 0), (0, 100), (50, 50)), UNDECIDED, ""),
        (((90, 90), None, None), UNDECIDED, ""),
        ((None, None, None), UNDECIDED, ""),
    ],
)
def test_who_does_what_is_what_the_groups_agree_on(words, who: str, often: str) -> None:
    page = page_of_workshop(placed_everywhere(*words), ARTICULATION)
    assert {(task.who, task.often) for task in page.tasks} == {(who, often)}
    assert len(page.undecided) == (len(page.tasks) if who == UNDECIDED else 0)
    shown = [task for door in page.doors for task in page.tasks_under(door.id)]
    assert len(shown) == len(page.tasks) - len(page.undecided)


def test_decisions_and_the_next_meeting_become_dates_without_those_who_carry_them() -> None:
    state = replace(
        rooms.blank_room(),
        decisions={
            "a": Decision(id="a", what="Une permanence commune", who="Claire", due_on="2026-12-01"),
            "b": Decision(id="b", what="Les mots de quelqu’un", quoted=True),
        },
        next_meeting=NextMeeting(on="2027-01-10", about="14 h, mairie"),
    )
    page = page_of_workshop(state, ARTICULATION)
    assert [(each.what, each.on) for each in page.dates] == [
        ("Une permanence commune", "2026-12-01"),
        ("Prochaine rencontre\u00a0: 14 h, mairie", "2027-01-10"),
    ]
    assert "Claire" not in json.dumps(page.as_json(), ensure_ascii=False)
    assert [each.id for each in quoted(state)] == ["b"]


def test_no_word_of_a_participant_is_copied() -> None:
    state, marks = marked(rooms.full_room())
    kept = json.dumps(
        page_of_workshop(replace(state, decisions={}), ARTICULATION).as_json(), ensure_ascii=False
    )
    assert [mark for mark in (*marks, SECRET) if mark in kept] == []


def test_a_page_is_read_back_as_it_was_kept() -> None:
    place = Place(id="x", name="Lieu", commune="Aubrelle", topics=("Aide aux démarches administratives",))
    page = placed(blank_page(ARTICULATION), [place])
    assert page_from(json.loads(json.dumps(page.as_json()))) == page
    for broken in ({}, page.as_json() | {"version": 99}, page.as_json() | {"doors": [{"nom": 1}]}):
        with pytest.raises(BadPage):
            page_from(broken)


@pytest.mark.parametrize(
    ("topics", "networks", "doors"),
    [
        (("Aide aux démarches administratives",), (), ("demarche",)),
        (("Utilisation sécurisée du numérique",), (), ("numerique",)),
        (("logement-hebergement--etre-accompagne-pour-se-loger",), (), ("au-dela",)),
        ((), ("France services",), ("demarche",)),
        ((), (), ()),
    ],
)
def test_a_place_stands_under_the_doors_that_its_topics_lead_to(topics, networks, doors) -> None:
    place = Place(id="x", name="Lieu", commune="Aubrelle", topics=topics, networks=networks)
    assert placed(blank_page(ARTICULATION), [place]).places[0].doors == doors
    kept = place.under(("au-dela",))
    assert placed(blank_page(ARTICULATION), [kept]).places[0].doors == ("au-dela",)


def test_a_door_names_whom_most_of_it_leads_to_or_the_owners_words() -> None:
    page = page_of_workshop(placed_everywhere((90, 0), (90, 0), (90, 0)), ARTICULATION)
    assert {door_words(page, door) for door in page.doors} == {"France services"}
    own = replace(page.doors[0], whom="La médiathèque")
    assert door_words(page, own) == "La médiathèque"
    assert door_words(blank_page(ARTICULATION), page.doors[0]) == ""


def test_another_doctrine_brings_its_own_words() -> None:
    fs = replace(ARTICULATION.fs, name="Nord", remit="le nord", colour="#225522")
    cn = replace(ARTICULATION.cn, name="Sud", remit="le sud")
    other = replace(ARTICULATION, slug="invented", missions=(), fs=fs, cn=cn)
    state = placed_everywhere((90, 0), (90, 0), (90, 0))
    actions = tuple(replace(each, short="Geste", label="Geste") for each in state.prepared.actions)
    page = page_of_workshop(
        replace(state, setup=replace(state.prepared, actions=actions, title="Essai")), other
    )
    said = json.dumps(page.as_json(), ensure_ascii=False)
    assert "France services" not in said
    assert "umérique" not in said
    assert [door.title for door in page.doors][:2] == [
        "La personne cherche\u00a0: le nord",
        "La personne cherche\u00a0: le sud",
    ]
    assert len(page.tasks_under("fs")) == len(page.tasks)
    assert who_text(page, BOTH) == "Nord et Sud"
    assert page.colours == ("#225522", ARTICULATION.cn.colour)
    assert doctrine_of(state.prepared).fs.name == "France services"
