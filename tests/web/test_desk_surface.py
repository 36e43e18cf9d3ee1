"""The desk draws itself in every phase and status, tells what changed, and lets nobody's text become markup."""

import json
import re
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from atelier.domain import commands as c
from atelier.domain.values import Actor, Phase, Role, Scene, Side, Trade
from atelier.export.report import build
from atelier.limits import FEED_PAGE
from atelier.live.regions import Kind, Region
from atelier.web.render.templating import render, render_macro
from atelier.web.render.view import Changes, Reader
from atelier.web.screens.desk import page as desk
from atelier.web.screens.desk.feed import KINDS, Filter, feed, feed_size
from atelier.web.screens.desk.groups import lagging
from atelier.web.screens.desk.invite import wifi_qr
from atelier.web.screens.phone import page as phone
from atelier.web.screens.wall import page as wall
from tests.web.desk_scene import CODE, DESK, Room

EVERYTHING = frozenset({Region(Kind.EVERYTHING)})
NASTY = "<script>alert(1)</script> \"'><b>&"


def page(room: Room, **more: Any) -> BeautifulSoup:
    view = room.view(**more)
    context = desk.page(view, Reader(actor=DESK))
    context |= {"surface": "desk", "live": True, "code": CODE, "spoken_address": "192.168.1.20:8000"}
    return BeautifulSoup(render("pages/desk.html", **context), "lxml")


def changed(room: Room, *regions: Region) -> Changes:
    return desk.changes(room.view(), frozenset(regions))


def roots(changes: Changes) -> list[Tag]:
    soup = BeautifulSoup("".join(changes.html), "html.parser")
    return [node for node in soup.children if isinstance(node, Tag)]


def one(soup: Tag, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None, selector
    return found


def parts(changes: Changes) -> list[Tag]:
    """What the feed is to sort in."""
    return [root for root in roots(changes) if "data-arrived" in root.attrs]


def shown(tag: Tag) -> bool:
    return not any("hidden" in each.attrs for each in (tag, *tag.parents))


@cache
def _at_work() -> Room:
    return Room().people().open(Phase.ARTICULATIONS).do(c.StartClock()).sheets()


def at_work() -> Room:
    return _at_work().copy()


@cache
def page_at_work() -> BeautifulSoup:
    """The page of that room, to look at."""
    return page(at_work())


@pytest.mark.slow
@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize(
    "ended", ["open", *(pytest.param(each, marks=pytest.mark.slow) for each in ("closed", "archived"))]
)
def test_every_fragment_that_is_broadcast_has_its_place_in_the_page(phase: Phase, ended: str) -> None:
    room = Room().people().open(Phase.ARTICULATIONS).sheets()
    if phase is not Phase.ARTICULATIONS:
        room.open(phase)
    if phase is Phase.REPORT_BACK:
        room.do(c.PresentGroup(group=2))
    if ended != "open":
        room.do(c.CloseWorkshop())
    if ended == "archived":
        room.do(c.ArchiveWorkshop())
    soup = page(room)
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    drawn = roots(desk.changes(room.view(), EVERYTHING))
    assert drawn
    for root in drawn:
        assert root.get("hx-swap-oob") == "true"
        assert root["id"] in ids
        assert root.name == one(soup, f'[id="{root["id"]}"]').name


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.EVERYTHING])
def test_what_a_region_redraws_is_what_the_page_would_show(kind: Kind) -> None:
    room, soup = at_work(), page_at_work()
    group = 2 if kind in (Kind.LINE, Kind.INITIATIVES, Kind.LINES, Kind.MISSIONS, Kind.NOTES) else 0
    action = "orienter" if kind in (Kind.LINE, Kind.INITIATIVES, Kind.LINES) else ""
    for root in roots(changed(room, Region(kind, group, action))):
        if "data-arrived" in root.attrs:
            continue
        twin = one(soup, f'[id="{root["id"]}"]')
        assert root.get_text(" ", strip=True) == twin.get_text(" ", strip=True)


def test_broadcasts_hold_no_form() -> None:
    drawn = "".join(desk.changes(at_work().view(), EVERYTHING).html)
    assert not re.search(r"<(form|textarea|select|input (?!type=.hidden))", drawn)


@pytest.mark.slow
def test_every_button_names_a_form_of_the_page() -> None:
    soup = page(at_work().open(Phase.REPORT_BACK).do(c.PresentGroup(group=1)))
    forms = {form["id"] for form in soup.select("form[id]")}
    named = {str(button["form"]) for button in soup.select("button[form], input[form]")}
    assert named <= forms
    assert all(form.select_one("[name=op]") for form in soup.select("form[data-act]"))


def test_a_placement_moves_one_bar_and_one_group_s_numbers() -> None:
    found = changed(at_work(), Region(Kind.LINE, 2, "orienter"))
    assert [(bar[0], bar[1]) for bar in found.bars] == [(2, "orienter")]
    assert [root["id"] for root in roots(found)] == ["desk-numbers-2"]


def test_an_initiative_arrives_apart_from_the_feed_so_that_nothing_moves_under_a_finger() -> None:
    room = at_work()
    room.do(c.PostInitiative(group=3, action="orienter", text="Une affiche"))
    found = changed(room, Region(Kind.INITIATIVES, 3, "orienter"))
    (arrived,) = parts(found)
    assert "Une affiche" in arrived.get_text()
    assert (arrived["data-arrived"], arrived["data-name"]) == ("line", "3/orienter")
    assert all(root["id"] != "desk-feed" for root in roots(found))


def test_one_initiative_that_changed_arrives_alone() -> None:
    room = at_work()
    room.do(c.PostInitiative(group=3, action="orienter", text="Une affiche"))
    room.do(c.PostInitiative(group=3, action="orienter", text="Une autre"))
    *_, name = room.view().state.group(3).lines["orienter"].initiatives
    found = changed(room, Region(Kind.INITIATIVES, 3, "orienter", name))
    (arrived,) = parts(found)
    assert (arrived["data-arrived"], arrived["data-name"]) == ("initiative", name)
    assert "Une autre" in arrived.get_text()
    assert "Une affiche" not in arrived.get_text()
    room.do(c.WithdrawInitiative(group=3, initiative=name))
    found = changed(room, Region(Kind.INITIATIVES, 3, "orienter", name))
    (arrived,) = parts(found)
    assert not arrived.select("li"), "its empty part says that it is no more"
    assert arrived["data-name"] == name


def test_parts_of_the_feed_that_come_at_once_do_not_hide_each_other() -> None:
    room = at_work()
    room.do(c.PostInitiative(group=3, action="orienter", text="Une affiche"))
    room.do(c.PostInitiative(group=3, action="orienter", text="Une autre"))
    names = room.view().state.group(3).lines["orienter"].initiatives
    found = parts(changed(room, *(Region(Kind.INITIATIVES, 3, "orienter", name) for name in names)))
    assert len({part["id"] for part in found}) == len(names)


@pytest.mark.parametrize("kind", [Kind.LINES, Kind.MISSIONS, Kind.GROUPS, Kind.PEOPLE])
def test_whatever_text_comes_or_goes_is_counted_again(kind: Kind) -> None:
    found = changed(at_work(), Region(kind, 1, "libre-1"))
    assert "desk-feed-count" in {root["id"] for root in roots(found)}


def test_the_feed_is_newest_first_without_what_was_withdrawn_a_page_at_a_time() -> None:
    room = at_work()
    room.do(*(c.PostInitiative(group=1, action="relayer", text=f"Idée {n}") for n in range(FEED_PAGE + 10)))
    entries = feed(room.state)
    assert len(entries) == FEED_PAGE
    newest = entries[0]
    room.do(c.WithdrawInitiative(group=1, initiative=newest.id))
    assert feed(room.state)[0].text == entries[1].text
    rest = feed(room.state, Filter(before=feed(room.state)[-1].order))
    assert not {each.id for each in rest} & {each.id for each in entries}


@pytest.mark.slow
def test_the_feed_has_every_text_that_reaches_others_each_with_its_way_to_change_it() -> None:
    room = at_work()
    room.do(
        c.AddMission(group=2, side=Side.BOTH, text="Aider Mme Dupont"),
        c.AddAction(group=1, label="Appeler Mme Dupont"),
    )
    assert feed(room.state, Filter(kind="group")) == [], "names that were prepared reach nobody new"
    room.do(c.RenameGroup(group=1, name="Les Hauts"))
    every = {kind: feed(room.state, Filter(kind=kind)) for kind in KINDS}
    assert feed_size(room.state) == sum(map(len, every.values()))
    entries = {kind: found[0] for kind, found in every.items()}
    soup = page(room)
    for kind, each in entries.items():
        drawn = render_macro("desk/feed.html", "feed", entries=[each], zone=room.view().zone)
        item = one(BeautifulSoup(drawn, "lxml"), f'[id="desk-{kind}-{each.id}"]')
        assert one(item, "[data-atelier-fill]")["href"] == f"#corriger-{kind}"
        fields = json.loads(str(item["data-fields"]))
        panel = one(soup, f"#corriger-{kind}")
        assert {name for name in fields if not panel.select(f"form [name={name}]")} == set()
        assert bool(item.select("button[form*=hide-]")) is (kind in ("initiative", "mission", "action"))
    room.do(c.HideMission(group=2, mission=entries["mission"].id), c.HideAction(group=1, action="libre-1"))
    hidden = feed(room.state, Filter(hidden=True))
    assert {each.text for each in hidden} >= {"Aider Mme Dupont", "Appeler Mme Dupont"}
    view = room.view()
    told = [str(phone.changes(view, EVERYTHING, group)) for group in (1, 2)]
    for scene in (Scene.REMITS, Scene.OVERVIEW, Scene.GROUP):
        room.do(c.ShowOnWall(scene=scene, group=int(scene is Scene.GROUP)))
        told.append(str(wall.changes(room.view(), EVERYTHING)))
    told.append(str(build(CODE, room.state, view.doctrine, view.at, "ensemble", "a4").as_json()))
    assert [each for each in told if "Dupont" in each] == []


def test_somebody_moves_from_their_own_row_and_is_removed_or_erased_only_when_asked_once() -> None:
    page = page_at_work()
    member = one(page, "#desk-members-1 .member")
    where = page.select(f"#{one(member, '[data-atelier-choices]')['data-atelier-choices']} button")
    assert [each["form"] for each in where] == ["desk-seat-2", "desk-seat-3"]
    for form in ("desk-leave", "desk-erase"):
        folded = one(member, f"button[form={form}]").find_parent(class_="member__code")
        assert folded is not None
        assert "open" not in folded.attrs


def test_texts_and_names_are_shown_literally() -> None:
    room = at_work()
    room.do(c.Join(trade=Trade.OTHER, group=1, name=NASTY[:60]), by=Actor(Role.GUEST, "x"))
    room.do(
        c.PostInitiative(group=1, action="orienter", text=NASTY),
        c.RenameGroup(group=1, name=NASTY[:60]),
        c.Announce(text=NASTY),
        c.AddAction(group=1, label=NASTY),
        c.TakeNote(group=1, text=NASTY),
        c.RecordDecision(what=NASTY, who=NASTY, due=NASTY),
    )
    soup = page(room.open(Phase.REPORT_BACK).do(c.PresentGroup(group=1)))
    drawn = "".join(desk.changes(room.view(), EVERYTHING).html)
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert NASTY in one(soup, "#desk-feed").get_text()
    assert one(soup, "#desk-note-1-note").get_text() == NASTY


@pytest.mark.slow
def test_the_clock_s_buttons_follow_the_clock() -> None:
    def there(room: Room) -> set[str]:
        buttons = page(room).select(".now__buttons button")
        return {str(button["form"]) for button in buttons if shown(button)}

    room = Room().people().open(Phase.ARTICULATIONS)
    more = {"desk-minus-1", "desk-plus-1", "desk-plus-5"}
    assert there(room) == {"desk-start", *more}
    assert there(room.do(c.StartClock())) == {"desk-pause", *more, "desk-stop"}
    assert there(room.do(c.PauseClock())) == {"desk-resume", *more, "desk-stop"}
    assert there(room.do(c.CloseWorkshop())) == set()


@pytest.mark.slow
def test_taking_back_a_phase_is_offered_for_a_minute() -> None:
    room = Room().people().open(Phase.REMITS)
    assert shown(one(page(room), "#desk-undo"))
    assert not shown(one(page(room, after_ms=61_000), "#desk-undo"))


@pytest.mark.slow
def test_a_message_that_outlives_its_phase_is_said() -> None:
    room = Room().people().do(c.Announce(text="On démarre dans 2 minutes"))
    assert not shown(one(page(room), "#desk-stale-message"))
    room.open(Phase.REMITS)
    assert shown(one(page(room), "#desk-stale-message"))
    assert "On démarre" in one(page(room), "#desk-stale-message").get_text()
    room.do(c.Announce(text="Encore un mot"))
    assert not shown(one(page(room), "#desk-stale-message"))


@pytest.mark.slow
def test_the_next_turn_and_the_next_action_are_one_press_away() -> None:
    room = at_work().open(Phase.REPORT_BACK)

    def next_one() -> str:
        return next(button for button in page(room).select(".now__next button") if shown(button)).get_text()

    assert next_one() == "La parole : Groupe 1"
    room.do(c.PresentGroup(group=1))
    assert next_one() == "La parole : Groupe 2"
    assert "L’écran montre la fiche entière" in one(page(room), "#desk-walk").get_text()
    assert "Aller vers →" in one(page(room), "#desk-walk").get_text()
    room.do(c.ShowOnWall(scene=Scene.ACTION, group=1, action="relayer"))
    walk = one(page(room), "#desk-walk").get_text()
    assert "Action 10 sur 10" in walk
    assert "→" not in walk
    room.do(c.ShowOnWall(scene=Scene.DECISIONS))
    assert "L’écran montre autre chose" in one(page(room), "#desk-walk").get_text()
    room.do(c.PresentGroup(group=3))
    assert next_one() == "Passer à la synthèse"


def test_a_group_lags_only_when_clearly_behind_and_not_ready() -> None:
    room = Room().people().open(Phase.ARTICULATIONS).sheets(late=[3])
    assert lagging(room.state) == [3]
    assert desk.changes(room.view(), EVERYTHING).flags["lagging"] == "3"
    assert lagging(room.do(c.SayReady(group=3, on=True)).state) == []
    assert lagging(Room().people().open(Phase.ARTICULATIONS).state) == []
    assert lagging(room.open(Phase.SYNTHESIS).state) == []


def test_an_empty_table_is_no_laggard() -> None:
    room = Room()
    for number in (1, 2):
        room.do(c.Join(trade=Trade.OTHER, group=number), by=Actor(Role.GUEST, f"p{number}"))
    room.open(Phase.REMITS)
    for n in range(6):
        room.do(*(c.AddMission(group=g, side=Side.BOTH, text=f"Mission {n}") for g in (1, 2)))
    assert lagging(room.state) == []


@pytest.mark.slow
def test_twelve_groups_have_their_cards_and_forms() -> None:
    soup = page(Room(12).people(2).open(Phase.ARTICULATIONS))
    assert len(soup.select("article.group")) == 12
    assert len(soup.select("form[id^=desk-hide-]")) == 12


@pytest.mark.slow
def test_settings_are_offered_before_the_first_phase_only() -> None:
    link = 'a[href="/animer/KTZ4MP/reglages"]'
    assert shown(one(page(Room()), link))
    assert not shown(one(page(Room().open(Phase.REMITS)), link))


def test_a_revised_setup_is_noticed() -> None:
    three, four = (desk.page(Room(n).view(), Reader(actor=DESK))["body"]["setup"] for n in (3, 4))
    assert three != four


def test_the_wifi_s_name_and_password_are_shown_to_facilitators_only_in_the_panel() -> None:
    soup = page(Room(), wifi=("Salle", "secret"))
    assert one(soup, "#desk-wifi-password")["value"] == "secret"
    assert soup.select_one(".invite__wifi .qr")
    assert wifi_qr("a;b", "c:d") != wifi_qr("ab", "cd")
    assert "secret" not in "".join(desk.changes(Room().view(wifi=("Salle", "secret")), EVERYTHING).html)
