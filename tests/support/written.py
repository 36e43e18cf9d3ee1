"""Documents as the worker writes them, and the rooms that they are written of."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from atelier.domain.state import Decision, NextMeeting, Workshop
from atelier.domain.values import DecisionStatus, Placement
from atelier.export.api import Source, content_of, file_name
from atelier.export.dataset import dataset_of
from atelier.export.worker import writer
from tests.support import printed_rooms as rooms

FORMULA = '=HYPERLINK("http://exemple.invalid";"x")'
LONG = "Une décision, avec ; des \\ signes et des lettres de plusieurs octets : 永永永 👩🏽‍💻 " + "é" * 150


def room() -> Workshop:
    """A room where one arm has no answer, an initiative looks like a formula, and texts are hidden or withdrawn."""
    state = rooms.full_room()
    group = state.group(1)
    texts = [
        rooms.initiative(1, "orienter", FORMULA, 2, highlighted=True),
        rooms.initiative(2, "orienter", "Cachée", hidden=True),
        rooms.initiative(3, "orienter", "Retirée", withdrawn=True),
        rooms.initiative(4, "orienter", "永 & <b>"),
    ]
    line = replace(rooms.with_initiatives(group.lines["orienter"], texts), placement=Placement(75, None))
    return rooms.with_group(state, replace(group, lines={**group.lines, "orienter": line}))


def dated_room() -> Workshop:
    """A room that settled on dates: one kept, one abandoned, one of words only; and on when to meet again."""
    decisions = (
        Decision(id="d1", what=LONG, who="Claire, Anne", due_on="2026-09-30", stake="Un enjeu", action="orienter"),
        Decision(id="d2", what="Abandonnée", due_on="2026-10-01", status=DecisionStatus.DROPPED),
        Decision(id="d3", what="En mots", due="à la rentrée"),
    )  # fmt: skip
    meeting = NextMeeting(on="2026-10-12", about="14 h, à la mairie")
    state = replace(rooms.full_room(), decisions={each.id: each for each in decisions})
    return replace(state, next_meeting=meeting)


def written(
    folder: Path, wanted: str, state: Workshop | None = None, photos: Mapping[str, bytes] | None = None
) -> Path:
    """Write the document as the worker does, its content through JSON."""
    source = Source(
        code=rooms.CODE, state=state or room(), doctrine=rooms.DOCTRINE, at=rooms.AT, photos=photos or {}
    )
    content = content_of(source, wanted)
    through: dict[str, Any] = json.loads(json.dumps(content.as_json()))
    path = folder / file_name(source.state, wanted, "a4")
    writer(through)(through, path)
    return path


OURS = ("atelier", "initiative", "mission", "decision", "regroupement", "produit_le", "doctrine_version")
"""Columns of ids, which are another workshop's."""
PLAIN_SPACES = {0xA0: " ", 0x202F: " "}


def exported(folder: Path, state: Workshop, wanted: str = "donnees") -> Path:
    """Write the JSON, or its schema."""
    return written(folder, wanted, state).rename(folder / f"{wanted}.json")


def results(state: Workshop) -> dict[str, Any]:
    """The tables of a workshop without what names it and its texts, letters composed and spaces plain.

    A text that comes in is composed and gets typographic spaces; the rooms are built past that door.
    """
    found = dataset_of("X", state, rooms.DOCTRINE, rooms.AT, "json")
    return {
        table.name: sorted(
            unicodedata.normalize(
                "NFC",
                repr(
                    [
                        cell.translate(PLAIN_SPACES) if isinstance(cell, str) else cell
                        for column, cell in zip(table.columns, row, strict=True)
                        if column.name not in OURS
                    ]
                ),
            )
            for row in table.rows
        )
        for table in found.tables
    }
