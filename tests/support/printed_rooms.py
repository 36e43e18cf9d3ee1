"""Workshops as a room leaves them, for the documents' tests."""

import datetime as dt
from dataclasses import replace
from typing import Any

from atelier.doctrines.loading import default_setup, load
from atelier.domain import selectors
from atelier.domain.answers import shown_together
from atelier.domain.doctrine import SheetAction
from atelier.domain.state import (
    Answer,
    Decision,
    Group,
    Initiative,
    Line,
    Mission,
    Note,
    Participant,
    Vote,
    Workshop,
    blank_group,
)
from atelier.domain.values import NoteKind, Phase, Placement, Side, Status, Trade, VoteStatus

CODE = "KTZ4MP"
AT = 1_782_400_000_000
DOCTRINE = load("articulation")

PLACEMENTS = (
    ((45, 70), (75, 60), (90, 65), (30, 85), (75, 20), (80, 55), (90, 5), (85, 30), (5, 95), (35, 60)),
    ((60, 55), (85, 75), (70, 70), (20, 90), (60, 35), (70, 70), (70, 0), (90, 50), (10, 100), None),
    ((30, 80), (65, 40), (95, 50), (45, 75), (85, 10), None, (95, 15), (75, 20), (0, 90), "aside"),
)
LONG = (
    "Grille de diagnostic commune, une page, à l’accueil : trois questions posées à chaque personne, quelle que "
    "soit la porte d’entrée, et une case « à revoir dans un mois » pour savoir si l’orientation a servi"
)
INITIATIVES = {
    "aller-vers": (
        ("Permanence commune au marché de Saint-Dié, un samedi par mois", 6),
        ("Participation aux JPO France services avec un stand Conum", 3),
        ("Tournée en bibliobus dans les communes sans guichet : un·e FS et un·e Conum à bord", 0),
    ),
    "diagnostiquer": (
        ("Réflexe de redirection vers le Conum quand l’usager peut devenir autonome", 5),
        (LONG, 8),
        ("Un créneau hebdomadaire du Conum dans l’espace France services", 2),
    ),
    "orienter": (
        ("Même outil : la Cartographie des lieux de l’inclusion numérique", 4),
        ("Carnet de liaison FS–Conum, posé à l’accueil", 7),
        ("Prendre le rendez-vous avec la personne, devant elle, plutôt que de donner un numéro", 3),
        ("Annuaire partagé avec prénoms, jours de présence et photo", 0),
    ),
    "sensibiliser": (
        ("Affiche : prochaines dates Conum + conseils CNIL", 1),
        ("Café « arnaques en ligne » à deux voix", 2),
    ),
    "urgence": (("Numéro direct entre collègues pour les blocages du jour", 2),),
    "coup-de-pouce": (("Un quart d’heure sans rendez-vous, chacun son jour", 0),),
    "faire-avec": (("Binôme FS + Conum sur la première déclaration de revenus en ligne", 1),),
    "former": (
        ("Atelier « mes démarches » co-animé", 4),
        ("Parcours de cinq séances, prescrit par France services", 2),
    ),
    "relayer": (("Lettre mensuelle commune aux mairies", 0),),
}  # fmt: skip


def blank_room() -> Workshop:
    """Three groups, nothing written yet."""
    setup = replace(
        default_setup(DOCTRINE, dt.date(2026, 6, 25)),
        place="Saint-Dié-des-Vosges",
        territory="Vosges (88)",
        organiser="Préfecture des Vosges",
    )
    groups = tuple(blank_group(setup, n) for n in (1, 2, 3))
    return Workshop(status=Status.OPEN, setup=setup, groups=groups, phase=Phase.SYNTHESIS)


def initiative(n: int, action: str, text: str, supports: int = 0, **looks: Any) -> Initiative:
    """An initiative with so many supports."""
    who = frozenset(f"person-{k}" for k in range(supports))
    return Initiative(
        id=f"i{n}", action=action, text=text, author="person-1", posted_at=n, supporters=who, **looks
    )


def with_initiatives(line: Line, initiatives: list[Initiative]) -> Line:
    """The line with these initiatives."""
    return replace(line, initiatives={each.id: each for each in initiatives})


def with_lines(state: Workshop, number: int, lines: list[Line]) -> Workshop:
    """The room with these lines on the sheet of one group."""
    group = replace(state.group(number), lines={line.action.id: line for line in lines})
    return with_group(state, group)


def with_group(state: Workshop, group: Group) -> Workshop:
    """The room with that group in the place of what it was."""
    groups = tuple(group if group.number == each.number else each for each in state.groups)
    return replace(state, groups=groups)


def full_room() -> Workshop:
    """A plausible end of workshop."""
    state = blank_room()
    for group in state.groups:
        state = with_group(state, _worked(group))
    people = {
        f"person-{n}": Participant(
            id=f"person-{n}", trade=Trade.OTHER, group=1 + n % 3, name=f"Prénom{n}", joined_at=0
        )
        for n in range(26)
    }
    decisions = (
        Decision(
            id="d1",
            what="Une grille de diagnostic commune dans tous les espaces",
            who="Les deux coordinations",
            due="30 septembre 2026",
        ),
        Decision(
            id="d2",
            what="Une permanence commune par mois au marché de Saint-Dié",
            who="Espace France services de Saint-Dié, Conum de l’agglomération",
            due="Dès juillet",
        ),
        Decision(id="d3", what="Une charte entre les deux réseaux", who="Préfecture"),
    )
    return replace(state, people=people, decisions={each.id: each for each in decisions})


def answered_room() -> Workshop:
    """The same, where each answered first: to « orienter » three of one trade and one of the other, which was revealed;
    to « former » two, which was not."""
    state = full_room()
    group = state.group(1)
    said = (("fs", 25), ("fs", 75), ("fs", 75), ("cn", 100))
    answers = {f"person-{n}": Answer(arm=arm, reach=reach) for n, (arm, reach) in enumerate(said)}
    revealed = replace(group.lines["orienter"], answers=shown_together(answers), revealed=True)
    unseen = {f"person-{n}": Answer(arm="fs", reach=0) for n in range(2)}
    lines = {**group.lines, "orienter": revealed}
    lines["former"] = replace(lines["former"], answers=unseen)
    return replace(with_group(state, replace(group, lines=lines)), answers_first=True)


def voted_room(status: VoteStatus = VoteStatus.REVEALED) -> Workshop:
    """The same after a vote: six people of both trades on two initiatives, two of one trade on another."""
    state = full_room()
    first, second, third = [each.initiative.id for each in selectors.placed(state.groups)][:3]
    trades = [Trade.FRANCE_SERVICES, Trade.CONSEILLER_NUMERIQUE] * 3
    people = {
        f"person-{n}": replace(state.people[f"person-{n}"], trade=trade) for n, trade in enumerate(trades)
    }
    ballots = {
        who: {first: 1, second: 1} | ({third: 1} if n in (0, 2) else {}) for n, who in enumerate(people)
    }
    vote = Vote(id="vote", each=3, starred=False, status=status, ballots=ballots)
    return replace(state, people={**state.people, **people}, vote=vote)


def _worked(group: Group) -> Group:
    placements = PLACEMENTS[group.number - 1]
    lines = []
    for n, (line, placed) in enumerate(zip(group.lines.values(), placements, strict=True)):
        initiatives = [
            initiative(100 * n + k, line.action.id, text, supports, highlighted=supports > 6)
            for k, (text, supports) in enumerate(INITIATIVES.get(line.action.id, ())[: 5 - group.number])
        ]
        moved = replace(line, set_aside=True) if placed == "aside" else line
        moved = replace(moved, placement=Placement(*placed)) if isinstance(placed, tuple) else moved
        lines.append(with_initiatives(moved, initiatives))
    if group.number == 2:
        lines.append(_free_line())
    missions = dict(group.missions)
    added = (
        Mission(id="m1", side=Side.BOTH, text="Repérer les personnes éloignées du numérique", author="person-2"),
        Mission(id="m2", side=Side.BOTH, text="Prêter du matériel et une connexion", author="person-3"),
        Mission(id="m3", side=Side.CONSEILLER_NUMERIQUE, text="Ateliers collectifs en médiathèque", author="person-2"),
    )  # fmt: skip
    missions |= {mission.id: mission for mission in added}
    note = (
        "Accord : le diagnostic se fait ensemble. Désaccord : qui prend les urgences du vendredi ? "
        "À lancer : le carnet de liaison, dès la rentrée."
        if group.number < 3
        else ""
    )
    return replace(
        group, lines={line.action.id: line for line in lines}, missions=missions, notes=_noted(note)
    )


def _noted(text: str) -> dict[NoteKind, Note]:
    return {NoteKind.NOTE: Note(text=text, author="person-1")} if text else {}


def _free_line() -> Line:
    label = "Partager un agenda des permanences et des événements des deux réseaux"
    line = Line(
        action=SheetAction(id="libre-1", short=label, label=label), free=True, placement=Placement(60, 60)
    )
    return with_initiatives(line, [initiative(990, "libre-1", "Agenda en ligne ouvert aux mairies", 2)])


def crowded_room(count: int, group_count: int = 3) -> Workshop:
    """A room whose sheets carry `count` initiatives in all, of every length up to 280 characters."""
    state = blank_room()
    names = tuple(f"Groupe {n}" for n in range(1, group_count + 1))
    setup = replace(state.prepared, groups=names)
    state = replace(
        state, setup=setup, groups=tuple(blank_group(setup, n) for n in range(1, group_count + 1))
    )
    texts = [_long_text(n) for n in range(count)]
    for group in state.groups:
        every = list(group.lines.values())
        mine = texts[group.number - 1 :: group_count]
        lines = [
            with_initiatives(
                replace(line, placement=Placement(5 * (k * 7 % 21), 5 * (k * 5 % 21))),
                [
                    initiative(n, line.action.id, text, n % 4)
                    for n, text in enumerate(mine[k :: len(every)], start=k * count)
                ],
            )
            for k, line in enumerate(every)
        ]
        state = with_lines(state, group.number, lines)
    return state


def _long_text(n: int) -> str:
    words = "permanence commune au marché avec un conseiller numérique pour orienter chaque usager sans le renvoyer"
    return f"Idée{n}x {' '.join([words] * 3)}"[: 40 + n * 37 % 241].strip()


HOSTILE = (
    "<script>alert(1)</script><b>gras</b> &amp; &lt;",
    '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">',
    "url(http://exemple.invalid/x.png) </style><style>@import 'http://exemple.invalid/a.css'</style>",
    "{{ 7 * 7 }} {% raw %} {# non #} ${7*7}",
    "Anticonstitutionnellement" * 11,
    "🎉 Bravo 👩🏽‍💻 à toutes et tous 🇫🇷",
    "مرحبا بكم في الورشة الرقمية",
    "שלום לכולם, ברוכים הבאים",
    "Zéro\u200bwidth\u200djoiner et e\u0301 décomposé",
    "C’est l’« usager·e » : l’œuvre, n° 1 ; 100 % — vraiment ? Oui !",
    "=HYPERLINK(\"http://exemple.invalid\";\"x\")",
    "中文 数字服务 ありがとう 한국어",
)  # fmt: skip


def hostile_room() -> Workshop:
    """Every text that people type holds something that a layout or a parser could take wrongly."""
    state = full_room()
    long_word = "W" * 60
    setup = replace(
        state.prepared,
        title="<h1>Titre</h1> " + "M" * 100,
        place=long_word,
        territory="<i>88</i>",
        organiser=HOSTILE[0],
    )
    group = state.group(1)
    lines = [
        with_initiatives(
            line, [initiative(10 * n + k, line.action.id, text) for k, text in enumerate(HOSTILE[n::10])]
        )
        for n, line in enumerate(group.lines.values())
    ]
    free = Line(
        action=SheetAction(id="libre-1", short="W" * 140, label="W" * 140),
        free=True,
        placement=Placement(100, 0),
    )
    mission = Mission(id="h", side=Side.BOTH, text="<td>" + "x" * 130, author="person-1")
    group = replace(
        group,
        name='"><svg onload=alert(1)>' + "G" * 36,
        notes=_noted(HOSTILE[1] + " " + "n" * 500),
        lines={line.action.id: line for line in [*lines, free]},
        missions=dict(group.missions) | {"h": mission},
    )
    decision = Decision(id="d9", what="<u>" + "q" * 250, who="<b>" + "w" * 200, due="<s>" + "d" * 200)
    return with_group(replace(state, setup=setup, decisions={"d9": decision}), group)


TYPED = (
    "👍🏽 👨‍👩‍👧‍👦 ❤️ ✅ ➡️ 1️⃣ 🏳️‍🌈 🇫🇷 👩🏽‍💻",
    "≠ ≤ → ⇒ ✓ ✗ ★ ☐ • ◆ ½ ² № ™ ☎",
    "Привет, коллеги! Україна ґ",
    "Γειά σου Κόσμε",
    "العَرَبِيَّة ١٢٣ – (نص)",
    "שָׁלוֹם לכולם",
    "Şenay Łukasz Nguyễn Đặng",
    "中文 हिन्दी ไทย 한국어",
    "永" * 280,
)
"""What phones type, and what no font of ours draws."""


def typed_room() -> Workshop:
    """One action with 31 initiatives more than anybody foresees, of every script, beside 40 of 280 characters."""
    state = crowded_room(120)
    group = state.group(1)
    texts = [*TYPED, *(f"Une initiative simple, numéro {n}" for n in range(31))]
    starred = [initiative(5000 + n, "orienter", text, highlighted=n == 30) for n, text in enumerate(texts)]
    line = with_initiatives(group.lines["orienter"], starred)
    note = "Un accord, deux désaccords, et le temps qui a manqué pour les urgences du vendredi. " * 6
    return with_group(
        state,
        replace(
            group, name="L’équipe du marché", notes=_noted(note), lines={**group.lines, "orienter": line}
        ),
    )
