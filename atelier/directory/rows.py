"""From one row of a public file to a place: fields of both standards, values checked, what is left out said."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from atelier.directory.place import Place
from atelier.domain.doctrine import CUT
from atelier.domain.refusals import Code, Refused
from atelier.domain.text import clean_optional
from atelier.limits import PLACE_CHARACTERS, PLACE_LONG_CHARACTERS, PLACE_VALUES

Row = Mapping[str, Any]
_NAMES = {
    "id": ("id",),
    "name": ("nom",),
    "commune": ("commune",),
    "insee": ("code_insee",),
    "postcode": ("code_postal",),
    "address": ("adresse",),
    "phone": ("telephone",),
    "mail": ("courriels", "courriel"),
    "site": ("site_web",),
    "hours": ("horaires", "horaires_accueil"),
    "booking": ("prise_rdv", "lien_mobilisation"),
    "summary": ("presentation_resume", "description"),
    "source": ("source",),
    "updated": ("date_maj",),
}
"""Of each field of a place, its name in LaMednum’s standard, then in data·inclusion’s where that is another."""
_MANY = {
    "topics": ("services", "thematiques"),
    "networks": ("dispositif_programmes_nationaux", "reseaux_porteurs"),
}
_LONG = ("address", "hours", "site", "booking", "summary")
REQUIRED = {"id": "identifiant", "name": "nom", "commune": "commune"}
_SHOWN = {"phone": "téléphone", "mail": "courriel", "site": "site", "booking": "prise de rendez-vous"} | {
    "updated": "date de mise à jour", "postcode": "code postal", "insee": "code INSEE", "hours": "horaires",
    "address": "adresse", "summary": "présentation", "source": "source", "name": "nom", "id": "identifiant",
    "commune": "commune",
}  # fmt: skip
NETWORKS = {
    "france services": "France services",
    "france-service": "France services",
    "france-services": "France services",
    "rfs": "France services",
    "conseillers numériques": "Conseillers numériques",
    "conseillers-numeriques": "Conseillers numériques",
    "aidants connect": "Aidants Connect",
    "aidants-connect": "Aidants Connect",
}
"""How networks are called by the public files, and by people; others stay as they are written."""
_KIND = ("typologie",)
_OVERSEAS = ("262", "508", "590", "594", "596")
_DIGITS = re.compile(r"\d{9}")


class BadRow(ValueError):  # noqa: N818 - the row is
    """A row that no place can be made of; the message says why, in French."""


def place_of(row: Row) -> tuple[Place, tuple[str, ...]]:
    """Return the place of a row, and what was left out of it. Raises BadRow."""
    notes: list[str] = []
    values: dict[str, Any] = {field: _text(row, field, notes) for field in _NAMES}
    missing = [words for field, words in REQUIRED.items() if not values[field]]
    if missing:
        raise BadRow(f"il manque\u00a0: {', '.join(missing)}")
    for field, check in _CHECKS.items():
        if values[field]:
            try:
                values[field] = check(values[field])
            except ValueError:
                notes.append(f"{_SHOWN[field]}\u00a0: «\u00a0{values[field][:60]}\u00a0» n’a pas été repris")
                values[field] = ""
    return Place(networks=_networks(row), topics=_several(row, "topics"), **values), tuple(notes)


def _text(row: Row, field: str, notes: list[str]) -> str:
    raw = next((row[name] for name in _NAMES[field] if row.get(name)), "")
    written = str(raw[0] if isinstance(raw, list) and raw else raw)
    if field == "mail":
        written = _split(written)[0] if _split(written) else ""
    limit = PLACE_LONG_CHARACTERS if field in _LONG else PLACE_CHARACTERS
    try:
        return clean_optional(written, limit)
    except Refused as refused:
        if refused.code is Code.TEXT_TOO_LONG:
            return _shortened(field, written, limit, notes)
    if field in REQUIRED:
        raise BadRow(f"{_SHOWN[field]} illisible")
    notes.append(f"{_SHOWN[field]}\u00a0: texte illisible, pas repris")
    return ""


def _shortened(field: str, written: str, limit: int, notes: list[str]) -> str:
    """Return the beginning of a text that is too long, and say so. Raises BadRow for an id: another may begin so."""
    if field == "id":
        raise BadRow("identifiant trop long")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cn") and not sign.isspace() for sign in written):
        raise BadRow(f"{_SHOWN[field]} illisible")
    notes.append(f"{_SHOWN[field]} raccourci à {limit} caractères")
    return " ".join(written.split())[: limit - 1].rstrip() + CUT


def _several(row: Row, field: str) -> tuple[str, ...]:
    found = [value for name in _MANY[field] for value in _split(row.get(name) or "")]
    return tuple(dict.fromkeys(each[:PLACE_CHARACTERS] for each in found))[:PLACE_VALUES]


def _networks(row: Row) -> tuple[str, ...]:
    kinds = [kind for name in _KIND for kind in _split(row.get(name) or "") if kind.casefold() in NETWORKS]
    return tuple(
        dict.fromkeys(NETWORKS.get(each.casefold(), each) for each in (*_several(row, "networks"), *kinds))
    )


def _split(value: Any) -> list[str]:
    """Return the values of a field of several: a list, JSON, or texts separated by « | », by « ; » in older files."""
    if isinstance(value, list):
        parts = [str(each) for each in value]
    elif str(value).lstrip().startswith("["):
        try:
            parts = [str(each) for each in json.loads(value)]
        except ValueError:
            parts = [str(value)]
    else:
        parts = str(value).split("|" if "|" in str(value) else ";")
    return [" ".join(part.split()) for part in parts if part.strip()]


def phone_text(written: str) -> str:
    """Return « 03 29 00 00 00 » of `+33329000000`. Raises ValueError for what is no French number."""
    digits = re.sub(r"[\s.\-()\u00a0\u202f]", "", written).replace("+330", "0")
    for prefix in ("33", *_OVERSEAS):
        local = digits.removeprefix(f"+{prefix}").removeprefix(f"00{prefix}")
        if local != digits and _DIGITS.fullmatch(local):
            digits = f"0{local}"
    if not re.fullmatch(r"0\d{9}|3\d{3}", digits):
        raise ValueError(written)
    return "\u00a0".join(re.findall("..", digits)) if len(digits) > 4 else digits


def web_address(written: str) -> str:
    """Return an address that a page may lead to. Raises ValueError for another."""
    found = written if "://" in written else f"https://{written}"
    parts = urlsplit(found)
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in found:
        raise ValueError(written)
    return found


def mail_address(written: str) -> str:
    """Return a mail address. Raises ValueError for what is none."""
    if not re.fullmatch(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"']+", written):
        raise ValueError(written)
    return written


def _day(written: str) -> str:
    return dt.date.fromisoformat(written[:10]).isoformat()


def _digits(written: str) -> str:
    found = written.upper().rjust(5, "0")
    if not re.fullmatch(r"\d[\dAB]\d{3}", found):
        raise ValueError(written)
    return found


_CHECKS: dict[str, Callable[[str], str]] = {
    "phone": phone_text,
    "site": lambda written: web_address(_split(written)[0]),
    "booking": web_address,
    "mail": mail_address,
    "updated": _day,
    "postcode": _digits,
    "insee": _digits,
}
