"""What everybody sees: the wall's scene, the facilitator's line, discreet arms, the footer."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.refusals import Code
from atelier.domain.state import WallView
from atelier.domain.values import Phase, Scene, Status
from tests.support.histories import ALICE, FACILITATOR, T0, done, given, refused, workshop

ROOM = workshop(Phase.ARTICULATIONS)
MESSAGE = e.AnnouncementMade(text="Pause de dix minutes")


def chosen(scene: Scene, group: int = 0, action: str = "", page: int = 0) -> e.WallViewChosen:
    """The event of a choice."""
    return e.WallViewChosen(scene=scene, group=group, action=action, page=page)


@pytest.mark.parametrize(
    "scene",
    sorted(
        set(Scene) - {Scene.GROUP, Scene.ACTION, Scene.MESSAGE, Scene.VOTE, Scene.ACROSS, Scene.FOLLOW_UP}
    ),
)
def test_any_scene_may_be_chosen_and_drops_what_it_does_not_need(scene: Scene) -> None:
    show = c.ShowOnWall(scene=scene, group=2, action="orienter", page=1)
    assert given(ROOM).when(show).then(chosen(scene, page=1)).wall == WallView(scene=scene, page=1)


def test_a_group_or_one_of_its_actions_may_be_shown_page_by_page() -> None:
    group = c.ShowOnWall(scene=Scene.GROUP, group=2, action="orienter", page=1)
    given(ROOM).when(group).then(chosen(Scene.GROUP, 2, page=1))
    action = c.ShowOnWall(scene=Scene.ACTION, group=2, action="orienter", page=3)
    given(ROOM).when(action).then(chosen(Scene.ACTION, 2, "orienter", 3))


def test_an_action_may_be_shown_over_all_groups() -> None:
    across = c.ShowOnWall(scene=Scene.ACROSS, group=2, action="orienter")
    given(ROOM).when(across).then(chosen(Scene.ACROSS, 0, "orienter"))
    own = c.ShowOnWall(scene=Scene.ACROSS, action="libre-1")
    given(ROOM).when(own).then(refused(Code.UNKNOWN_ACTION))


def test_choosing_what_is_shown_changes_nothing() -> None:
    given(ROOM, chosen(Scene.GROUP, 2)).when(c.ShowOnWall(scene=Scene.GROUP, group=2)).then()


def test_what_does_not_exist_cannot_be_shown() -> None:
    given(ROOM).when(c.ShowOnWall(scene=Scene.GROUP)).then(refused(Code.UNKNOWN_GROUP))
    action = c.ShowOnWall(scene=Scene.ACTION, group=1, action="libre-1")
    given(ROOM).when(action).then(refused(Code.UNKNOWN_ACTION))
    given(ROOM).when(c.ShowOnWall(scene=Scene.MESSAGE)).then(refused(Code.NOT_A_VIEW))
    given(ROOM).when(c.ShowOnWall(scene=Scene.OVERVIEW, page=-1)).then(refused(Code.NOT_A_VIEW))
    given(ROOM).when(c.ShowOnWall(scene=Scene.OVERVIEW, page=10**9)).then(refused(Code.NOT_A_VIEW))


def test_an_announcement_may_fill_the_wall_and_leaves_it_blank_when_cleared() -> None:
    given(ROOM, MESSAGE).when(c.ShowOnWall(scene=Scene.MESSAGE)).then(chosen(Scene.MESSAGE))
    shown = given(ROOM, MESSAGE, chosen(Scene.MESSAGE)).when(c.ClearAnnouncement())
    assert shown.then(e.AnnouncementCleared()).wall == WallView(scene=Scene.BLANK)


def test_clearing_an_announcement_leaves_another_scene_alone() -> None:
    after = given(ROOM, chosen(Scene.GROUP, 2), MESSAGE).when(c.ClearAnnouncement())
    assert after.then(e.AnnouncementCleared()).wall == WallView(scene=Scene.GROUP, group=2)
    given(ROOM).when(c.ClearAnnouncement()).then()


def test_something_may_be_said_to_everybody_after_the_close_too() -> None:
    announce = c.Announce(text=" Pause  de dix minutes ")
    assert given(ROOM).when(announce).then(MESSAGE).announcement == "Pause de dix minutes"
    given(workshop(status=Status.CLOSED)).when(announce).then(MESSAGE)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", Code.TEXT_EMPTY), ("x" * 141, Code.TEXT_TOO_LONG), ("\x1b[0m", Code.TEXT_UNREADABLE)],
)
def test_an_announcement_needs_readable_words(text: str, code: Code) -> None:
    given(ROOM).when(c.Announce(text=text)).then(refused(code))


def test_arms_may_be_discreet_and_revealed() -> None:
    assert given(ROOM).when(c.SetArmsDiscreet(on=True)).then(e.ArmsHidden()).discreet
    assert not given(ROOM, e.ArmsHidden()).when(c.SetArmsDiscreet(on=False)).then(e.ArmsRevealed()).discreet
    given(ROOM).when(c.SetArmsDiscreet(on=False)).then()


def test_the_footer_may_let_every_initiative_through() -> None:
    assert given(ROOM).when(c.SetFooterOpen(on=True)).then(e.FooterOpened()).footer_open
    after = given(ROOM, e.FooterOpened()).when(c.SetFooterOpen(on=False)).then(e.FooterRestricted())
    assert not after.footer_open
    given(ROOM).when(c.SetFooterOpen(on=False)).then()


def test_the_code_in_large_stays_for_some_seconds_from_the_last_press() -> None:
    after = given(ROOM).when(c.ShowJoinCode(), at=T0).then(e.JoinCodeShown())
    assert after.join_code_until == T0 + 20_000
    again = given(ROOM, done(FACILITATOR, e.JoinCodeShown(), at=T0))
    assert again.when(c.ShowJoinCode(), at=T0 + 5_000).then(e.JoinCodeShown()).join_code_until == T0 + 25_000


def test_the_wall_may_be_covered_whatever_its_scene_and_shown_again() -> None:
    after = given(ROOM, chosen(Scene.GROUP, 2)).when(c.SetWallCovered(on=True)).then(e.WallCovered())
    assert (after.covered, after.wall) == (True, WallView(scene=Scene.GROUP, group=2))
    given(ROOM, e.WallCovered()).when(c.SetWallCovered(on=True)).then()
    given(ROOM, e.WallCovered()).when(c.ShowOnWall(scene=Scene.OVERLAY)).then(chosen(Scene.OVERLAY))
    assert not given(ROOM, e.WallCovered()).when(c.SetWallCovered(on=False)).then(e.WallUncovered()).covered
    given(workshop(status=Status.CLOSED)).when(c.SetWallCovered(on=True)).then(e.WallCovered())


def test_participants_do_not_choose_what_the_wall_shows() -> None:
    given(ROOM).when(c.ShowOnWall(scene=Scene.BLANK), by=ALICE).then(refused(Code.NOT_ALLOWED))
