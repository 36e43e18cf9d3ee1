"""A workshop's results as tables: the one reading that spreadsheet, CSV and JSON share. No participant's name in it.

A reach that nobody answered is None, an empty cell; ids, slugs and column names stay as they are from year to year.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from atelier.domain import tally
from atelier.domain.answers import spreads
from atelier.domain.doctrine import Doctrine
from atelier.domain.moves import change_of, previous_of
from atelier.domain.selectors import by_support, each_by_support, lines, missions, trades
from atelier.domain.setup import Setup
from atelier.domain.state import Group, Line, Workshop
from atelier.domain.synthesis import overlay
from atelier.domain.values import DecisionStatus, NoteKind, Side, Trade
from atelier.export.national import NEEDS, roadmap
from atelier.export.sheets import arms
from atelier.local_time import day_at, zone_of
from atelier.movement import SINCE, followed, moved_sentence, words_of_moves
from atelier.verdicts import HOW, HOW_TITLE, reading_of
from atelier.wording import side_name, trade_name

VERSION = 1
"""Of the columns; a number more when one changes its name or meaning."""
Cell = str | int | bool | None
FREE_TEXTS = frozenset({
    "titre", "lieu", "territoire", "organisateur", "rencontre", "nom", "accord", "desaccord", "a_lancer", "note",
    "libelle", "texte", "regroupement_titre", "phrase", "quoi", "qui", "echeance", "enjeu",
})  # fmt: skip
"""Columns that hold what people typed, or quote it: no part of open data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its lasting name, what heads it in a spreadsheet, its type in Table Schema, what it holds."""

    name: str
    title: str
    kind: str = "string"
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: `key` names the columns that tell its rows apart."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """All the tables of a workshop; `format`: the file to make of them."""

    format: str
    code: str
    title: str
    made_on: str
    tables: tuple[Table, ...]
    setup: Setup
    version: int = VERSION

    def as_json(self) -> dict[str, Any]:
        """Return the tables as what `json.dumps` takes; cells are not copied one by one."""
        tables = [
            {"name": table.name, "title": table.title, "key": table.key, "rows": table.rows}
            | {"columns": [asdict(column) for column in table.columns]}
            for table in self.tables
        ]
        return {
            "format": self.format,
            "code": self.code,
            "title": self.title,
            "made_on": self.made_on,
            "tables": tables,
            "setup": asdict(self.setup),
            "version": self.version,
        }


CODE = Column(name="atelier", title="Atelier", about="Code de l’atelier")
GROUP = Column(name="groupe", title="Groupe", kind="integer", about="Numéro du groupe")
ACTION = Column(
    name="action", title="Action", about="Identifiant de l’action, le même dans tous les ateliers"
)
LABEL = Column(name="libelle", title="Libellé", about="L’action en toutes lettres")
TRADES = {
    Trade.FRANCE_SERVICES: "fs",
    Trade.CONSEILLER_NUMERIQUE: "cn",
    Trade.COORDINATION: "coordination",
    Trade.OTHER: "autre",
}
"""By trade: how the names of its columns end, the same whatever the two trades are called."""
NOTES = {
    NoteKind.AGREEMENT: Column(name="accord", title="Un accord"),
    NoteKind.DISAGREEMENT: Column(name="desaccord", title="Un désaccord"),
    NoteKind.LAUNCH: Column(name="a_lancer", title="À lancer"),
    NoteKind.NOTE: Column(name="note", title="Note"),
}


def dataset_of(code: str, state: Workshop, doctrine: Doctrine, at: int, made_as: str) -> Dataset:
    """Return the tables of a workshop at `at` (Unix ms), for a file of the format `made_as`."""
    day = day_at(at, zone_of(state.prepared)).isoformat()
    return Dataset(
        format=made_as,
        code=code,
        title=state.prepared.title,
        made_on=day,
        setup=state.prepared,
        tables=(
            _workshop(code, state, doctrine, day),
            _groups(code, state, doctrine),
            _placements(code, state, doctrine),
            *([_answers(code, state, doctrine)] if state.answers_first else []),
            _initiatives(code, state),
            _missions(code, state, doctrine),
            _synthesis(code, state, doctrine),
            _decisions(code, state),
            *([_roadmap(code, state, doctrine)] if doctrine.national else []),
            _votes(code, state, doctrine),
            *_since(code, state, doctrine),
        ),
    )


def open_data_of(found: Dataset) -> Dataset:
    """Return the same tables, as CSV, without any text that somebody typed."""
    bare = (_bare(table) for table in found.tables if table.name != "feuille_de_route")
    return replace(found, format="csv", title="", tables=tuple(bare))


def _bare(table: Table) -> Table:
    kept = [n for n, column in enumerate(table.columns) if column.name not in FREE_TEXTS]
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def people_column(trade: Trade) -> str:
    """Return the name of the column that counts the people of a trade."""
    return f"personnes_{TRADES[trade]}"


def people_columns(doctrine: Doctrine) -> list[Column]:
    """Return the columns that count the people of each trade."""
    return [
        Column(name=people_column(trade), title=trade_name(trade, doctrine), kind="integer")
        for trade in TRADES
    ]


def doctrine_version(doctrine: Doctrine) -> str:
    """Return eight signs that change with any word of the sheet."""
    written = json.dumps(asdict(doctrine), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:8]


def every_line(state: Workshop) -> Iterator[tuple[Group, int, Line]]:
    """Yield the lines of all sheets with their group and their number on it."""
    for group in state.groups:
        for number, line in enumerate(lines(group), start=1):
            yield group, number, line


def _workshop(code: str, state: Workshop, doctrine: Doctrine, day: str) -> Table:
    setup, people = state.prepared, trades(state)
    told = sum(len(by_support(line)) for _, _, line in every_line(state))
    columns = (
        CODE, Column(name="titre", title="Titre"), Column(name="date", title="Date", kind="date"),
        Column(name="lieu", title="Lieu"), Column(name="territoire", title="Territoire"),
        Column(name="departement", title="Département", about="Code INSEE, vide hors d’un département"),
        Column(name="organisateur", title="Organisme"), Column(name="doctrine", title="Fiche"),
        Column(name="doctrine_version", title="Version de la fiche"),
        Column(name="groupes", title="Groupes", kind="integer"), *people_columns(doctrine),
        Column(name="initiatives", title="Initiatives", kind="integer"),
        Column(name="rencontre_le", title="Prochaine rencontre (date)", kind="date"),
        Column(name="rencontre", title="Prochaine rencontre"),
        Column(name="produit_le", title="Produit le", kind="date"),
    )  # fmt: skip
    row: tuple[Cell, ...] = (
        code, setup.title, setup.date, setup.place, setup.territory, setup.territory_code, setup.organiser,
        setup.doctrine, doctrine_version(doctrine), len(state.groups), *(people[trade] for trade in TRADES),
        told, state.next_meeting.on or None, state.next_meeting.about, day,
    )  # fmt: skip
    return Table(name="atelier", title="Atelier", key=("atelier",), columns=columns, rows=(row,))


def _groups(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    columns = (CODE, GROUP, Column(name="nom", title="Nom"), *people_columns(doctrine), *NOTES.values())
    rows: list[tuple[Cell, ...]] = []
    for group in state.groups:
        people = trades(state, group.number)
        notes = (group.noted(kind) for kind in NOTES)
        rows.append((code, group.number, group.name, *(people[trade] for trade in TRADES), *notes))
    return Table(
        name="groupes", title="Groupes", key=("atelier", "groupe"), columns=columns, rows=tuple(rows)
    )


def _placements(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    columns = (
        CODE, GROUP, ACTION, Column(name="numero", title="N°", kind="integer"), LABEL,
        Column(name="propre_au_groupe", title="Propre au groupe", kind="boolean"),
        Column(name="sans_objet", title="Sans objet", kind="boolean"),
        Column(name="fs", title=doctrine.fs.name, kind="integer", about="De 0 à 100, vide sans réponse"),
        Column(name="cn", title=doctrine.cn.name, kind="integer", about="De 0 à 100, vide sans réponse"),
        Column(name="fs_mot", title=f"{doctrine.fs.short}, en mots"),
        Column(name="cn_mot", title=f"{doctrine.cn.short}, en mots"),
        Column(name="initiatives", title="Initiatives", kind="integer"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for group, number, line in every_line(state):
        fs = line.placement.fs if line.placement else None
        cn = line.placement.cn if line.placement else None
        rows.append((
            code, group.number, line.action.id, number, line.action.label, line.free, line.set_aside,
            fs, cn, *arms(line, doctrine), len(by_support(line)),
        ))  # fmt: skip
    key = ("atelier", "groupe", "action")
    return Table(name="placements", title="Placements", key=key, columns=columns, rows=tuple(rows))


def _answers(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    """What people had answered before their group talked: no row before the reveal, no count of fewer than two."""
    columns = (
        CODE, GROUP, ACTION, LABEL, Column(name="metier", title="Métier", about="fs ou cn"),
        *(
            Column(name=f"mot_{n}", title=word.capitalize(), kind="integer", about="Personnes qui ont répondu ce mot")
            for n, word in enumerate(doctrine.scale)
        ),
        Column(name="apres_coup", title="Dont après coup", kind="integer", about="Arrivées après la révélation"),
        Column(name="non_montrees", title="Non montrées", kind="integer", about="Trop peu pour être montrées"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for group, _, line in every_line(state):
        for each in spreads(line):
            said = (*each.counts, each.late, each.held)
            rows.append((code, group.number, line.action.id, line.action.label, each.arm, *said))
    key = ("atelier", "groupe", "action", "metier")
    return Table(name="reponses", title="Avant d’en parler", key=key, columns=columns, rows=tuple(rows))


def _initiatives(code: str, state: Workshop) -> Table:
    columns = (
        CODE, Column(name="initiative", title="Identifiant"), GROUP, ACTION, LABEL,
        Column(name="texte", title="Initiative", about="Texte libre, à relire avant diffusion"),
        Column(name="soutiens", title="Soutiens", kind="integer"),
        Column(name="mise_en_avant", title="Mise en avant", kind="boolean"),
        Column(name="regroupement", title="Regroupement", about="Le même pour les initiatives regroupées"),
        Column(name="regroupement_titre", title="Titre du regroupement"),
    )  # fmt: skip
    rows = tuple(
        (
            code, each.id, group.number, line.action.id, line.action.label, each.text, len(each.supporters),
            each.highlighted, each.gathered, each.heading,
        )
        for group, _, line in every_line(state)
        for each in each_by_support(line)
    )  # fmt: skip
    return Table(
        name="initiatives", title="Initiatives", key=("atelier", "initiative"), columns=columns, rows=rows
    )


def _missions(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    columns = (
        CODE, GROUP, Column(name="mission", title="Identifiant"),
        Column(name="cote", title="Côté", about="fs, both ou cn"),
        Column(name="cote_mot", title="Côté, en mots"),
        Column(name="texte", title="Mission", about="Texte libre, à relire avant diffusion"),
        Column(name="ajoutee", title="Ajoutée par le groupe", kind="boolean"),
    )  # fmt: skip
    rows = tuple(
        (code, group.number, each.id, side.value, side_name(side, doctrine), each.text, bool(each.author))
        for group in state.groups
        for side in Side
        for each in missions(group, side)
    )
    key = ("atelier", "groupe", "mission")
    return Table(name="missions", title="Missions", key=key, columns=columns, rows=rows)


def _synthesis(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    columns = (
        CODE, ACTION, Column(name="numero", title="N°", kind="integer"), LABEL,
        Column(name="verdict", title="Verdict, en code"),
        Column(name="verdict_mot", title="Ensemble", about=f"{HOW_TITLE}\u00a0: {' '.join(HOW)}"),
        Column(name="groupes_comptes", title="Groupes qui comptent", kind="integer"),
        Column(name="groupes_concernes", title="Groupes concernés", kind="integer"),
        Column(name="phrase", title="Ce que disent les groupes"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(overlay(state), start=1):
        reading = reading_of(state, row, doctrine)
        label = state.prepared.actions[number - 1].label
        rows.append((
            code, row.action, number, label, row.verdict.value, reading.word, len(row.counting), row.of,
            reading.sentence,
        ))  # fmt: skip
    return Table(
        name="synthese", title="Synthèse", key=("atelier", "action"), columns=columns, rows=tuple(rows)
    )


def _decisions(code: str, state: Workshop) -> Table:
    columns = (
        CODE, Column(name="decision", title="Identifiant"), Column(name="quoi", title="Quoi"),
        Column(name="qui", title="Qui"), Column(name="echeance", title="Échéance"),
        Column(name="echeance_le", title="Échéance (date)", kind="date"), Column(name="enjeu", title="Enjeu"),
        ACTION, GROUP, Column(name="initiative", title="Initiative"),
        Column(name="etat", title="État", about="to-do, in-progress, done ou dropped"),
    )  # fmt: skip
    rows = tuple(
        (
            code, each.id, each.what, each.who, each.due, each.due_on or None, each.stake, each.action,
            each.group or None, each.initiative, each.status.value,
        )
        for each in state.decisions.values()
    )  # fmt: skip
    return Table(name="decisions", title="Décisions", key=("atelier", "decision"), columns=columns, rows=rows)


def _roadmap(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    columns = (
        CODE, Column(name="decision", title="Identifiant"), Column(name="nom", title="Nom de l’action"),
        Column(name="contexte", title="Contexte"), Column(name="description", title="Description"),
        Column(name="besoins", title="Besoins", about="À choisir : " + ", ".join(NEEDS)),
        Column(name="porteurs", title="Porteurs"), Column(name="destinataires", title="Destinataires"),
        Column(name="annee_debut", title="Année de début"), Column(name="annee_fin", title="Année de fin"),
        Column(name="budget", title="Budget global"), Column(name="cofinancements", title="Co-financements"),
        Column(name="subvention", title="Demande de subvention"),
    )  # fmt: skip
    kept = (each.id for each in state.decisions.values() if each.status is not DecisionStatus.DROPPED)
    rows = tuple(
        (code, decision, *(entry.text for entry in form.entries))
        for decision, form in zip(kept, roadmap(state, doctrine), strict=True)
    )
    return Table(
        name="feuille_de_route",
        title="Feuille de route",
        key=("atelier", "decision"),
        columns=columns,
        rows=rows,
    )


def _votes(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    """Nothing before the vote was revealed: who makes a document sees no more than the room."""
    dots = [
        Column(name=f"gommettes_{end}", title=f"Gommettes, {trade_name(trade, doctrine)}", kind="integer")
        for trade, end in TRADES.items()
    ]
    columns = (
        CODE, Column(name="initiative", title="Identifiant"), GROUP, ACTION, LABEL,
        Column(name="texte", title="Initiative", about="Texte libre, à relire avant diffusion"),
        Column(name="gommettes", title="Gommettes", kind="integer"), *dots,
        Column(
            name="metiers_d_accord", title="Les deux métiers d’accord", kind="boolean",
            about="Parmi les cinq premières de chaque métier, avec deux gommettes ou plus de chacun",
        ),
    )  # fmt: skip
    found = tally.revealed(state)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            code, each.choice.id, each.choice.group.number, each.choice.line.action.id,
            each.choice.line.action.label, each.choice.initiative.text, each.dots,
            *(each.by_trade.get(trade, 0) for trade in TRADES), each.agreed,
        )
        for each in (found.ranked if found else ())
    )  # fmt: skip
    return Table(name="votes", title="Vote", key=("atelier", "initiative"), columns=columns, rows=rows)


def _since(code: str, state: Workshop, doctrine: Doctrine) -> tuple[Table, ...]:
    """What became of the workshop that this one follows; no table where it follows none."""
    if state.prepared.previous is None:
        return ()
    moved = (_evolution(code, state, doctrine),) if previous_of(state, doctrine) else ()
    return (_follow_up(code, state), *moved)


def _follow_up(code: str, state: Workshop) -> Table:
    columns = (
        CODE, Column(name="decision", title="Identifiant", about="Celui de la décision, la dernière fois"),
        Column(name="quoi", title="Quoi"), Column(name="qui", title="Qui"), Column(name="echeance", title="Échéance"),
        Column(name="echeance_le", title="Échéance (date)", kind="date"),
        Column(name="etat", title="État", about="to-do, in-progress, done ou dropped, dit par la salle"),
    )  # fmt: skip
    rows = tuple(
        (
            code, each.decision.id, each.decision.what, each.decision.who, each.decision.due,
            each.decision.due_on or None, each.status.value,
        )
        for each in followed(state)
    )  # fmt: skip
    return Table(
        name="suites", title="Suites données", key=("atelier", "decision"), columns=columns, rows=rows
    )


def _evolution(code: str, state: Workshop, doctrine: Doctrine) -> Table:
    columns = (
        CODE, ACTION, Column(name="numero", title="N°", kind="integer"), LABEL,
        Column(name="comparaison", title="Comparaison", about="compared, ou pourquoi rien ne se compare"),
        Column(name="fs_avant", title="France services, avant"), Column(name="fs_present", title="France services"),
        Column(name="cn_avant", title="Conum, avant"), Column(name="cn_present", title="Conum"),
        Column(name="a_bouge", title="A bougé", kind="boolean"),
        Column(name="phrase", title="Ce qui a bougé"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(overlay(state), start=1):
        change = change_of(state, row, doctrine)
        if change is not None:
            words = words_of_moves(state, doctrine, change)
            rows.append((
                code, row.action, number, state.prepared.actions[number - 1].label, change.basis.value, *words,
                change.moved, moved_sentence(state, row, doctrine),
            ))  # fmt: skip
    key = ("atelier", "action")
    return Table(name="evolution", title=SINCE, key=key, columns=columns, rows=tuple(rows))


def json_schema(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the JSON file of a dataset that went through JSON."""
    kinds = {"date": {"type": "string", "format": "date"}}
    tables = {}
    for table in dataset["tables"]:
        columns = {
            column["name"]: {
                "title": column["title"],
                "anyOf": [kinds.get(column["kind"], {"type": column["kind"]}), {"type": "null"}],
            }
            | ({"description": column["about"]} if column["about"] else {})
            for column in table["columns"]
        }
        row = {
            "type": "object",
            "properties": columns,
            "required": list(columns),
            "additionalProperties": False,
        }
        tables[table["name"]] = {"title": table["title"], "type": "array", "items": row}
    texts = {name: {"type": "string"} for name in ("$schema", "code", "produit_le")}
    properties = {
        **texts, "format": {"const": f"atelier/{dataset['version']}"}, "reglages": {"type": "object"}, **tables,
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Résultats d’un atelier",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def schema_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Table Schema of a table that went through JSON."""
    fields = [
        {"name": column["name"], "title": column["title"], "type": column["kind"]}
        | ({"description": column["about"]} if column["about"] else {})
        | ({"trueValues": ["true"], "falseValues": ["false"]} if column["kind"] == "boolean" else {})
        for column in table["columns"]
    ]
    return {"fields": fields, "primaryKey": list(table["key"]), "missingValues": [""]}
