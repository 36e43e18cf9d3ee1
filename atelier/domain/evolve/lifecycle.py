"""How preparing, revising, closing and keys change the state."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import changed, put, with_sound_wall
from atelier.domain.setup import Setup
from atelier.domain.state import Clock, Key, Workshop, blank_group, initial_state
from atelier.domain.values import Scene, Status


def prepared(state: Workshop, fact: Fact, event: e.WorkshopPrepared) -> Workshop:
    """The workshop exists, its groups have their blank sheets."""
    return changed(_with_setup(state, event.setup), status=Status.OPEN, phase_since=fact.at)


def revised(state: Workshop, fact: Fact, event: e.SetupRevised) -> Workshop:
    """Blank sheets again: a setup is revised only before anybody wrote on one. Nothing older can be undone."""
    return with_sound_wall(
        changed(_with_setup(state, event.setup), before_phase=None, last_acts={}, removals={})
    )


def reset(state: Workshop, fact: Fact, event: e.WorkshopCleared) -> Workshop:
    """As it was prepared, with the links that were handed out."""
    blank = changed(_with_setup(initial_state(), state.prepared), status=Status.OPEN, phase_since=fact.at)
    return changed(blank, keys=state.keys, one_pen=state.one_pen)


def key_issued(state: Workshop, fact: Fact, event: e.KeyIssued) -> Workshop:
    """One more secret link works."""
    key = Key(id=event.key, holder=event.holder, key_hash=event.key_hash)
    return changed(state, keys=put(state.keys, event.key, key))


def key_revoked(state: Workshop, fact: Fact, event: e.KeyRevoked) -> Workshop:
    """That link works no longer."""
    return changed(state, keys=put(state.keys, event.key, changed(state.keys[event.key], revoked=True)))


def closed(state: Workshop, fact: Fact, event: e.WorkshopClosed) -> Workshop:
    """Participants are frozen. What was announced before is over, unless the wall still shows it."""
    announcement = state.announcement if state.wall.scene is Scene.MESSAGE else ""
    return changed(state, status=Status.CLOSED, before_phase=None, announcement=announcement)


def reopened(state: Workshop, fact: Fact, event: e.WorkshopReopened) -> Workshop:
    """Participants may write again."""
    return changed(state, status=Status.OPEN)


def archived(state: Workshop, fact: Fact, event: e.WorkshopArchived) -> Workshop:
    """Everybody is frozen."""
    return changed(state, status=Status.ARCHIVED)


def _with_setup(state: Workshop, setup: Setup) -> Workshop:
    groups = tuple(blank_group(setup, number) for number in range(1, len(setup.groups) + 1))
    return changed(
        state, setup=setup, groups=groups, clock=Clock(total_ms=setup.minutes[state.phase] * 60_000)
    )
