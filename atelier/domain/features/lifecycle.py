"""The workshop itself: preparing, revising, closing it; its keys."""

from dataclasses import replace

from atelier.domain import limits
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.parts import changed, put, with_sound_wall
from atelier.domain.refusals import Code, Refused
from atelier.domain.regions import Kind
from atelier.domain.registry import command, decides, event, evolves
from atelier.domain.rules import CLOSED, ONCE_PREPARED, OPEN_OR_CLOSED, UNPREPARED, Rule, facilitators
from atelier.domain.selectors import links_left
from atelier.domain.setup import Setup, checked
from atelier.domain.state import Clock, Key, Workshop, blank_group, initial_state
from atelier.domain.text import clean_optional
from atelier.domain.values import Holder, Phase, Role, Scene, Status

# --- commands


@command(Rule(roles=frozenset({Role.HOST}), statuses=UNPREPARED))
class PrepareWorkshop(Command):
    """Begin a workshop, with its setup and the first facilitator’s key."""

    setup: Setup
    key_id: str
    key_hash: str


@command(facilitators())
class ReviseSetup(Command):
    """Change the setup, while nothing opened, no sheet was written on, and nobody sits at a group that vanishes."""

    setup: Setup


@command(facilitators(ONCE_PREPARED))
class IssueKey(Command):
    """Hand out a link to a co-facilitator or a wall, with a name to tell it by; the operation is its id.

    `opened`: whoever asks uses it at once.
    """

    holder: Holder
    key_hash: str
    name: str = ""
    opened: bool = False


@command(Rule(roles=frozenset({Role.HOST}), statuses=ONCE_PREPARED))
class NoteLinkOpened(Command):
    """Note that somebody came by a link for the first time."""

    key: str


@command(facilitators(ONCE_PREPARED))
class RevokeKey(Command):
    """Make a link useless; the last facilitator’s stays."""

    key: str


@command(facilitators())
class CloseWorkshop(Command):
    """Freeze participants."""

    from_status: Status | None = None


@command(facilitators(CLOSED))
class ReopenWorkshop(Command):
    """Take the close back."""

    from_status: Status | None = None


@command(facilitators(CLOSED))
class ArchiveWorkshop(Command):
    """Freeze everybody, for good."""

    from_status: Status | None = None


@command(facilitators(OPEN_OR_CLOSED))
class ResetWorkshop(Command):
    """After a rehearsal: blank sheets and nobody there; setup, links and code stay, words before it are overwritten."""


# --- events


@event("workshop.prepared", stale=(Kind.EVERYTHING,), story="l’atelier est préparé")
class WorkshopPrepared(Event):
    """The workshop exists, with blank sheets."""

    setup: Setup


@event("setup.revised", stale=(Kind.EVERYTHING,), story="les réglages changent")
class SetupRevised(Event):
    """Blank sheets again, with another setup."""

    setup: Setup


@event("key.issued", stale=(Kind.KEYS,), story="un lien est remis")
class KeyIssued(Event):
    """A secret link works; only its hash is known. `opened` is None in journals of before that was noted."""

    key: str
    holder: Holder
    key_hash: str
    name: str = ""
    opened: bool | None = None


@event("key.opened", stale=(Kind.KEYS,), story="un lien sert pour la première fois")
class KeyOpened(Event):
    """Somebody came by that link."""

    key: str


@event("key.revoked", stale=(Kind.KEYS,), story="un lien ne vaut plus")
class KeyRevoked(Event):
    """That link works no longer."""

    key: str


@event("workshop.closed", stale=(Kind.PHASE, Kind.ANNOUNCEMENT), story="l’atelier est clos")
class WorkshopClosed(Event):
    """Participants are frozen; what was announced is over, unless the wall still shows it."""


@event("workshop.reopened", stale=(Kind.PHASE,), story="l’atelier rouvre")
class WorkshopReopened(Event):
    """Participants may write again."""


@event("workshop.archived", stale=(Kind.PHASE,), story="l’atelier est archivé")
class WorkshopArchived(Event):
    """Everybody is frozen."""


@event("workshop.cleared", stale=(Kind.EVERYTHING,), story="l’atelier est remis à zéro")
class WorkshopCleared(Event):
    """As prepared, with the same links; the words of the facts before it are overwritten."""


# --- deciding


@decides
def prepare_workshop(state: Workshop, act: Act, command: PrepareWorkshop) -> tuple[Event, ...]:
    """A workshop begins with two facts."""
    return (
        WorkshopPrepared(setup=checked(command.setup, act.at)),
        KeyIssued(key=command.key_id, holder=Holder.FACILITATOR, key_hash=command.key_hash, opened=True),
    )


@decides
def revise_setup(state: Workshop, act: Act, command: ReviseSetup) -> tuple[Event, ...]:
    """The setup may change until a phase opens or a sheet is written on; a group that people chose cannot vanish."""
    if state.phase is not Phase.WELCOME or _written_on(state):
        raise Refused(Code.WORKSHOP_STARTED)
    setup = checked(command.setup, act.at)
    if any(person.group > len(setup.groups) for person in state.present()):
        raise Refused(Code.GROUP_IN_USE)
    same = setup == state.setup and setup.answers_first == state.answers_first
    return () if same else (SetupRevised(setup=setup),)


@decides
def issue_key(state: Workshop, act: Act, command: IssueKey) -> tuple[Event, ...]:
    """Each co-facilitator gets a key of their own, each wall too."""
    if not links_left(state):
        raise Refused(Code.TOO_MANY, str(limits.KEYS))
    if act.fresh_id in state.keys:
        raise Refused(Code.ALREADY_USED)
    name = clean_optional(command.name, limits.NAME_CHARACTERS)
    return (
        KeyIssued(
            key=act.fresh_id,
            holder=command.holder,
            key_hash=command.key_hash,
            name=name,
            opened=command.opened,
        ),
    )


@decides
def note_link_opened(state: Workshop, act: Act, command: NoteLinkOpened) -> tuple[Event, ...]:
    """The first time counts."""
    key = state.keys.get(command.key)
    if key is None or key.revoked:
        raise Refused(Code.UNKNOWN_KEY)
    return () if key.opened_at else (KeyOpened(key=key.id),)


@decides
def revoke_key(state: Workshop, act: Act, command: RevokeKey) -> tuple[Event, ...]:
    """A key that leaked stops working; the last facilitator's key stays."""
    key = state.keys.get(command.key)
    if key is None or key.revoked:
        raise Refused(Code.UNKNOWN_KEY)
    others = [
        k for k in state.keys.values() if k.holder is Holder.FACILITATOR and not k.revoked and k.id != key.id
    ]
    if key.holder is Holder.FACILITATOR and not others:
        raise Refused(Code.LAST_KEY)
    return (KeyRevoked(key=key.id),)


@decides
def close_workshop(state: Workshop, act: Act, command: CloseWorkshop) -> tuple[Event, ...]:
    """Always, while it is open."""
    return (WorkshopClosed(),)


@decides
def reopen_workshop(state: Workshop, act: Act, command: ReopenWorkshop) -> tuple[Event, ...]:
    """Always, while it is closed."""
    return (WorkshopReopened(),)


@decides
def archive_workshop(state: Workshop, act: Act, command: ArchiveWorkshop) -> tuple[Event, ...]:
    """Always, while it is closed."""
    return (WorkshopArchived(),)


@decides
def reset_workshop(state: Workshop, act: Act, command: ResetWorkshop) -> tuple[Event, ...]:
    """Whatever was done."""
    return (WorkshopCleared(),)


def _written_on(state: Workshop) -> bool:
    # The names of the groups and who is at the tables do not count. A revision would blank everything else.
    blank = (blank_group(state.prepared, group.number) for group in state.groups)
    return any(replace(was, name=group.name) != group for was, group in zip(blank, state.groups, strict=True))


# --- evolving


@evolves
def workshop_prepared(state: Workshop, fact: Fact, event: WorkshopPrepared) -> Workshop:
    """Its groups have their blank sheets."""
    return changed(_with_setup(state, event.setup), status=Status.OPEN, phase_since=fact.at)


@evolves
def setup_revised(state: Workshop, fact: Fact, event: SetupRevised) -> Workshop:
    """A setup is revised only before anybody wrote on a sheet. Nothing older can be undone."""
    return with_sound_wall(
        changed(_with_setup(state, event.setup), before_phase=None, last_acts={}, removals={})
    )


@evolves
def workshop_cleared(state: Workshop, fact: Fact, event: WorkshopCleared) -> Workshop:
    """As it was prepared, with the links that were handed out."""
    blank = changed(_with_setup(initial_state(), state.prepared), status=Status.OPEN, phase_since=fact.at)
    return changed(blank, keys=state.keys, one_pen=state.one_pen, answers_first=state.answers_first)


@evolves
def key_issued(state: Workshop, fact: Fact, event: KeyIssued) -> Workshop:
    """One more secret link works."""
    opened_at = None if event.opened is None else fact.at if event.opened else 0
    key = Key(
        id=event.key,
        holder=event.holder,
        key_hash=event.key_hash,
        name=event.name,
        issued_at=fact.at,
        opened_at=opened_at,
    )
    return changed(state, keys=put(state.keys, event.key, key))


@evolves
def key_opened(state: Workshop, fact: Fact, event: KeyOpened) -> Workshop:
    """From then on."""
    return changed(state, keys=put(state.keys, event.key, changed(state.keys[event.key], opened_at=fact.at)))


@evolves
def key_revoked(state: Workshop, fact: Fact, event: KeyRevoked) -> Workshop:
    """It stays known, as one that was."""
    return changed(state, keys=put(state.keys, event.key, changed(state.keys[event.key], revoked=True)))


@evolves
def workshop_closed(state: Workshop, fact: Fact, event: WorkshopClosed) -> Workshop:
    """A phase that was just opened cannot be taken back any more."""
    announcement = state.announcement if state.wall.scene is Scene.MESSAGE else ""
    return changed(state, status=Status.CLOSED, before_phase=None, announcement=announcement)


@evolves
def workshop_reopened(state: Workshop, fact: Fact, event: WorkshopReopened) -> Workshop:
    """Open again, in the phase in which it was closed."""
    return changed(state, status=Status.OPEN)


@evolves
def workshop_archived(state: Workshop, fact: Fact, event: WorkshopArchived) -> Workshop:
    """For good."""
    return changed(state, status=Status.ARCHIVED)


def _with_setup(state: Workshop, setup: Setup) -> Workshop:
    groups = tuple(blank_group(setup, number) for number in range(1, len(setup.groups) + 1))
    return changed(
        state,
        setup=setup,
        groups=groups,
        clock=Clock(total_ms=setup.minutes[state.phase] * 60_000),
        answers_first=setup.answers_first,
    )
