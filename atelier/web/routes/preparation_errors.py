"""What is wrong with a preparation form, field by field: one French sentence beside each, the first of them focused."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from atelier import wording
from atelier.domain import limits
from atelier.domain.refusals import Code, Refused
from atelier.domain.territories import NAMES
from atelier.domain.text import clean_optional
from atelier.domain.values import Phase
from atelier.web.http import sentences
from atelier.web.routes.preparation import twins

_TEXTS = {
    "title": limits.TITLE_CHARACTERS,
    "place": limits.NAME_CHARACTERS,
    "territory": limits.NAME_CHARACTERS,
    "organiser": limits.TITLE_CHARACTERS,
    **{f"group-{n}": limits.NAME_CHARACTERS for n in range(1, limits.GROUPS + 1)},
}
_NUMBERS = {
    "groups": (1, limits.GROUPS),
    "expected": (1, limits.PARTICIPANTS),
    "free_lines": (0, limits.FREE_LINES),
    **{f"minutes-{phase.value}": (0, limits.PHASE_MINUTES) for phase in Phase},
}
_NUMBERED = re.compile(r"line-(\d{1,3})-(order|label)")
_PLACES = {
    "purge": "purge_on", "group-names": "groups", "lines": "free_lines", "free-lines": "free_lines",
    "actions": "line-1-label", "stakes": "stakes", "territory": "territory_code",
}  # fmt: skip
"""Where a refusal that is about the whole form is told, by its detail."""

_NAMES = {
    "title": "Titre", "place": "Lieu", "territory": "Autre territoire", "territory_code": "Département",
    "date": "Date", "organiser": "Organisateur", "groups": "Nombre de groupes", "expected": "Personnes attendues",
    "purge_on": "Tout effacer le", "create_key": "Clé de création", "free_lines": "Lignes libres par groupe",
    "stakes": "Enjeux de la feuille de route",
}  # fmt: skip
_PHASES = {f"minutes-{phase.value}": phase for phase in Phase}


def field_name(name: str) -> str:
    """Return how the form calls a field."""
    if name in _PHASES:
        return f"Minutes, {wording.phase_name(_PHASES[name])}"
    if name.startswith("group-"):
        return f"Groupe {name.removeprefix('group-')}"
    if matched := _NUMBERED.fullmatch(name):
        return f"{'Rang' if matched[2] == 'order' else 'Texte'} de l’action {matched[1]}"
    return _NAMES.get(name, name)


def field_errors(form: Mapping[str, str], refused: Refused | None = None) -> dict[str, str]:
    """Return a sentence for each field that is wrong; at least one when the rules `refused` a value of it."""
    found: dict[str, str] = {}
    for name, value in form.items():
        sentence = _field_error(name, value)
        if sentence:
            found[name] = sentence
    for name in sorted(twins(form)):
        found[name] = sentences.TWIN_GROUP if name.startswith("group-") else sentences.TWIN_ACTION
    if refused is not None and not found:
        name = _PLACES.get(refused.detail, refused.detail)
        if name in form or refused.detail in _PLACES:
            found[name] = wording.setup_sentence(refused.detail)
    return found


def _field_error(name: str, value: str) -> str:
    matched = _NUMBERED.fullmatch(name)
    limit = limits.LABEL_CHARACTERS if matched and matched[2] == "label" else _TEXTS.get(name)
    if limit is not None:
        return _text_error(value, limit)
    bounds = (1, 9999) if matched else _NUMBERS.get(name)
    if bounds is not None:
        return _number_error(value, *bounds)
    check = _CHOICES.get(name)
    return check(value) if check and value else ""


def _text_error(value: str, limit: int) -> str:
    try:
        clean_optional(value, limit)
    except Refused as refused:
        if refused.code is Code.TEXT_TOO_LONG:
            return wording.too_long(len(value.strip()), limit)
        return sentences.UNREADABLE_SIGNS
    return ""


def _number_error(value: str, least: int, most: int) -> str:
    text = value.strip()
    if not text or (re.fullmatch(r"\d{1,4}", text) and least <= int(text) <= most):
        return ""
    return f"Écrivez un nombre de {least} à {wording.number_text(most)}."


def _date_error(value: str) -> str:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return wording.setup_sentence("date")
    return ""


def _territory_error(value: str) -> str:
    return "" if value in NAMES else wording.setup_sentence("territory")


def _stakes_error(value: str) -> str:
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    too_long = any(len(line) > limits.TITLE_CHARACTERS for line in lines)
    return wording.setup_sentence("stakes") if too_long or len(lines) > limits.STAKES else ""


_CHOICES: dict[str, Callable[[str], str]] = {
    "date": _date_error, "purge_on": _date_error, "territory_code": _territory_error,
    "stakes": _stakes_error,
}  # fmt: skip
