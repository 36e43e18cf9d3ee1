"""The wall draws every scene from any state, tells what changed under the same ids, and never gives anything away."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from atelier.domain import commands as c
from atelier.domain.values import DecisionStatus, NoteKind, Phase, Scene, Side, Trade
from atelier.live.regions import Kind, Region
from atelier.web.screens.desk.wall import wall_words
from atelier.web.screens.wall import page as wall
from atelier.web.screens.wall.paging import action_pages, decision_pages, rows_of, wall_pages
from atelier.web.screens.wall.remits import columns
from tests.support.simulation.replica import Replica, roots
from tests.web.wall_room import FREE, NAMES, TEXTS, Room, big_setup, busy

EVERYTHING = frozenset({Region(Kind.EVERYTHING)})
SCRIPT = "<script>alert(1)</script>"

QUICK = {Scene.WELCOME, Scene.OVERVIEW, Scene.ACTION}
"""Tried by plain `pytest`; the other scenes by `make test`."""
SHOWN = {Scene.ACROSS: (0, "orienter"), Scene.GROUP: (1, ""), Scene.ACTION: (1, "orienter")}


def soup(html):
    return BeautifulSoup(html, "lxml")


def updated(page, changes):
    """Apply changes as a browser does; every fragment has a twin on the page."""
    replica, html = Replica(page), "".join(map(str, changes.html))
    assert [name for name, _ in roots(html) if replica.element(name) is None] == []
    replica.apply({"html": html, "bars": changes.bars})
    return soup(replica.html.replace(' hx-swap-oob="true"', ""))


def drawn(page):
    main = page.find(class_="wall")
    main.find(attrs={"data-clock-text": True}).clear()  # the browser counts it down by itself
    return "\n".join(line.strip() for line in str(main).splitlines() if line.strip())


def show(room, scene):
    if scene is Scene.VOTE and not room.state.vote:
        room.do(c.OpenVote())
    if scene is Scene.MESSAGE:
        room.do(c.Announce(text="Reprise à 10 h 45"))
    action = "orienter" if scene in (Scene.ACTION, Scene.ACROSS) else ""
    group = 3 if scene in (Scene.ACTION, Scene.GROUP) else 0
    if room.state.wall.scene is not scene:
        room.show(scene, group, action)


@pytest.mark.slow
@pytest.mark.parametrize("scene", list(Scene))
@pytest.mark.parametrize("groups", [1, 3, pytest.param(12, marks=pytest.mark.slow)])
def test_every_scene_is_drawn_whatever_the_number_of_groups(scene, groups):
    room = busy(big_setup(groups, 14, 4)) if groups != 3 else busy()
    if scene in (Scene.GROUP, Scene.ACTION):
        room.show(scene, groups, "orienter" if scene is Scene.ACTION else "")
    else:
        show(room, scene)
    page = soup(room.page())
    assert page.find("main", id="scene")["class"][1] == f"scene--{scene.value}"
    assert len(page.find_all(id="scene")) == 1
    assert page.select("a, button, input, form, [style], [onclick]") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "scene",
    [pytest.param(scene, marks=[] if scene in QUICK else pytest.mark.slow) for scene in Scene],
)
def test_what_changed_leaves_the_page_as_if_loaded_again(scene):
    room = busy()
    show(room, scene)
    person = room.join(3, Trade.OTHER)
    acts: list[c.Command] = [
        c.PlaceAction(group=3, action="orienter", fs=15, cn=95),
        c.UnplaceAction(group=3, action="former"),
        c.PostInitiative(group=3, action="orienter", text="Une idée de plus"),
        c.AddAction(group=1, label="Une action ajoutée"),
        c.RenameGroup(group=3, name="Les Hauts"),
        c.SayReady(group=3, on=True),
        c.AddMission(group=2, side=Side.BOTH, text="Une mission de plus"),
        c.RecordDecision(what="Un carnet commun"),
        c.FollowUpDecision(decision="d1", status=DecisionStatus.DONE),
        c.Announce(text="Encore cinq minutes"),
        c.SetFooterOpen(on=True),
        c.Leave(participant=person.id),
    ]
    page = room.page()
    for act in acts:
        room.do(act)
        changes = wall.changes(room.view, room.stale)
        fresh = room.page()
        assert drawn(updated(page, changes)) == drawn(soup(fresh)), act
        page = fresh


@pytest.mark.slow
@pytest.mark.parametrize("scene", list(Scene))
def test_everything_redraws_parts_that_the_page_has(scene):
    room = busy()
    show(room, scene)
    changes = wall.changes(room.view, EVERYTHING)
    assert drawn(updated(room.page(), changes)) == drawn(soup(room.page()))
    assert changes.flags["scene"] == scene.value


def test_names_of_people_and_hidden_texts_are_nowhere():
    room = busy()
    initiative = room.do(c.PostInitiative(group=1, action="orienter", text="Un texte à cacher"))
    room.do(c.HighlightInitiative(group=1, initiative=initiative, on=True))
    room.do(c.HideInitiative(group=1, initiative=initiative))
    for scene in Scene:
        show(room, scene)
        html = room.page()
        assert "Prénom" not in html
        assert "Un texte à cacher" not in html


def test_a_covered_wall_holds_no_text_of_participants_whatever_is_chosen_or_written_meanwhile():
    room = busy()
    room.do(c.SetFooterOpen(on=True))
    room.do(c.SetWallCovered(on=True))
    written = ("Un mot de trop", "Une action de trop", "Une mission de trop", "Un nom de trop")
    idea, action, mission, name = written
    room.do(c.PostInitiative(group=3, action="orienter", text=idea))
    room.do(c.AddAction(group=1, label=action))
    room.do(c.AddMission(group=1, side=Side.BOTH, text=mission))
    room.do(c.RenameGroup(group=3, name=name))
    for scene in Scene:
        show(room, scene)
        for html in (room.page(), "".join(map(str, wall.changes(room.view, EVERYTHING).html))):
            assert [text for text in (*written, *TEXTS) if text in html] == [], scene
            assert "scene--blank" in html
    assert wall.changes(room.view, EVERYTHING).bars == []
    assert wall_words(room.state) == "Rien\u00a0: tout est masqué"
    room.do(c.SetWallCovered(on=False))
    assert idea in room.page()


def test_the_notes_of_a_group_stand_under_its_sheet_while_it_presents():
    room = busy()
    room.do(c.TakeNote(group=2, text="Le vendredi se partage", kind=NoteKind.AGREEMENT))
    room.show(Scene.GROUP, 2)
    assert "Le vendredi se partage" not in room.page()
    room.do(c.OpenPhase(phase=Phase.REPORT_BACK))
    room.do(c.PresentGroup(group=2))
    assert "Le vendredi se partage" in soup(room.page()).find(id="wall-notes").get_text()
    room.do(c.TakeNote(group=2, text="Qui tient l’urgence", kind=NoteKind.DISAGREEMENT))
    (told,) = wall.changes(room.view, room.stale).html
    assert "Un désaccord" in told
    room.show(Scene.GROUP, 1)
    assert "Le vendredi se partage" not in room.page()


def test_markup_in_what_people_type_is_shown_as_text():
    room = Room(big_setup(title=SCRIPT))
    room.do(c.RenameGroup(group=1, name=SCRIPT))
    room.do(c.OpenPhase(phase=Phase.ARTICULATIONS))
    initiative = room.do(c.PostInitiative(group=1, action="orienter", text=SCRIPT))
    room.do(c.HighlightInitiative(group=1, initiative=initiative, on=True))
    room.do(c.AddAction(group=1, label=SCRIPT))
    room.do(c.AddMission(group=1, side=Side.FRANCE_SERVICES, text=SCRIPT))
    room.do(c.RecordDecision(what=SCRIPT, who=SCRIPT, due=SCRIPT))
    room.do(c.Announce(text=SCRIPT))
    room.do(c.OpenVote())
    for scene in Scene:
        if room.state.wall.scene is not scene:
            group, action = SHOWN.get(scene, (0, ""))
            room.show(scene, group, action)
        assert SCRIPT not in room.page(), scene


@pytest.mark.slow
@pytest.mark.parametrize("scene", [Scene.OVERVIEW, Scene.GROUP, Scene.ACTION, Scene.OVERLAY])
def test_discreet_arms_are_in_no_page_and_no_message_before_the_report_back(scene):
    room = busy()
    room.do(c.SetArmsDiscreet(on=True))
    show(room, scene)
    page = soup(room.page())
    assert page.select("#scene .bar, #scene .track, #scene .wall-scale, #scene [class*=fs-]") == []
    room.do(c.PlaceAction(group=3, action="orienter", fs=45, cn=85))
    changes = wall.changes(room.view, room.stale)
    assert [bar[2:5] for bar in changes.bars] == [(None, None, "placed")]
    room.do(c.UnplaceAction(group=3, action="orienter"))
    room.do(c.PlaceAction(group=3, action="orienter", fs=45))
    changes = wall.changes(room.view, room.stale)
    assert [bar[2:5] for bar in changes.bars] == [(None, None, "half")]
    room.do(c.OpenPhase(phase=Phase.REPORT_BACK))
    assert soup(room.page()).select("#scene .bar__arm")


def test_the_welcome_counts_people_by_trade_and_shows_the_wifi_only_when_asked():
    room = Room()
    room.join(1, Trade.FRANCE_SERVICES)
    room.join(1, Trade.CONSEILLER_NUMERIQUE)
    room.join(1, Trade.CONSEILLER_NUMERIQUE)
    page = soup(room.page())
    assert page.select_one(".welcome-people__total").get_text(" ", strip=True) == "3 personnes dans la salle"
    assert [each.get_text(" ", strip=True) for each in page.select(".trade")][:2] == ["1 FS", "2 Conum"]
    assert len(page.select("#scene .qr")) == 1
    room.wifi = ("Mairie", "s3cret-wifi")
    page = soup(room.page())
    assert len(page.select("#scene .qr")) == 2
    assert "Mairie" in page.select_one(".welcome-how__wifi").get_text()
    assert "s3cret-wifi" in page.select_one(".welcome-how__wifi").get_text()
    assert [each.get_text() for each in page.select("#scene b")][:3] == ["1", "2", "3"]


def test_the_address_is_printed_without_its_scheme_and_the_code_in_two_halves():
    page = soup(busy().page())
    assert page.select_one(".wall-join__address").get_text() == "192.168.143.120:8000"
    assert page.select_one(".wall-join__code strong").get_text() == "KTZ 4MP"


def test_same_missions_are_merged_with_the_shapes_of_their_groups():
    room = Room()
    room.do(c.OpenPhase(phase=Phase.REMITS))
    for group in (1, 3):
        room.do(c.AddMission(group=group, side=Side.BOTH, text="Orienter"))
    page = soup(room.page())
    (mission,) = page.select(".remit--both .remit__mission")
    assert [svg["class"][1] for svg in mission.select("svg")] == ["shape--1", "shape--3"]


def test_too_many_missions_keep_the_printed_then_the_most_recent():
    room = Room()
    room.do(c.OpenPhase(phase=Phase.REMITS))
    for n in range(60):
        text = f"Mission numéro {n} du groupe, avec quelques mots de plus"
        room.do(c.AddMission(group=1, side=Side.FRANCE_SERVICES, text=text))
    fs, _, _ = columns(room.state)
    assert [mission.printed for mission in fs.missions[:4]] == [True, True, True, False]
    assert fs.missions[3].text.startswith("Mission numéro 59")
    assert fs.more == 63 - len(fs.missions) > 0


def test_an_action_shows_all_its_initiatives_most_supported_first_over_its_pages():
    room = Room()
    people = [room.join(1) for _ in range(3)]
    room.do(c.OpenPhase(phase=Phase.ARTICULATIONS))
    for n in range(12):
        initiative = room.do(c.PostInitiative(group=1, action="orienter", text=f"{n} {TEXTS[n % 5]}"[:280]))
        for person in people[: n % 4]:
            room.do(c.SupportInitiative(group=1, initiative=initiative), person)
    line = room.state.group(1).lines["orienter"]
    found = action_pages(line)
    flat = [initiative for page in found for initiative in page]
    assert len(flat) == 12
    assert [len(initiative.supporters) for initiative in flat] == sorted(
        (n % 4 for n in range(12)), reverse=True
    )
    room.show(Scene.ACTION, 1, "orienter", 1)
    assert wall_pages(room.state) == len(found) > 1
    assert f"page 2/{len(found)}" in soup(room.page()).select_one(".action-initiatives__count").get_text()
    room.show(Scene.ACTION, 1, "orienter", 99)
    assert f"page {len(found)}/{len(found)}" in room.page()


def test_a_wrapped_text_is_counted_in_whole_lines():
    assert rows_of("un", 10) == 1
    assert rows_of("un deux trois quatre cinq", 6) == 3
    assert rows_of("x" * 40, 6) == 4


def test_many_decisions_are_paged():
    room = Room()
    room.do(c.RecordDecision(what="Un carnet commun", who="Hub", due="juin"))
    assert len(decision_pages(room.state)) == 1
    for _ in range(19):
        room.do(c.RecordDecision(what=TEXTS[4], who="Préfecture", due="2027"))
    room.show(Scene.DECISIONS)
    assert wall_pages(room.state) == len(decision_pages(room.state)) > 1


def test_each_groups_own_actions_stand_under_their_own_names():
    room = Room()
    room.do(c.OpenPhase(phase=Phase.ARTICULATIONS))
    room.show(Scene.OVERVIEW)
    room.do(c.AddAction(group=2, label="Prêter du matériel"))
    cells = soup(room.page()).select(".matrix__row--own .matrix__cell")
    assert [cell.get_text(strip=True) for cell in cells] == ["–", "Prêter du matériel", "–"]
    room.do(c.AddAction(group=1, label=FREE[0]))
    page = soup(room.page())
    assert page.select(".matrix__row--own") == []
    told = [each.get_text(" ", strip=True) for each in page.select(".matrix__legend li")]
    assert told == [f"autre action\xa0: {FREE[0]}", "autre action\xa0: Prêter du matériel"]
    room.show(Scene.OVERLAY)
    own = soup(room.page()).select(".overlay-row--own")
    assert [each.get_text(strip=True) for each in own] == [FREE[0], "Prêter du matériel"]
    assert [each["data-bar"] for row in own for each in row.select("[data-bar]")] == [
        "1/libre-1",
        "2/libre-1",
    ]


@pytest.mark.parametrize(
    ("groups", "name", "numbered"),
    [
        (3, "Les Hauts de la plaine", False),
        (3, NAMES[0][:60], False),
        (3, "Anticonstitutionnellement vôtre", True),
        (6, "Déodatie", True),
        (7, "Les Hauts", True),
    ],
)
def test_names_that_columns_cannot_hold_whole_stand_in_the_legend(groups, name, numbered):
    room = Room(big_setup(groups))
    room.do(c.RenameGroup(group=1, name=name))
    room.show(Scene.OVERVIEW)
    page = soup(room.page())
    assert bool(page.select(".matrix__mark")) == numbered
    assert name in page.select_one(".matrix__legend" if numbered else ".matrix__name").get_text()


def test_the_code_in_large_stays_for_twenty_seconds_over_any_scene():
    room = busy()
    assert soup(room.page()).select("#wall-big-code .qr") == []
    page = room.page()
    room.do(c.ShowJoinCode())
    room.at += 15_000
    drawn_again = updated(page, wall.changes(room.view, room.stale)).find(id="wall-big-code")
    assert drawn_again["data-left"] == "5000"
    assert drawn_again.select(".qr")
    assert drawn_again.select_one(".big-code__code").get_text() == "KTZ 4MP"
    room.at += 5_000
    assert soup(room.page()).find(id="wall-big-code")["data-left"] == "0"


def test_a_closed_workshop_does_not_invite_any_more():
    room = busy()
    room.do(c.CloseWorkshop())
    page = soup(room.page())
    assert page.select("#wall-footer .qr, #scene .qr") == []
    assert "L’atelier est clos" in page.get_text()


def test_the_star_is_for_what_was_highlighted():
    room = busy()
    room.do(c.SetFooterOpen(on=True))
    entries = soup(room.page()).select(".wall-highlight")
    featured = {
        initiative.id
        for group in room.state.groups
        for line in group.lines.values()
        for initiative in line.initiatives.values()
        if initiative.highlighted
    }
    starred = {
        entry["data-initiative"] for entry in entries if len(entry.select(".wall-highlight__from .icon")) == 1
    }
    assert starred == featured & {entry["data-initiative"] for entry in entries}
    assert 0 < len(starred) < len(entries)


@pytest.mark.parametrize(
    ("scene", "place"),
    [
        (Scene.OVERVIEW, ".matrix__text"),
        (Scene.GROUP, ".sheet__text"),
        (Scene.OVERLAY, ".overlay-label__text"),
    ],
)
def test_a_common_actions_words_are_whole_where_its_short_ones_were_cut(scene, place):
    label = "Je tiens une permanence commune en mairie"
    setup = big_setup(actions=10)
    cut = replace(setup.actions[2], short="Je tiens une permanence…", label=label)
    room = Room(replace(setup, actions=(*setup.actions[:2], cut, *setup.actions[3:])))
    room.do(c.OpenPhase(phase=Phase.REPORT_BACK))
    room.show(scene, group=1 if scene is Scene.GROUP else 0)
    assert soup(room.page()).select(place)[2].get_text() == label


def test_the_desk_says_what_the_wall_shows_while_arms_are_discreet():
    room = busy()
    room.do(c.SetArmsDiscreet(on=True))
    room.show(Scene.OVERLAY, 0, "")
    assert wall_words(room.state) == "La vue d’ensemble des groupes"
