"""What facilitators hide or reword of texts that reach others: missions, free lines, first names."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import selectors
from atelier.domain.refusals import Code
from atelier.domain.values import Phase, Scene, Side, Trade
from tests.support.histories import ALICE, BASILE, done, given, refused, workshop

ROOM = workshop(Phase.ARTICULATIONS)
MISSION = e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="Aider Mme Dupont")
LINE = e.ActionAdded(group=1, action="libre-1", label="Appeler Mme Dupont", mission="")
IN_IT = e.InitiativePosted(group=1, action="libre-1", initiative="i1", text="Le lundi")
WRITTEN = (ROOM, done(ALICE, MISSION, LINE, IN_IT))


def test_a_hidden_mission_is_on_no_screen_until_it_is_shown_again() -> None:
    hidden, shown = e.MissionHidden(group=1, mission="m1"), e.MissionShown(group=1, mission="m1")
    after = given(WRITTEN).when(c.HideMission(group=1, mission="m1")).then(hidden)
    assert selectors.missions(after.group(1), Side.BOTH) == []
    given(WRITTEN, hidden).when(c.HideMission(group=1, mission="m1")).then()
    again = given(WRITTEN, hidden).when(c.ShowMission(group=1, mission="m1")).then(shown)
    assert [each.text for each in selectors.missions(again.group(1), Side.BOTH)] == ["Aider Mme Dupont"]
    given(WRITTEN).when(c.ShowMission(group=1, mission="m1")).then()
    given(ROOM).when(c.HideMission(group=1, mission="m1")).then(refused(Code.UNKNOWN_MISSION))


def test_a_hidden_line_goes_with_its_initiatives_and_keeps_its_place() -> None:
    hidden, shown = e.ActionHidden(group=1, action="libre-1"), e.ActionShown(group=1, action="libre-1")
    on_wall = e.WallViewChosen(scene=Scene.ACTION, group=1, action="libre-1", page=0)
    after = given(WRITTEN, on_wall).when(c.HideAction(group=1, action="libre-1")).then(hidden)
    assert [line.action.id for line in selectors.free_lines(after.group(1))] == []
    assert after.wall.scene is Scene.GROUP
    given(WRITTEN, hidden).when(c.HideAction(group=1, action="libre-1")).then()
    next_one = e.ActionAdded(group=1, action="libre-2", label="Autre", mission="")
    given(WRITTEN, hidden).when(c.AddAction(group=1, label="Autre"), by=BASILE).then(next_one)
    again = given(WRITTEN, hidden).when(c.ShowAction(group=1, action="libre-1")).then(shown)
    assert selectors.progress(again.group(1)).initiatives == 1
    given(WRITTEN).when(c.ShowAction(group=1, action="libre-1")).then()
    given(WRITTEN).when(c.HideAction(group=1, action="orienter")).then(refused(Code.COMMON_ACTION))


def test_a_first_name_can_be_replaced_or_taken_away() -> None:
    renamed = e.ParticipantIntroduced(participant="alice", trade=Trade.FRANCE_SERVICES, name="A.")
    given(ROOM).when(c.CorrectName(participant="alice", name="A.")).then(renamed)
    given(ROOM, renamed).when(c.CorrectName(participant="alice", name="A.")).then()
    nameless = e.ParticipantIntroduced(participant="alice", trade=Trade.FRANCE_SERVICES, name="")
    given(ROOM).when(c.CorrectName(participant="alice")).then(nameless)


@pytest.mark.parametrize(
    "command",
    [
        c.HideMission(group=1, mission="m1"),
        c.ShowAction(group=1, action="libre-1"),
        c.CorrectName(participant="alice", name="Autre"),
    ],
)
def test_nobody_at_a_table_moderates(command: c.Command) -> None:
    given(WRITTEN).when(command, by=ALICE).then(refused(Code.NOT_ALLOWED))
