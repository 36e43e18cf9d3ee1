"""How a group's continuum changes."""

from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.evolve.parts import put, with_group, with_mission
from atelier.domain.state import Mission, Workshop


def added(state: Workshop, fact: Fact, event: e.MissionAdded) -> Workshop:
    """One more mission."""
    mission = Mission(
        id=event.mission, side=event.side, text=event.text, author=fact.by.id, changed_by=fact.by.id
    )
    missions = put(state.group(event.group).missions, mission.id, mission)
    return with_group(state, event.group, missions=missions)


def edited(state: Workshop, fact: Fact, event: e.MissionEdited) -> Workshop:
    """Other words."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, text=event.text)


def moved(state: Workshop, fact: Fact, event: e.MissionMoved) -> Workshop:
    """Elsewhere on the continuum."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, side=event.side)


def withdrawn(state: Workshop, fact: Fact, event: e.MissionWithdrawn) -> Workshop:
    """Gone."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, withdrawn=True)


def restored(state: Workshop, fact: Fact, event: e.MissionRestored) -> Workshop:
    """Back after all."""
    return with_mission(state, event.group, event.mission, changed_by=fact.by.id, withdrawn=False)
