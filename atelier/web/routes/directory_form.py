"""From the form of a page « Qui fait quoi ? » to the page: what was typed, cleaned, or refused beside its field."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from atelier.directory.page import WHO, Dated, Door, Page, Task
from atelier.directory.place import Place
from atelier.directory.rows import mail_address, phone_text, web_address
from atelier.domain.refusals import Code, Refused
from atelier.domain.text import clean_optional
from atelier.limits import (
    DIRECTORY_DATES,
    DIRECTORY_LONG_CHARACTERS,
    DIRECTORY_OFFERS,
    DIRECTORY_TASKS,
    PLACE_CHARACTERS,
)
from atelier.limits import PLACE_LONG_CHARACTERS as LONG
from atelier.web.http import sentences

BLANK_TASKS, BLANK_DATES = (Task(id="", text=""),) * 2, (Dated(id="", what=""),) * 2
"""Lines left to write on, after those that are there."""
FIELDS = (
    "title", "territory", "organiser", "phone", "note", "pole-0", "pole-1", "offer-0", "offer-1", "based_on",
)  # fmt: skip
NUMBERED = re.compile(r"(?:door|task|date)-\d{1,2}-(?:id|title|about|whom|text|who|often|door|what|on|shown)")
PLACE_FIELDS = (
    "name",
    "commune",
    "address",
    "postcode",
    "phone",
    "mail",
    "site",
    "booking",
    "hours",
    "summary",
)
Clean = Callable[[str, int], str]


class Wrong(ValueError):  # noqa: N818 - what was typed is
    """Something typed cannot be kept; the message is a French sentence."""


def as_typed(text: str, _limit: int) -> str:
    """Return a text as it was typed, to show it again."""
    return text


def checked(text: str, limit: int) -> str:
    """Return a text as it is kept. Raises Wrong."""
    try:
        return clean_optional(text, limit)
    except Refused as refused:
        start = " ".join(text.split())[:40]
        if refused.code is Code.TEXT_TOO_LONG:
            raise Wrong(
                f"«\u00a0{start}…\u00a0» est trop long\u00a0: {limit} caractères au plus."
            ) from refused
        raise Wrong(f"«\u00a0{start}\u00a0» contient un signe que l’Atelier ne peut pas garder.") from refused


def page_typed(form: Mapping[str, str], page: Page, clean: Clean = checked) -> Page:
    """Return the page as the form says it, its places and logos as they are. Raises Wrong."""
    poles = tuple(clean(form.get(f"pole-{n}", ""), PLACE_CHARACTERS) or page.poles[n] for n in (0, 1))
    return replace(
        named(form, page, clean),
        phone=_phone(form.get("phone", ""), clean), note=clean(form.get("note", ""), DIRECTORY_LONG_CHARACTERS),
        poles=(poles[0], poles[1]),
        offers=(_offers(form.get("offer-0", ""), clean), _offers(form.get("offer-1", ""), clean)),
        doors=tuple(_doors(form, page, clean)),
        tasks=tuple(_tasks(form, clean))[:DIRECTORY_TASKS],
        dates=tuple(_dates(form, clean))[:DIRECTORY_DATES],
    )  # fmt: skip


def named(form: Mapping[str, str], page: Page, clean: Clean = checked) -> Page:
    """Return the page with the title, territory and owner that the form says. Raises Wrong."""
    title, territory, organiser = (
        clean(form.get(name, ""), PLACE_CHARACTERS) for name in ("title", "territory", "organiser")
    )
    return replace(page, title=title or page.title, territory=territory, organiser=organiser)


def place_typed(form: Mapping[str, str], place: Place, page: Page, clean: Clean = checked) -> Place:
    """Return the place as its form says it. Raises Wrong."""
    long = ("address", "site", "booking", "hours", "summary")
    said: dict[str, Any] = {
        name: clean(form.get(name, ""), LONG if name in long else PLACE_CHARACTERS) for name in PLACE_FIELDS
    }
    if clean is checked:
        said |= {name: _reachable(check, said[name], words) for name, check, words in _CHECKS}
        if not (said["name"] and said["commune"]):
            raise Wrong("Donnez au lieu un nom et une commune.")
    doors = tuple(door.id for door in page.doors if form.get(f"door-{door.id}") == "1")
    return replace(place, doors=doors, **said)


def _reachable(check: Callable[[str], str], written: str, words: str) -> str:
    try:
        return check(written) if written else ""
    except ValueError:
        raise Wrong(f"{words}\u00a0: «\u00a0{written[:60]}\u00a0» n’a pas la forme attendue.") from None


_CHECKS: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("phone", phone_text, "Téléphone"), ("mail", mail_address, "Courriel"),
    ("site", web_address, "Site"), ("booking", web_address, "Prise de rendez-vous"),
)  # fmt: skip


def _phone(written: str, clean: Clean) -> str:
    text = clean(written, PLACE_CHARACTERS)
    return _reachable(phone_text, text, "Téléphone") if clean is checked else text


def _offers(written: str, clean: Clean) -> tuple[str, ...]:
    lines = (clean(line, DIRECTORY_LONG_CHARACTERS) for line in written.splitlines())
    return tuple(filter(None, lines))[:DIRECTORY_OFFERS]


def _doors(form: Mapping[str, str], page: Page, clean: Clean) -> Iterator[Door]:
    for n, door in enumerate(page.doors):
        told = {
            name: clean(form.get(f"door-{n}-{name}", ""), DIRECTORY_LONG_CHARACTERS)
            for name in ("title", "about", "whom")
        }
        yield replace(door, **(told | {"title": told["title"] or door.title}))


def _rows(form: Mapping[str, str], kind: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the id of each row of a kind that says something, in order; a new one gets a free id."""
    numbers = sorted(int(name.split("-")[1]) for name in form if re.fullmatch(rf"{kind}-\d+-{text}", name))
    taken = {form.get(f"{kind}-{n}-id", "") for n in numbers}
    free = (f"n{n}" for n in range(1, 1_000) if f"n{n}" not in taken)
    for n in numbers:
        if form[f"{kind}-{n}-{text}"].strip():
            yield n, form.get(f"{kind}-{n}-id", "") or next(free)


def _tasks(form: Mapping[str, str], clean: Clean) -> Iterator[Task]:
    for n, ident in _rows(form, "task", "text"):
        who = form.get(f"task-{n}-who", "")
        yield Task(
            id=clean(ident, PLACE_CHARACTERS), text=clean(form[f"task-{n}-text"], DIRECTORY_LONG_CHARACTERS),
            who=who if who in WHO else "", often=clean(form.get(f"task-{n}-often", ""), PLACE_CHARACTERS),
            door=form.get(f"task-{n}-door", "")[:PLACE_CHARACTERS],
        )  # fmt: skip


def _dates(form: Mapping[str, str], clean: Clean) -> Iterator[Dated]:
    for n, ident in _rows(form, "date", "what"):
        on = form.get(f"date-{n}-on", "")
        if clean is checked and on and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", on):
            raise Wrong(sentences.NOT_A_DATE)
        yield Dated(
            id=clean(ident, PLACE_CHARACTERS), what=clean(form[f"date-{n}-what"], DIRECTORY_LONG_CHARACTERS), on=on,
            shown=form.get(f"date-{n}-shown") == "1",
        )  # fmt: skip
