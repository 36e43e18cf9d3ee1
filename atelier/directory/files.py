"""Files of places: LaMednum’s standard as CSV, data·inclusion as JSON or CSV. What is wrong is named, row by row.

Nothing is fetched: the files are those of a territory, as their publishers hand them out.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from atelier.directory.place import Fault, Place, Places
from atelier.directory.rows import BadRow, Row, place_of

_OLD_ENCODING = "cp1252"
_STRUCTURES, _SERVICES, _PAGE = "structures", "services", "items"
_HEADS = frozenset({"id", "nom", "commune"})
"""What the first line of a file of places names, whatever its standard."""


class BadFile(ValueError):  # noqa: N818 - the file is
    """It holds no places that anybody could read; the message is a French sentence."""


def read_places(body: bytes) -> Places:
    """Return the places of a file, and what is wrong with it. Raises BadFile."""
    text = _decoded(body)
    try:
        rows = list(_json_rows(text) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text))
    except csv.Error as error:
        raise BadFile(f"Ce fichier n’est pas un tableau CSV lisible ({error}). Rien n’a changé.") from error
    return _collected(rows)


def _collected(rows: Sequence[tuple[str, Row | str]]) -> Places:
    places: dict[str, Place] = {}
    seen: dict[str, str] = {}
    faults = []
    for where, row in rows:
        try:
            if isinstance(row, str):
                raise BadRow(row)
            place, notes = place_of(row)
            if place.id in places:
                raise BadRow(f"même identifiant que {seen[place.id]}\u00a0: {place.id}")
        except BadRow as bad:
            faults.append(Fault(where=where, cause=str(bad)))
            continue
        places[place.id], seen[place.id] = place, where
        faults += [Fault(where=where, cause=note, taken=True) for note in notes]
    return Places(places=tuple(places.values()), faults=tuple(faults))


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode(_OLD_ENCODING, errors="replace")


def _csv_rows(text: str) -> Iterator[tuple[str, Row | str]]:
    head, _, _ = text.partition("\n")
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names = [name.strip() for name in next(reader, [])]
    if not set(names) >= _HEADS:
        missing = ", ".join(sorted(_HEADS - set(names)))
        raise BadFile(
            f"Ce n’est pas un fichier de lieux\u00a0: sa première ligne ne nomme pas «\u00a0{missing}\u00a0». "
            "Attendu\u00a0: le CSV des lieux de médiation numérique, ou un fichier data·inclusion."
        )
    yield from _lines(reader, names)


def _lines(reader: Any, names: list[str]) -> Iterator[tuple[str, Row | str]]:
    while True:
        where = f"ligne {reader.line_num + 1}"
        try:
            cells = next(reader, None)
        except csv.Error as error:  # a quote that nothing closes takes all that follows with it
            yield (
                where,
                f"guillemets ou séparateurs mal placés ({error})\u202f; la suite du fichier n’est pas lue",
            )
            return
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            yield where, f"{len(cells)} cases au lieu de {len(names)}"
        else:
            yield where, dict(zip(names, cells, strict=True))


def _json_rows(text: str) -> Iterator[tuple[str, Row | str]]:
    try:
        found = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise BadFile(f"Ce fichier s’interrompt ou se trompe à la ligne {line}. Rien n’a changé.") from error
    except RecursionError as error:
        raise BadFile("Ce fichier est trop imbriqué pour être un fichier de lieux.") from error
    structures, services = _parts(found)
    if not isinstance(structures, list) or not isinstance(services, list):
        raise BadFile("Ce fichier n’a pas de liste de structures (data·inclusion). Rien n’a changé.")
    told, orphans = _by_structure(
        services, {str(each.get("id")) for each in structures if isinstance(each, dict)}
    )
    for n, each in enumerate(structures, start=1):
        where = f"structure n°\u00a0{n}"
        yield where, _with_services(each, told) if isinstance(each, dict) else "ce n’est pas une structure"
    yield from orphans


def _parts(found: Any) -> tuple[Any, Any]:
    """Return the structures and the services of a file, of one page of them, or of both."""
    if isinstance(found, list):
        return found, []
    return found.get(_STRUCTURES, found.get(_PAGE)), found.get(_SERVICES, [])


def _by_structure(
    services: list[Any], known: set[str]
) -> tuple[dict[str, list[Mapping[str, Any]]], list[tuple[str, str]]]:
    """Return the services by their structure’s id, and those that have none."""
    told: dict[str, list[Mapping[str, Any]]] = {}
    orphans = []
    for n, each in enumerate(services, start=1):
        of = str(each.get("structure_id", "")) if isinstance(each, dict) else ""
        if of in known:
            told.setdefault(of, []).append(each)
        else:
            orphans.append(
                (f"service n°\u00a0{n}", f"structure absente du fichier\u00a0: {of or 'sans identifiant'}")
            )
    return told, orphans


def _with_services(structure: dict[str, Any], told: Mapping[str, list[Mapping[str, Any]]]) -> Row:
    services = told.get(str(structure.get("id")), [])
    topics = [topic for each in services for topic in each.get("thematiques") or ()]
    links = [each["lien_mobilisation"] for each in services if each.get("lien_mobilisation")]
    more = {"thematiques": [*(structure.get("thematiques") or ()), *topics]}
    return structure | more | ({"lien_mobilisation": links[0]} if links else {})


def merged(before: Sequence[Place], read: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places with those just read: one of the same id is brought up to date and keeps its doors."""
    doors = {place.id: place.doors for place in before}
    fresh = {place.id: replace(place, doors=doors.get(place.id, place.doors)) for place in read}
    kept = [fresh.pop(place.id, place) for place in before]
    return (*kept, *fresh.values())
