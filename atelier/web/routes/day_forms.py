"""The form of a day: from a day to its fields, and back, with one French sentence beside each field that is wrong."""

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from atelier import wording
from atelier.domain import limits
from atelier.domain.day import Day, Slot, ordered
from atelier.domain.refusals import Code, Refused
from atelier.domain.territories import NAMES
from atelier.domain.text import clean_optional
from atelier.local_time import is_hour
from atelier.web.http import sentences

FIELDS = ("title", "date", "place", "organiser", "territory_code", "keep_until", "create_key", "revision")
NUMBERED = re.compile(r"slot-\d{1,2}-(?:id|starts|ends|room|title|optional)")
BLANK_ROWS = 3
_TEXTS = {
    "title": limits.TITLE_CHARACTERS, "place": limits.NAME_CHARACTERS, "organiser": limits.TITLE_CHARACTERS,
}  # fmt: skip
_NAMES = {
    "title": "Titre", "date": "Date", "place": "Lieu", "organiser": "Organisateur", "territory_code": "Département",
    "keep_until": "Tout effacer le", "create_key": "Clé de création",
}  # fmt: skip
_PARTS = {"starts": "Début", "ends": "Fin", "room": "Salle", "title": "Titre"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the form, as it was typed or stands."""

    number: int
    id: str = ""
    starts: str = ""
    ends: str = ""
    room: str = ""
    title: str = ""
    optional: bool = False
    workshop: str = ""

    @property
    def blank(self) -> bool:
        """True when nothing was typed."""
        return not any((self.starts, self.ends, self.room, self.title))


def field_name(name: str) -> str:
    """Return how the form calls a field."""
    if NUMBERED.fullmatch(name):
        _, number, part = name.split("-")
        return f"{_PARTS[part]}, ligne {number}"
    return _NAMES.get(name, name)


def rows_of(day: Day, form: Mapping[str, str]) -> list[Row]:
    """Return the rows that the form shows: what was typed, or the slots and some blank ones."""
    if any(NUMBERED.fullmatch(name) for name in form):
        return _typed(form, day)
    found = [
        Row(
            number=n, id=slot.id, starts=slot.starts, ends=slot.ends, room=slot.room, title=slot.title,
            optional=slot.optional, workshop=slot.workshop,
        )
        for n, slot in enumerate(day.slots, start=1)
    ]  # fmt: skip
    room_left = limits.DAY_SLOTS - len(found)
    return [*found, *(Row(number=len(found) + n) for n in range(1, min(BLANK_ROWS, room_left) + 1))]


def day_from(form: Mapping[str, str], base: Day) -> tuple[Day, dict[str, str]]:
    """Return the day that `form` describes, and what is wrong with it by field."""
    errors: dict[str, str] = {}
    texts = {name: _text(form.get(name, ""), limit, name, errors) for name, limit in _TEXTS.items()}
    if not texts["title"]:
        errors.setdefault("title", "Donnez un titre à la journée.")
    date = form.get("date", "") or base.date
    if not _is_date(date):
        errors["date"] = wording.setup_sentence("date")
    territory = form.get("territory_code", "")
    if territory and territory not in NAMES:
        errors["territory_code"] = wording.setup_sentence("territory")
    slots = [_slot(row, base, errors) for row in _typed(form, base) if not row.blank]
    if len(slots) > limits.DAY_SLOTS:
        errors["title"] = wording.setup_sentence("slots")
    day = replace(
        base,
        title=texts["title"],
        place=texts["place"],
        organiser=texts["organiser"],
        date=date,
        territory_code=territory,
        slots=ordered(tuple(slots)),
    )
    return day, errors


def kept_until(form: Mapping[str, str], day: Day, today: dt.date) -> tuple[dt.date, str]:
    """Return the day from which all is erased, and what is wrong with it, "" when nothing is."""
    typed = form.get("keep_until", "")
    if not typed:
        return _usual_term(day, today), ""
    if not _is_date(typed):
        return _usual_term(day, today), wording.setup_sentence("date")
    until = dt.date.fromisoformat(typed)
    if not 0 < (until - today).days <= limits.PURGE_DAYS_MAX:
        return until, "Choisissez un jour à venir, dans un an au plus."
    return until, ""


def _usual_term(day: Day, today: dt.date) -> dt.date:
    begins = dt.date.fromisoformat(day.date) if _is_date(day.date) else today
    return begins + dt.timedelta(days=limits.PURGE_DAYS_DEFAULT)


def _typed(form: Mapping[str, str], base: Day) -> list[Row]:
    numbers = sorted({int(name.split("-")[1]) for name in form if NUMBERED.fullmatch(name)})
    return [_row(form, n, base) for n in numbers]


def _row(form: Mapping[str, str], n: int, base: Day) -> Row:
    def said(part: str) -> str:
        return form.get(f"slot-{n}-{part}", "").strip()

    former = base.slot(said("id"))
    return Row(
        number=n, id=said("id"), starts=said("starts"), ends=said("ends"), room=said("room"), title=said("title"),
        optional=said("optional") == "1", workshop=former.workshop if former else "",
    )  # fmt: skip


def _slot(row: Row, base: Day, errors: dict[str, str]) -> Slot:
    for part, hour in (("starts", row.starts), ("ends", row.ends)):
        if not is_hour(hour):
            errors[f"slot-{row.number}-{part}"] = "Écrivez une heure, par exemple 9:30."
    if is_hour(row.starts) and is_hour(row.ends) and row.ends <= row.starts:
        errors[f"slot-{row.number}-ends"] = "La fin vient après le début."
    if not (row.room or row.title):
        errors[f"slot-{row.number}-title"] = "Dites la salle, ou ce qui s’y passe."
    texts = {
        part: _text(getattr(row, part), limit, f"slot-{row.number}-{part}", errors)
        for part, limit in (("room", limits.NAME_CHARACTERS), ("title", limits.TITLE_CHARACTERS))
    }
    former = base.slot(row.id) or Slot(id=secrets.token_hex(4), starts="", ends="")
    return replace(former, starts=row.starts[:5], ends=row.ends[:5], optional=row.optional, **texts)


def _text(raw: str, limit: int, name: str, errors: dict[str, str]) -> str:
    try:
        return clean_optional(raw, limit)
    except Refused as refused:
        long = refused.code is Code.TEXT_TOO_LONG
        errors[name] = wording.too_long(len(raw.strip()), limit) if long else sentences.UNREADABLE_SIGNS
    return ""


def _is_date(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
