"""The journal told line by line: in French for people, as JSON for programs."""

from typing import Any

from atelier import wording
from atelier.doctrines.loading import doctrine_of
from atelier.domain.doctrine import Doctrine
from atelier.domain.registry import NAMES, STORIES
from atelier.domain.values import ARMS, DecisionStatus, Role, Scene
from atelier.journal.codec import to_plain
from atelier.journal.protocol import Recorded
from atelier.local_time import local, zone_of
from atelier.service.workshop import Snapshot

_SCENES = {
    Scene.WELCOME: "l’accueil",
    Scene.REMITS: "les missions",
    Scene.DEMONSTRATION: "la démonstration",
    Scene.OVERVIEW: "la vue d’ensemble",
    Scene.GROUP: "la fiche du groupe {group}",
    Scene.ACTION: "« {action} », groupe {group}",
    Scene.ACROSS: "« {action} », tous les groupes",
    Scene.OVERLAY: "la superposition",
    Scene.VOTE: "le vote",
    Scene.DECISIONS: "les décisions",
    Scene.FOLLOW_UP: "les décisions de la dernière fois",
    Scene.MESSAGE: "l’annonce",
    Scene.BLANK: "rien",
}


def line(snapshot: Snapshot, recorded: Recorded) -> str:
    """Return one fact as a line: number, time, who, what."""
    fact = recorded.fact
    at = local(fact.at, zone_of(snapshot.state.prepared)).strftime("%H:%M:%S")
    said = STORIES[type(fact.event)].format(
        **_in_french(to_plain(fact.event), doctrine_of(snapshot.state.prepared))
    )
    return f"{recorded.seq:>5}  {at}  {_who(snapshot, recorded)} · {said}"


def as_json(recorded: Recorded) -> dict[str, Any]:
    """Return one fact as plain values."""
    fact = recorded.fact
    return {
        "seq": recorded.seq, "head": recorded.head, "at": fact.at, "role": fact.by.role.value, "actor": fact.by.id,
        "type": NAMES[type(fact.event)], "data": to_plain(fact.event),
    }  # fmt: skip


def _in_french(fields: dict[str, Any], doctrine: Doctrine) -> dict[str, Any]:
    """The fields with phases and scenes as people name them, and people by their number."""
    said = dict(fields)
    if "phase" in fields:
        said["phase"] = wording.phase_name(fields["phase"])
    if "scene" in fields:
        said["scene"] = _SCENES[Scene(fields["scene"])].format(**fields)
    if "status" in fields:
        said["status"] = wording.decision_status(DecisionStatus(fields["status"])).lower()
    said |= {arm: f"{doctrine.pole(arm).short} {_reach(fields, arm)}" for arm in ARMS if arm in fields}
    if "side" in fields:
        said["side"] = f"«\u00a0{wording.side_name(fields['side'], doctrine)}\u00a0»"
    if "participants" in fields:
        said["participants"] = len(fields["participants"])
    return said


def _reach(fields: dict[str, Any], arm: str) -> object:
    if arm in fields.get("unsure", ()):
        return "0 ou pas répondu"
    return wording.UNANSWERED if fields[arm] is None else fields[arm]


def _who(snapshot: Snapshot, recorded: Recorded) -> str:
    by = recorded.fact.by
    if by.role in (Role.FACILITATOR, Role.HOST):
        return "animation"
    person = snapshot.state.people.get(by.id)
    return wording.participant_name(person, f"participant·e {by.id[:4]}") if person else "participant·e"
