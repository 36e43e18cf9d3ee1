"""Preparing, revising, closing a workshop; handing out and revoking its keys."""

import datetime as dt
import re
from dataclasses import replace

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.refusals import Code, Refused
from atelier.domain.selectors import links_left
from atelier.domain.setup import FREE_LINE_PREFIX, DefaultMission, Setup, SheetAction
from atelier.domain.state import Workshop, blank_group
from atelier.domain.territories import NAMES
from atelier.domain.text import clean, clean_optional
from atelier.domain.values import Holder, Phase

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,40}")


def prepare(state: Workshop, act: Act, command: c.PrepareWorkshop) -> tuple[e.Event, ...]:
    """A workshop begins with its setup and the first facilitator's key."""
    return (
        e.WorkshopPrepared(setup=_checked(command.setup, act.at)),
        e.KeyIssued(key=command.key_id, holder=Holder.FACILITATOR, key_hash=command.key_hash),
    )


def revise(state: Workshop, act: Act, command: c.ReviseSetup) -> tuple[e.Event, ...]:
    """The setup may change until a phase opens or a sheet is written on; a group that people chose cannot vanish."""
    if state.phase is not Phase.WELCOME or _written_on(state):
        raise Refused(Code.WORKSHOP_STARTED)
    setup = _checked(command.setup, act.at)
    if any(person.group > len(setup.groups) for person in state.present()):
        raise Refused(Code.GROUP_IN_USE)
    return () if setup == state.setup else (e.SetupRevised(setup=setup),)


def issue_key(state: Workshop, act: Act, command: c.IssueKey) -> tuple[e.Event, ...]:
    """Each co-facilitator gets a key of their own, each wall too."""
    if not links_left(state):
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


def _written_on(state: Workshop) -> bool:
    # The names of the groups and who is at the tables do not count. A revision would blank everything else.
    blank = (blank_group(state.prepared, group.number) for group in state.groups)
    return any(replace(was, name=group.name) != group for was, group in zip(blank, state.groups, strict=True))


def reset(state: Workshop, act: Act, command: c.ResetWorkshop) -> tuple[e.Event, ...]:
    """After a rehearsal: blank sheets and nobody there, with the same setup, links and code."""
    return (e.WorkshopCleared(),)


def _checked(setup: Setup, at: int) -> Setup:
    _check_counts(setup)
    if any(not 0 <= minutes <= limits.PHASE_MINUTES for minutes in setup.minutes.values()):
        raise Refused(Code.CLOCK_DURATION, str(limits.PHASE_MINUTES))
    _check_dates(setup, at)
    return replace(
        setup,
        date=dt.date.fromisoformat(setup.date).isoformat(),
        purge_on=dt.date.fromisoformat(setup.purge_on).isoformat(),
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
    if not 1 <= len(setup.actions) <= limits.ACTIONS or not _are_identifiers(setup):
        raise Refused(Code.NOT_A_SETUP, "actions")
    if not 1 <= setup.expected <= limits.PARTICIPANTS:
        raise Refused(Code.NOT_A_SETUP, "expected")
    if setup.territory_code and setup.territory_code not in NAMES:
        raise Refused(Code.NOT_A_SETUP, "territory")
    if not 0 <= setup.free_lines <= limits.FREE_LINES:
        raise Refused(Code.NOT_A_SETUP, "free-lines")
    if len(setup.actions) + setup.free_lines > limits.LINES_WITH_FREE:
        raise Refused(Code.NOT_A_SETUP, "lines")
    if set(setup.minutes) != set(Phase) or len(setup.missions) > limits.MISSIONS_PER_GROUP:
        raise Refused(Code.NOT_A_SETUP, "agenda")


def _are_identifiers(setup: Setup) -> bool:
    identifiers = {action.id for action in setup.actions}
    return len(identifiers) == len(setup.actions) and all(
        _IDENTIFIER.fullmatch(each) and not each.startswith(FREE_LINE_PREFIX) for each in identifiers
    )


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
    if len(action.examples) > limits.EXAMPLES:
        raise Refused(Code.NOT_A_SETUP, "actions")
    return replace(
        action,
        short=clean(action.short, limits.SHORT_LABEL_CHARACTERS),
        label=clean(action.label, limits.LABEL_CHARACTERS),
        precision=clean_optional(action.precision, limits.LABEL_CHARACTERS),
        examples=tuple(clean(example, limits.INITIATIVE_CHARACTERS) for example in action.examples),
    )


def _checked_mission(mission: DefaultMission) -> DefaultMission:
    return replace(mission, text=clean(mission.text, limits.MISSION_CHARACTERS))
