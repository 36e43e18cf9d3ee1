"""What another workshop takes from a JSON export: results by action and decisions, as if it stood on this server."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from atelier.domain.limits import PREVIOUS_DECISIONS
from atelier.domain.previous import Previous, PreviousAction, PreviousDecision, checked_previous
from atelier.domain.refusals import Refused
from atelier.domain.values import WORDS, DecisionStatus, Verdict, word_number
from atelier.export.dataset import VERSION


class NotAnExport(ValueError):  # noqa: N818 - it says what the file is not
    """The file is no JSON export of a workshop, or of a later version."""


def previous_of_export(body: bytes) -> Previous:
    """Return what a workshop that follows takes over. Raises NotAnExport."""
    try:
        data = json.loads(body)
        if data["format"] != f"atelier/{VERSION}":
            raise ValueError(data["format"])
        return checked_previous(_taken(data))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, Refused):
        raise NotAnExport from None


def _taken(data: Mapping[str, Any]) -> Previous:
    setup = data["reglages"]
    words = setup["words"]
    return Previous(
        title=setup["title"],
        date=setup["date"],
        doctrine=setup["doctrine"],
        poles=(words["fs"]["name"], words["cn"]["name"]),
        scale=tuple(words["scale"]),
        groups=len(data["groupes"]),
        actions=tuple(_action(row, data["placements"]) for row in data["synthese"]),
        decisions=tuple(_decisions(data["decisions"]))[:PREVIOUS_DECISIONS],
        territory_code=setup["territory_code"],
    )


def _action(row: Mapping[str, Any], placements: Iterable[Mapping[str, Any]]) -> PreviousAction:
    said = [
        (word_number(each["fs"]), word_number(each["cn"]))
        for each in placements
        if each["action"] == row["action"] and not each["sans_objet"]
        if each["fs"] is not None and each["cn"] is not None
    ]
    fs, cn = (Counter(pair[n] for pair in said) for n in range(2))
    return PreviousAction(
        id=row["action"],
        label=row["libelle"],
        verdict=Verdict(row["verdict"]),
        of=row["groupes_concernes"],
        fs=tuple(fs[word] for word in range(WORDS)),
        cn=tuple(cn[word] for word in range(WORDS)),
    )


def _decisions(rows: Iterable[Mapping[str, Any]]) -> Iterable[PreviousDecision]:
    for row in rows:
        status = DecisionStatus(row["etat"])
        if status is not DecisionStatus.DROPPED:
            yield PreviousDecision(
                id=row["decision"], what=row["quoi"], who=row["qui"], due=row["echeance"],
                due_on=row["echeance_le"] or "", status=status,
            )  # fmt: skip
