"""decide(state, act) → events, or Refused. One module a concern; the table below says which decides what."""

from collections.abc import Callable
from typing import Any

from atelier.domain import commands as c
from atelier.domain.acts import Act
from atelier.domain.decide import (
    agenda,
    decisions,
    entrance,
    initiatives,
    late,
    lifecycle,
    missions,
    pens,
    people,
    put_back,
    sheet,
    undo,
    wall,
)
from atelier.domain.events import Event
from atelier.domain.preconditions import moved_on
from atelier.domain.refusals import Code, Refused
from atelier.domain.rights import allow
from atelier.domain.state import Workshop

DECIDERS: dict[type[c.Command], Callable[[Workshop, Act, Any], tuple[Event, ...]]] = {
    c.PrepareWorkshop: lifecycle.prepare,
    c.ReviseSetup: lifecycle.revise,
    c.IssueKey: lifecycle.issue_key,
    c.RevokeKey: lifecycle.revoke_key,
    c.CloseWorkshop: lifecycle.close,
    c.ReopenWorkshop: lifecycle.reopen,
    c.ArchiveWorkshop: lifecycle.archive,
    c.Join: people.join,
    c.ChangeGroup: people.change_group,
    c.IntroduceOneself: people.introduce,
    c.Leave: people.leave,
    c.SetEntrance: entrance.set_entrance,
    c.RemoveIdle: entrance.remove_idle,
    c.PutBack: put_back.put_back,
    c.RenameGroup: people.rename_group,
    c.OpenPhase: agenda.open_phase,
    c.RevertPhase: agenda.revert_phase,
    c.StartClock: agenda.start_clock,
    c.PauseClock: agenda.pause_clock,
    c.ResumeClock: agenda.resume_clock,
    c.ExtendClock: agenda.extend_clock,
    c.StopClock: agenda.stop_clock,
    c.PresentGroup: agenda.present_group,
    c.Announce: wall.announce,
    c.ClearAnnouncement: wall.clear_announcement,
    c.ShowOnWall: wall.show,
    c.SetArmsDiscreet: wall.set_discreet,
    c.SetFooterOpen: wall.set_footer,
    c.SetOnePen: pens.set_one_pen,
    c.TakePen: pens.take_pen,
    c.PlaceAction: sheet.place,
    c.UnplaceAction: sheet.unplace,
    c.SetActionAside: sheet.set_aside,
    c.AddAction: sheet.add,
    c.RenameAction: sheet.rename,
    c.RemoveAction: sheet.remove,
    c.PostInitiative: initiatives.post,
    c.EditInitiative: initiatives.edit,
    c.WithdrawInitiative: initiatives.withdraw,
    c.SupportInitiative: initiatives.support,
    c.UnsupportInitiative: initiatives.unsupport,
    c.HideInitiative: initiatives.hide,
    c.ShowInitiative: initiatives.show,
    c.HighlightInitiative: initiatives.highlight,
    c.AddMission: missions.add,
    c.EditMission: missions.edit,
    c.MoveMission: missions.move,
    c.WithdrawMission: missions.withdraw,
    c.SayReady: people.say_ready,
    c.TakeNote: decisions.take_note,
    c.RecordDecision: decisions.record,
    c.EditDecision: decisions.edit,
    c.WithdrawDecision: decisions.withdraw,
    c.EraseParticipant: people.erase,
    c.ResetWorkshop: lifecycle.reset,
    c.HandIn: late.hand_in,
    c.AcceptText: late.accept,
    c.SetTextAside: late.set_aside,
    c.UndoLast: undo.undo_last,
}


def decide(state: Workshop, act: Act) -> tuple[Event, ...]:
    """Return the events that `act` brings about in `state`, possibly none. Raises Refused, changes nothing."""
    allow(state, act)
    if moved_on(state, act.command):
        raise Refused(Code.MOVED_ON)
    return DECIDERS[type(act.command)](state, act, act.command)


def accepted(state: Workshop, act: Act) -> bool:
    """Tell whether `act` would be accepted in `state`, without doing it."""
    try:
        decide(state, act)
    except Refused:
        return False
    return True
