"""What two national services ask for again, ready to paste: actions (Mon Inclusion Numérique), a day (Coop).

Their own words for fields and choices, which people look for there; what the workshop cannot know stays empty.
"""

from collections import Counter
from dataclasses import dataclass

from atelier.domain.doctrine import Doctrine
from atelier.domain.state import Decision, Workshop
from atelier.domain.synthesis import overlay
from atelier.domain.values import DecisionStatus, Trade
from atelier.verdicts import reading_of
from atelier.wording import capitalized, date_text, due_text, meeting_text, source_text

NEEDS = (
    "Animer la gouvernance",
    "Co-construire la feuille de route",
    "Rédiger la feuille de route",
    "Établir un diagnostic territorial",
    "Collecter des données territoriales",
    "Sensibiliser les acteurs aux outils existants",
    "Structurer un fonds",
    "Monter des dossiers de subvention",
    "Appui juridique",
    "Appuyer la certification Qualiopi",
    "Structurer une filière de reconditionnement",
)
"""The needs that an action of Mon Inclusion Numérique chooses from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A field of a form elsewhere and what to put there; `choices`: what it chooses from, where it is a list."""

    name: str
    label: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form elsewhere, filled as far as the workshop knows."""

    title: str
    entries: tuple[Entry, ...]


def roadmap(state: Workshop, doctrine: Doctrine) -> tuple[Form, ...]:
    """Return each decision, abandoned ones left out, as an action of Mon Inclusion Numérique."""
    kept = [each for each in state.decisions.values() if each.status is not DecisionStatus.DROPPED]
    return tuple(
        Form(title=f"Action {n}", entries=_action(state, doctrine, each))
        for n, each in enumerate(kept, start=1)
    )


def coop_reports(state: Workshop) -> tuple[Form, ...]:
    """Return the day as each of the three reports of a coordinator in the Coop: one is enough."""
    people = Counter(person.trade for person in state.people.values())
    return (_event(state, people), _workshop(state, people), _partnership(state))


def _action(state: Workshop, doctrine: Doctrine, decision: Decision) -> tuple[Entry, ...]:
    return (
        Entry(name="nom", label="Nom de l’action", text=decision.what),
        Entry(name="contexte", label="Contexte", text=_context(state, doctrine, decision)),
        Entry(name="description", label="Description", text=_description(state, decision)),
        Entry(name="besoins", label="Besoins liés à l’action", text="", choices=NEEDS),
        Entry(name="porteurs", label="Porteurs", text=decision.who),
        Entry(
            name="destinataires",
            label="Destinataires",
            text=capitalized(f"{doctrine.fs.people}, {doctrine.cn.people}"),
        ),
        Entry(name="annee_debut", label="Année de début", text=state.prepared.date[:4]),
        Entry(name="annee_fin", label="Année de fin", text=decision.due_on[:4]),
        Entry(name="budget", label="Budget global", text=""),
        Entry(name="cofinancements", label="Co-financements", text=""),
        Entry(name="subvention", label="Demande de subvention", text=""),
    )


def _context(state: Workshop, doctrine: Doctrine, decision: Decision) -> str:
    setup = state.prepared
    where = f" ({setup.place})" if setup.place else ""
    told = [
        f"Atelier « {setup.title} » du {date_text(setup.date)}{where}.",
        f"Enjeu\u00a0: {decision.stake}." if decision.stake else "",
    ]
    for action, row in zip(setup.actions, overlay(state), strict=True):
        if action.id == decision.action:
            reading = reading_of(state, row, doctrine)
            told.append(
                f"{action.told}\u00a0: {reading.word[:1].lower()}{reading.word[1:]}. {reading.sentence}"
            )
    return "\n".join(filter(None, told))


def _description(state: Workshop, decision: Decision) -> str:
    told = (
        decision.what,
        f"Échéance\u00a0: {due_text(decision)}" if due_text(decision) else "",
        source_text(state, decision),
    )
    return "\n".join(filter(None, told))


def _event(state: Workshop, people: Counter[Trade]) -> Form:
    setup = state.prepared
    entries = (
        Entry(name="date", label="Date", text=date_text(setup.date)),
        Entry(name="participants", label="Nombre de participants", text=_count(people.total())),
        Entry(name="nom", label="Nom de l’évènement", text=setup.title),
        Entry(name="type", label="Type d’évènement", text="Inclusion numérique"),
        Entry(name="organisateurs", label="Organisateurs", text=setup.organiser),
        Entry(name="echelon", label="Échelon territorial", text="Départemental" if setup.territory_code else ""),
        Entry(name="notes", label="Notes", text=_notes(state)),
    )  # fmt: skip
    return Form(title="Évènement", entries=entries)


def _workshop(state: Workshop, people: Counter[Trade]) -> Form:
    mediators = people[Trade.CONSEILLER_NUMERIQUE]
    minutes = state.prepared.duration
    entries = (
        Entry(name="date", label="Date", text=date_text(state.prepared.date)),
        Entry(name="duree", label="Durée prévue", text=f"{minutes} minutes" if minutes else ""),
        Entry(name="mediateurs", label="Nombre de médiateurs", text=_count(mediators)),
        Entry(name="structures", label="Nombre de structures", text=""),
        Entry(name="autres", label="Nombre d’autres acteurs", text=_count(people.total() - mediators)),
        Entry(name="type", label="Type d’animation", text="Groupe de travail"),
        Entry(name="thematiques", label="Thématiques", text="Partage, réseau"),
        Entry(name="notes", label="Notes", text=_notes(state)),
    )
    return Form(title="Animation", entries=entries)


def _partnership(state: Workshop) -> Form:
    entries = (
        Entry(name="date", label="Date", text=date_text(state.prepared.date)),
        Entry(name="nom", label="Nom du partenariat", text=state.prepared.title),
        Entry(name="nature", label="Nature du partenariat", text="Parcours usager, coordination départementale"),
        Entry(name="partenaires", label="Structures partenaires", text=state.prepared.organiser),
        Entry(name="notes", label="Notes", text=_notes(state)),
    )  # fmt: skip
    return Form(title="Partenariat", entries=entries)


def _count(number: int) -> str:
    # Nobody pressed anything in a workshop on paper: zero would be a statement.
    return str(number) if number else ""


def _notes(state: Workshop) -> str:
    kept = [each for each in state.decisions.values() if each.status is not DecisionStatus.DROPPED]
    told = [f"- {each.what}{f' ({each.who})' if each.who else ''}" for each in kept]
    lines = ["Décisions\u00a0:", *told] if told else []
    if meeting := meeting_text(state):
        lines.append(f"Prochaine rencontre\u00a0: {meeting}")
    return "\n".join(lines)
