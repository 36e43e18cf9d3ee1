"""Preparing, revising, closing a workshop; handing out and revoking its keys."""

import datetime as dt
from dataclasses import replace

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.refusals import Code, Refused
from atelier.domain.setup import DefaultMission, Setup, SheetAction
from atelier.domain.state import Workshop
from atelier.domain.text import clean, clean_optional
from atelier.domain.values import Holder, Phase


def prepare(state: Workshop, act: Act, command: c.PrepareWorkshop) -> tuple[e.Event, ...]:
    """A workshop begins with its setup and the first facilitator's key."""
    return (
        e.WorkshopPrepared(setup=_checked(command.setup, act.at)),
        e.KeyIssued(key=command.key_id, holder=Holder.FACILITATOR, key_hash=command.key_hash),
    )


def revise(state: Workshop, act: Act, command: c.ReviseSetup) -> tuple[e.Event, ...]:
    """The setup may change until the first phase opens; a group that people chose cannot vanish."""
    if state.phase is not Phase.WELCOME:
        raise Refused(Code.WORKSHOP_STARTED)
    setup = _checked(command.setup, act.at)
    if any(person.group > len(setup.groups) for person in state.present()):
        raise Refused(Code.GROUP_IN_USE)
    return () if setup == state.setup else (e.SetupRevised(setup=setup),)


def issue_key(state: Workshop, act: Act, command: c.IssueKey) -> tuple[e.Event, ...]:
    """Each co-facilitator gets a key of their own, each wall too."""
    if len(state.keys) >= limits.KEYS:
        raise Refused(Code.TOO_MANY, str(limits.KEYS))
    if act.fresh_id in state.keys:
        raise Refused(Code.ALREADY_USED)
    return (e.KeyIssued(key=act.fresh_id, holder=command.holder, key_hash=command.key_hash),)


def revoke_key(state: Workshop, act: Act, command: c.RevokeKey) -> tuple[e.Event, ...]:
    """A key that leaked stops working; the last facilitator's key stays."""
    key = state.keys.get(command.key)
    if key is None or key.revoked:
        raise Refused(Code.UNKNOWN_KEY)
    others = [
        k for k in state.keys.values() if k.holder is Holder.FACILITATOR and not k.revoked and k.id != key.id
    ]
    if key.holder is Holder.FACILITATOR and not others:
        raise Refused(Code.LAST_KEY)
    return (e.KeyRevoked(key=key.id),)


def close(state: Workshop, act: Act, command: c.CloseWorkshop) -> tuple[e.Event, ...]:
    """Participants cannot change anything any more."""
    return (e.WorkshopClosed(),)


def reopen(state: Workshop, act: Act, command: c.ReopenWorkshop) -> tuple[e.Event, ...]:
    """Takes the close back."""
    return (e.WorkshopReopened(),)


def archive(state: Workshop, act: Act, command: c.ArchiveWorkshop) -> tuple[e.Event, ...]:
    """Freezes the workshop for everybody, for good."""
    return (e.WorkshopArchived(),)


def _checked(setup: Setup, at: int) -> Setup:
    _check_counts(setup)
    if any(not 0 <= minutes <= limits.PHASE_MINUTES for minutes in setup.minutes.values()):
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    _check_dates(setup, at)
    return replace(
        setup,
        title=clean(setup.title, limits.TITLE_CHARACTERS),
        place=clean_optional(setup.place, limits.NAME_CHARACTERS),
        territory=clean_optional(setup.territory, limits.NAME_CHARACTERS),
        organiser=clean_optional(setup.organiser, limits.TITLE_CHARACTERS),
        groups=tuple(clean(name, limits.NAME_CHARACTERS) for name in setup.groups),
        actions=tuple(_checked_action(action) for action in setup.actions),
        missions=tuple(_checked_mission(mission) for mission in setup.missions),
    )


def _check_counts(setup: Setup) -> None:
    if not 1 <= len(setup.groups) <= limits.GROUPS:
        raise Refused(Code.NOT_A_SETUP, "groups")
    identifiers = {action.id for action in setup.actions}
    if not 1 <= len(setup.actions) <= limits.ACTIONS or len(identifiers) != len(setup.actions):
        raise Refused(Code.NOT_A_SETUP, "actions")
    if not 0 <= setup.free_lines <= limits.FREE_LINES:
        raise Refused(Code.NOT_A_SETUP, "free-lines")
    if len(setup.actions) + setup.free_lines > limits.LINES_WITH_FREE:
        raise Refused(Code.NOT_A_SETUP, "lines")
    if set(setup.minutes) != set(Phase) or len(setup.missions) > limits.MISSIONS_PER_GROUP:
        raise Refused(Code.NOT_A_SETUP, "agenda")


def _check_dates(setup: Setup, at: int) -> None:
    try:
        dt.date.fromisoformat(setup.date)
        purge_on = dt.date.fromisoformat(setup.purge_on)
    except ValueError:
        raise Refused(Code.NOT_A_SETUP, "date") from None
    today = dt.datetime.fromtimestamp(at / 1000, dt.UTC).date()
    # A day of slack either way: the room's calendar day may differ from the server's UTC one.
    if not -1 <= (purge_on - today).days <= limits.PURGE_DAYS_MAX + 1:
        raise Refused(Code.NOT_A_SETUP, "purge")


def _checked_action(action: SheetAction) -> SheetAction:
    return replace(
        action,
        short=clean(action.short, limits.SHORT_LABEL_CHARACTERS),
        label=clean(action.label, limits.LABEL_CHARACTERS),
    )


def _checked_mission(mission: DefaultMission) -> DefaultMission:
    return replace(mission, text=clean(mission.text, limits.MISSION_CHARACTERS))
