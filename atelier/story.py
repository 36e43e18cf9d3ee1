"""The journal told line by line: in French for people, as JSON for programs."""

from typing import Any

from atelier import wording
from atelier.domain.values import Role, Scene
from atelier.journal.codec import NAMES, to_plain
from atelier.journal.protocol import Recorded
from atelier.local_time import local, zone_of
from atelier.service.workshop import Snapshot

_SAID = {
    "workshop.prepared": "l’atelier est préparé",
    "setup.revised": "les réglages changent",
    "key.issued": "un lien est remis",
    "key.revoked": "un lien ne vaut plus",
    "workshop.closed": "l’atelier est clos",
    "workshop.reopened": "l’atelier rouvre",
    "workshop.archived": "l’atelier est archivé",
    "participant.joined": "arrive au groupe {group}",
    "participant.moved": "passe du groupe {from_group} au groupe {to_group}",
    "participant.introduced": "se présente autrement",
    "participant.left": "quitte le groupe {group}",
    "participant.returned": "une personne retirée revient à sa place",
    "people.removed": "les personnes qui n’ont rien fait sont retirées ({count})",
    "people.returned": "les personnes retirées reviennent à leur place",
    "entrance.closed": "l’entrée est fermée",
    "entrance.opened": "l’entrée est ouverte",
    "entrance.freed": "l’entrée est ouverte à tout le monde, sans attente",
    "group.renamed": "le groupe {group} s’appelle « {name} »",
    "phase.opened": "phase ouverte : {phase}",
    "phase.reverted": "retour à la phase : {phase}",
    "clock.started": "le temps court",
    "clock.paused": "pause",
    "clock.resumed": "le temps repart",
    "clock.extended": "du temps est ajouté",
    "clock.stopped": "le temps est arrêté",
    "announcement.made": "annonce : « {text} »",
    "announcement.cleared": "l’annonce est retirée",
    "wall-view.chosen": "à l’écran : {scene}",
    "arms.hidden": "bras discrets",
    "arms.revealed": "bras montrés",
    "footer.opened": "toutes les initiatives passent à l’écran",
    "footer.restricted": "seules les initiatives mises en avant passent à l’écran",
    "pens.limited": "une plume par table",
    "pens.freed": "chacun·e place à nouveau",
    "pen.taken": "groupe {group} : prend la plume",
    "action.placed": "groupe {group}, {action} : FS {fs}, Conum {cn}",
    "action.unplaced": "groupe {group}, {action} : à placer",
    "action.set-aside": "groupe {group}, {action} : sans objet",
    "action.added": "groupe {group} ajoute « {label} »",
    "action.renamed": "groupe {group}, {action} devient « {label} »",
    "action.removed": "groupe {group} retire {action}",
    "action.restored": "groupe {group} reprend {action}",
    "initiative.posted": "groupe {group}, {action} : « {text} »",
    "initiative.edited": "groupe {group}, {action}, reformulé : « {text} »",
    "initiative.withdrawn": "groupe {group}, {action} : une initiative est retirée",
    "initiative.restored": "groupe {group}, {action} : une initiative revient",
    "initiative.supported": "groupe {group}, {action} : une initiative est soutenue",
    "initiative.unsupported": "groupe {group}, {action} : un soutien est repris",
    "initiative.hidden": "groupe {group}, {action} : une initiative est masquée",
    "initiative.shown": "groupe {group}, {action} : une initiative est remontrée",
    "initiative.highlighted": "groupe {group}, {action} : une initiative est mise en avant",
    "initiative.dimmed": "groupe {group}, {action} : une initiative n’est plus en avant",
    "mission.added": "groupe {group}, mission ({side}) : « {text} »",
    "mission.edited": "groupe {group}, mission reformulée : « {text} »",
    "mission.moved": "groupe {group} : une mission passe du côté {side}",
    "mission.withdrawn": "groupe {group} : une mission est retirée",
    "mission.restored": "groupe {group} : une mission revient",
    "group.said-ready": "le groupe {group} a terminé",
    "group.said-not-ready": "le groupe {group} continue",
    "group.presented": "le groupe {group} présente",
    "note.taken": "note du groupe {group} : « {text} »",
    "decision.recorded": "décision : « {what} »",
    "decision.edited": "décision reformulée : « {what} »",
    "decision.withdrawn": "une décision est retirée",
    "decision.restored": "une décision retirée revient",
    "participant.erased": "quelqu’un est effacé, avec ses textes",
    "workshop.cleared": "l’atelier est remis à zéro",
    "text.received": "groupe {group}, texte arrivé après la fin : « {text} »",
    "text.accepted": "groupe {group} : un texte arrivé après la fin est ajouté à la fiche",
    "text.set-aside": "un texte arrivé après la fin est écarté",
    "text.resumed": "un texte écarté est repris",
    "last-act.undone": "annule ainsi son dernier geste",
}
"""One sentence an event; a test holds that none is missing."""

_SCENES = {
    Scene.WELCOME: "l’accueil",
    Scene.REMITS: "les missions",
    Scene.DEMONSTRATION: "la démonstration",
    Scene.OVERVIEW: "la vue d’ensemble",
    Scene.GROUP: "la fiche du groupe {group}",
    Scene.ACTION: "« {action} », groupe {group}",
    Scene.OVERLAY: "la superposition",
    Scene.DECISIONS: "les décisions",
    Scene.MESSAGE: "l’annonce",
    Scene.BLANK: "rien",
}


def line(snapshot: Snapshot, recorded: Recorded) -> str:
    """Return one fact as a line: number, time, who, what."""
    fact = recorded.fact
    at = local(fact.at, zone_of(snapshot.state.prepared)).strftime("%H:%M:%S")
    said = _SAID[NAMES[type(fact.event)]].format(**_in_french(to_plain(fact.event)))
    return f"{recorded.seq:>5}  {at}  {_who(snapshot, recorded)} · {said}"


def as_json(recorded: Recorded) -> dict[str, Any]:
    """Return one fact as plain values."""
    fact = recorded.fact
    return {
        "seq": recorded.seq, "head": recorded.head, "at": fact.at, "role": fact.by.role.value, "actor": fact.by.id,
        "type": NAMES[type(fact.event)], "data": to_plain(fact.event),
    }  # fmt: skip


def _in_french(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the names of phases and scenes as people say them."""
    said = dict(fields)
    if "phase" in fields:
        said["phase"] = wording.phase_name(fields["phase"])
    if "scene" in fields:
        said["scene"] = _SCENES[Scene(fields["scene"])].format(**fields)
    if "participants" in fields:
        said["count"] = len(fields["participants"])
    return said


def _who(snapshot: Snapshot, recorded: Recorded) -> str:
    by = recorded.fact.by
    if by.role in (Role.FACILITATOR, Role.HOST):
        return "animation"
    person = snapshot.state.people.get(by.id)
    return wording.participant_name(person, f"participant·e {by.id[:4]}") if person else "participant·e"
