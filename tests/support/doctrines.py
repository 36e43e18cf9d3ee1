"""An invented doctrine, by which every text that somebody wrote into the program instead is found."""

import dataclasses
from collections.abc import Iterator

from atelier.doctrines.loading import load
from atelier.domain.doctrine import DefaultMission, Doctrine, Landmark, Pole, Script, SheetAction
from atelier.domain.values import Phase, Side

_ACTIONS = (
    ("aller-vers", "Prêter", "Je prête des boîtes", "deux semaines au plus"),
    ("orienter", "Ranger", "Je range les rayons", ""),
    ("former", "Raconter", "Je raconte une histoire aux enfants", ""),
)
"""Identifiers of the first sheet, which nobody reads: what tests do there, they do here too."""
_PHASES = (
    (Phase.WELCOME, "Accueil", 0),
    (Phase.REMITS, "Missions", 11),
    (Phase.ARTICULATIONS, "Articulations", 21),
    (Phase.REPORT_BACK, "Restitution", 6),
    (Phase.SYNTHESIS, "Synthèse", 12),
)

INVENTED = Doctrine(
    slug="ludo-archives",
    title="Qui garde les jeux anciens ?",
    source="Fiche inventée de la ludothèque et des archives",
    continuum="Continuum des jeux",
    frequency="Plus on le fait, plus la carte est longue.",
    question="Le faites-vous chaque mois ?",
    initiative_question="Que pourriez-vous faire ensemble ?",
    instructions=("Dire ce que vous feriez ensemble", "Ajouter ce qui manque"),
    free_line="Autre geste",
    free_lines=2,
    fs=Pole(
        name="Ludothèque", short="Ludo", trade="ludothécaire", remit="prêt de jeux", plural="ludothécaires",
        colour="#7a1f5c", meaning="le lieu où l’on emprunte des jeux.",
    ),
    cn=Pole(
        name="Archives", short="Arch.", trade="archiviste", remit="garde des vieux papiers", plural="archivistes",
        colour="#1d6b3a", meaning="le lieu où l’on garde les vieux papiers.",
    ),
    scale=("zéro fois", "une fois", "quelques fois", "souvent", "chaque fois"),
    actions=tuple(
        SheetAction(
            id=ident, short=short, label=label, precision=precision, examples=("un samedi",),
            definition=f"Sens de {short}.",
        )
        for ident, short, label, precision in _ACTIONS
    ),
    missions=(
        DefaultMission(side=Side.FRANCE_SERVICES, text="Prêter des jeux"),
        DefaultMission(side=Side.CONSEILLER_NUMERIQUE, text="Garder les plans"),
    ),
    agenda=tuple(
        Script(
            phase=phase, title=title, minutes=minutes, purpose=f"But inventé {minutes}.",
            say=(f"Phrase inventée {minutes}.",), groups_do=(f"Geste inventé {minutes}",),
        )
        for phase, title, minutes in _PHASES
    ),
    landmarks=(Landmark(title="Repère inventé", items=("Un jeu se prête deux semaines",), source="Le règlement"),),
    stakes=("Enjeu inventé",),
    national=False,
)  # fmt: skip


def words_of(value: object) -> Iterator[str]:
    """Yield every text of a doctrine, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words_of(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from words_of(getattr(value, field.name))


def only_of_the_first() -> set[str]:
    """Return what only a workshop of the first doctrine says: its sentences and its names."""
    first = load("articulation")
    named = {
        "France services",
        "onseiller numérique",
        "onseillers numériques",
        "onseiller·es",
        "Conum",
    }
    named |= {"médiation numérique", "accompagnement administratif", *first.scale[1:]}
    said = {text for text in words_of(first) if len(text.split()) > 2}
    titles = {script.title for script in first.agenda}
    return (named | said) - titles - set(words_of(INVENTED)) - {"Qui fait quoi ?"}
