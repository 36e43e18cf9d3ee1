"""Preparing, revising, closing, reopening, archiving; keys handed out and revoked."""

from dataclasses import replace
from typing import Any

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.doctrine import DefaultMission, SheetAction
from atelier.domain.refusals import Code
from atelier.domain.state import WallView
from atelier.domain.values import Actor, Holder, Phase, Placement, Role, Scene, Side, Status, Trade
from tests.support.histories import (
    ALICE,
    FACILITATOR,
    HOST,
    PREPARED,
    SETUP,
    T0,
    done,
    given,
    joined,
    refused,
    state_of,
    workshop,
)


def preparing(**changes: Any) -> c.PrepareWorkshop:
    """The command that prepares SETUP with `changes`."""
    return c.PrepareWorkshop(setup=replace(SETUP, **changes), key_id="clef-1", key_hash="h1")


def test_preparing_a_workshop_opens_it_with_blank_sheets_and_a_first_key() -> None:
    after = given().when(preparing(), by=HOST).then(*PREPARED)
    assert after.status is Status.OPEN
    assert [group.name for group in after.groups] == ["Groupe 1", "Groupe 2", "Groupe 3"]
    assert list(after.group(3).lines) == ["aller-vers", "orienter", "relayer"]
    assert [m.text for m in after.group(1).missions.values()] == [m.text for m in SETUP.missions]
    assert after.keys["clef-1"].holder is Holder.FACILITATOR


def test_a_workshop_is_prepared_once() -> None:
    given(workshop()).when(preparing(), by=HOST).then(refused(Code.ALREADY_PREPARED))
    given(workshop(status=Status.ARCHIVED)).when(preparing(), by=HOST).then(refused(Code.ALREADY_PREPARED))


def test_only_this_machine_prepares() -> None:
    given().when(preparing(), by=FACILITATOR).then(refused(Code.NOT_ALLOWED))


def test_texts_of_the_setup_are_cleaned() -> None:
    after = given().when(preparing(title="  Une \n doctrine ", groups=(" A ", "B")), by=HOST)
    setup = replace(SETUP, title="Une doctrine", groups=("A", "B"))
    after.then(e.WorkshopPrepared(setup=setup), PREPARED[1])


def test_dates_are_kept_in_one_form() -> None:
    after = given().when(preparing(date="20260625", purge_on="2026-W39-3"), by=HOST)
    after.then(*PREPARED)


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"groups": ()}, "groups"),
        ({"groups": ("G",) * (limits.GROUPS + 1)}, "groups"),
        ({"actions": ()}, "actions"),
        ({"actions": (SETUP.actions[0], SETUP.actions[0])}, "actions"),
        ({"actions": (SheetAction(id="libre-1", short="A", label="A"),)}, "actions"),
        ({"actions": (SheetAction(id="a b", short="A", label="A"),)}, "actions"),
        ({"actions": (SheetAction(id="", short="A", label="A"),)}, "actions"),
        ({"actions": (SheetAction(id="a\n", short="A", label="A"),)}, "actions"),
        ({"actions": (SheetAction(id="a", short="A", label="A", examples=("x",) * 7),)}, "actions"),
        ({"free_lines": -1}, "free-lines"),
        ({"free_lines": limits.FREE_LINES + 1}, "free-lines"),
        ({"minutes": {Phase.REMITS: 10}}, "agenda"),
        ({"missions": (DefaultMission(side=Side.BOTH, text="x"),) * 201}, "agenda"),
        ({"date": "25 juin"}, "date"),
        ({"purge_on": ""}, "date"),
        ({"purge_on": "2026-06-20"}, "purge"),
        ({"purge_on": "2027-07-01"}, "purge"),
    ],
)
def test_a_setup_that_makes_no_sense_is_refused(changes: dict[str, Any], detail: str) -> None:
    given().when(preparing(**changes), by=HOST).then(refused(Code.NOT_A_SETUP, detail))


def test_a_sheet_holds_at_most_twenty_four_lines_with_the_free_ones() -> None:
    actions = tuple(SheetAction(id=f"a{n}", short="A", label="A") for n in range(20))
    given().when(preparing(actions=actions, free_lines=5), by=HOST).then(refused(Code.NOT_A_SETUP, "lines"))


@pytest.mark.parametrize("minutes", [-1, limits.PHASE_MINUTES + 1])
def test_a_phase_lasts_between_nothing_and_four_hours(minutes: int) -> None:
    agenda = {**SETUP.minutes, Phase.REMITS: minutes}
    given().when(preparing(minutes=agenda), by=HOST).then(refused(Code.CLOCK_DURATION, "240"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, Code.TEXT_EMPTY),
        ({"title": "x" * 121}, Code.TEXT_TOO_LONG),
        ({"place": "a\x00b"}, Code.TEXT_UNREADABLE),
        ({"groups": ("",)}, Code.TEXT_EMPTY),
        ({"actions": (SheetAction(id="a", short="x" * 29, label="A"),)}, Code.TEXT_TOO_LONG),
        ({"actions": (SheetAction(id="a", short="A", label="A", precision="x" * 141),)}, Code.TEXT_TOO_LONG),
        ({"actions": (SheetAction(id="a", short="A", label="A", examples=("",)),)}, Code.TEXT_EMPTY),
        ({"missions": (DefaultMission(side=Side.BOTH, text=""),)}, Code.TEXT_EMPTY),
    ],
)
def test_every_text_of_the_setup_is_checked(changes: dict[str, Any], code: Code) -> None:
    given().when(preparing(**changes), by=HOST).then(refused(code))


def test_the_setup_may_be_revised_before_the_first_phase() -> None:
    setup = replace(SETUP, title="Autre titre", groups=("Un", "Deux"))
    after = given(workshop()).when(c.ReviseSetup(setup=setup)).then(e.SetupRevised(setup=setup))
    assert [group.name for group in after.groups] == ["Un", "Deux"]
    assert after.people.keys() == {"alice", "basile", "claire"}


def test_revising_to_the_same_setup_changes_nothing() -> None:
    given(workshop()).when(c.ReviseSetup(setup=SETUP)).then()


def test_revising_after_a_phase_opened_is_refused() -> None:
    given(workshop(Phase.REMITS)).when(c.ReviseSetup(setup=SETUP)).then(refused(Code.WORKSHOP_STARTED))


def test_going_back_to_the_welcome_does_not_let_a_revision_wipe_the_sheets() -> None:
    history = (
        *workshop(Phase.ARTICULATIONS),
        *done(ALICE, e.ActionPlaced(group=1, action="orienter", fs=75, cn=0)),
        *done(FACILITATOR, e.PhaseOpened(phase=Phase.WELCOME)),
    )
    given(history).when(c.ReviseSetup(setup=replace(SETUP, title="x"))).then(refused(Code.WORKSHOP_STARTED))


def test_a_sheet_typed_in_by_a_facilitator_before_the_start_is_not_wiped_either() -> None:
    note = done(FACILITATOR, e.NoteTaken(group=2, text="Vu"))
    given(workshop(), note).when(c.ReviseSetup(setup=replace(SETUP, title="x"))).then(
        refused(Code.WORKSHOP_STARTED)
    )


def test_renaming_a_group_does_not_stop_a_revision() -> None:
    setup = replace(SETUP, place="Nancy")
    renamed = done(FACILITATOR, e.GroupRenamed(group=1, name="Les Hauts"))
    given(workshop(), renamed).when(c.ReviseSetup(setup=setup)).then(e.SetupRevised(setup=setup))


def test_a_group_where_people_sit_cannot_be_left_out() -> None:
    setup = replace(SETUP, groups=("Un",))
    given(workshop()).when(c.ReviseSetup(setup=setup)).then(refused(Code.GROUP_IN_USE))


def test_a_revision_leaves_neither_the_wall_nor_an_undo_on_what_it_removed() -> None:
    setup = replace(SETUP, groups=("Un", "Deux"))
    history = (
        *workshop(),
        *done(FACILITATOR, e.WallViewChosen(scene=Scene.GROUP, group=3, action="", page=0)),
        *done(FACILITATOR, e.GroupSaidReady(group=3), e.GroupSaidNotReady(group=3)),
        *done(FACILITATOR, e.SetupRevised(setup=setup)),
    )
    assert state_of(history).wall == WallView()
    given(history).when(c.UndoLast()).then(refused(Code.NOTHING_TO_UNDO))


def test_a_cofacilitator_and_a_wall_get_keys_of_their_own() -> None:
    command = c.IssueKey(holder=Holder.WALL, key_hash="h2")
    issued = e.KeyIssued(key="new", holder=Holder.WALL, key_hash="h2", opened=False)
    given(workshop()).when(command).then(issued)
    given(workshop(status=Status.ARCHIVED)).when(command).then(issued)


def test_a_link_has_a_name_a_date_and_says_whether_it_was_opened() -> None:
    command = c.IssueKey(holder=Holder.FACILITATOR, key_hash="h2", name=" Camille,  préfecture ")
    issued = e.KeyIssued(
        key="new", holder=Holder.FACILITATOR, key_hash="h2", name="Camille, préfecture", opened=False
    )
    key = given(workshop()).when(command, at=T0).then(issued).keys["new"]
    assert (key.name, key.issued_at, key.opened_at) == ("Camille, préfecture", T0, 0)
    opened = given(workshop(), issued).when(c.NoteLinkOpened(key="new"), by=HOST, at=T0 + 5)
    assert opened.then(e.KeyOpened(key="new")).keys["new"].opened_at == T0 + 5
    given(workshop(), issued, e.KeyOpened(key="new")).when(c.NoteLinkOpened(key="new"), by=HOST).then()
    given(workshop()).when(c.NoteLinkOpened(key="none"), by=HOST).then(refused(Code.UNKNOWN_KEY))
    before = e.KeyIssued(key="old", holder=Holder.WALL, key_hash="h")  # of a journal of before
    assert state_of(workshop(), before).keys["old"].opened_at is None


def test_a_key_identifier_serves_once() -> None:
    command = c.IssueKey(holder=Holder.FACILITATOR, key_hash="h2")
    given(workshop()).when(command, fresh_id="clef-1").then(refused(Code.ALREADY_USED))


def test_there_are_at_most_fifty_working_keys() -> None:
    keys = tuple(e.KeyIssued(key=f"k{n}", holder=Holder.WALL, key_hash="h") for n in range(limits.KEYS - 1))
    command = c.IssueKey(holder=Holder.WALL, key_hash="h")
    given(workshop(), *keys).when(command).then(refused(Code.TOO_MANY, "50"))
    issued = e.KeyIssued(key="new", holder=Holder.WALL, key_hash="h", opened=False)
    given(workshop(), *keys, e.KeyRevoked(key="k0")).when(command).then(issued)


def test_a_revoked_key_opens_nothing_any_more() -> None:
    second = e.KeyIssued(key="clef-2", holder=Holder.FACILITATOR, key_hash="h2")
    leaked = Actor(Role.FACILITATOR, "clef-2")
    given(workshop(), second).when(c.RevokeKey(key="clef-2")).then(e.KeyRevoked(key="clef-2"))
    revoked = e.KeyRevoked(key="clef-2")
    given(workshop(), second, revoked).when(c.CloseWorkshop(), by=leaked).then(refused(Code.NOT_ALLOWED))
    given(workshop(), second, revoked).when(c.RevokeKey(key="clef-2")).then(refused(Code.UNKNOWN_KEY))


def test_an_unknown_key_cannot_be_revoked() -> None:
    given(workshop()).when(c.RevokeKey(key="clef-9")).then(refused(Code.UNKNOWN_KEY))


def test_the_last_key_of_a_facilitator_stays() -> None:
    wall = e.KeyIssued(key="mur", holder=Holder.WALL, key_hash="h2")
    given(workshop(), wall).when(c.RevokeKey(key="clef-1")).then(refused(Code.LAST_KEY))
    given(workshop(), wall).when(c.RevokeKey(key="mur")).then(e.KeyRevoked(key="mur"))


def test_the_key_of_a_wall_does_not_facilitate() -> None:
    wall = e.KeyIssued(key="mur", holder=Holder.WALL, key_hash="h2")
    given(workshop(), wall).when(c.CloseWorkshop(), by=Actor(Role.FACILITATOR, "mur")).then(
        refused(Code.NOT_ALLOWED)
    )


def test_closing_freezes_participants_and_not_facilitators() -> None:
    after = given(workshop(Phase.ARTICULATIONS)).when(c.CloseWorkshop()).then(e.WorkshopClosed())
    assert after.status is Status.CLOSED
    place = c.PlaceAction(group=1, action="orienter", fs=50, cn=50)
    closed = given(workshop(Phase.ARTICULATIONS, Status.CLOSED))
    closed.when(place, by=ALICE).then(refused(Code.WORKSHOP_CLOSED))
    typed_in = closed.when(place).then(e.ActionPlaced(group=1, action="orienter", fs=50, cn=50))
    assert typed_in.group(1).lines["orienter"].placement == Placement(50, 50)


def test_what_was_announced_is_over_with_the_workshop() -> None:
    announced = given(workshop(Phase.SYNTHESIS), e.AnnouncementMade(text="Pause à 11 h"))
    assert announced.when(c.CloseWorkshop()).then(e.WorkshopClosed()).announcement == ""


def test_a_closed_workshop_gives_no_grace() -> None:
    post = c.PostInitiative(group=1, action="orienter", text="x")
    closed = given(workshop(Phase.ARTICULATIONS, Status.CLOSED))
    closed.when(post, by=ALICE, at=T0 + 1).then(refused(Code.WORKSHOP_CLOSED))


def test_nobody_joins_a_closed_workshop() -> None:
    join = c.Join(trade=Trade.OTHER, group=1)
    given(workshop(status=Status.CLOSED)).when(join, by=Actor(Role.GUEST, "late")).then(
        refused(Code.WORKSHOP_CLOSED)
    )


def test_closing_twice_is_refused() -> None:
    given(workshop(status=Status.CLOSED)).when(c.CloseWorkshop()).then(refused(Code.WORKSHOP_CLOSED))


def test_a_closed_workshop_may_be_reopened() -> None:
    after = given(workshop(status=Status.CLOSED)).when(c.ReopenWorkshop()).then(e.WorkshopReopened())
    assert after.status is Status.OPEN


def test_only_a_closed_workshop_is_reopened_or_archived() -> None:
    given(workshop()).when(c.ReopenWorkshop()).then(refused(Code.WORKSHOP_NOT_CLOSED))
    given(workshop()).when(c.ArchiveWorkshop()).then(refused(Code.WORKSHOP_NOT_CLOSED))


def test_archiving_freezes_everybody() -> None:
    given(workshop(status=Status.CLOSED)).when(c.ArchiveWorkshop()).then(e.WorkshopArchived())
    archived = given(workshop(status=Status.ARCHIVED))
    archived.when(c.ReopenWorkshop()).then(refused(Code.WORKSHOP_ARCHIVED))
    archived.when(c.TakeNote(group=1, text="x")).then(refused(Code.WORKSHOP_ARCHIVED))
    archived.when(c.SayReady(group=1, on=True), by=ALICE).then(refused(Code.WORKSHOP_ARCHIVED))


def test_nothing_can_be_done_in_a_workshop_that_was_never_prepared() -> None:
    given().when(c.OpenPhase(phase=Phase.REMITS)).then(refused(Code.UNKNOWN_WORKSHOP))


def test_whoever_left_a_group_that_is_gone_may_come_back_elsewhere() -> None:
    setup = replace(SETUP, groups=("Un", "Deux"))
    gone = Actor(Role.PARTICIPANT, "zoe")
    history = (*joined(gone, 3), *done(gone, e.ParticipantLeft(participant="zoe", group=3)))
    after = given(workshop(), history).when(c.ReviseSetup(setup=setup)).then(e.SetupRevised(setup=setup))
    assert after.people["zoe"].left
