"""The preparation form: from a setup to its fields, and back. One click with the defaults is enough."""

import base64
import datetime as dt
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from atelier.doctrines.loading import default_group_name, doctrine_of, load, slugs
from atelier.domain import limits
from atelier.domain.doctrine import CUT, SheetAction
from atelier.domain.previous import Previous, previous_of_plain
from atelier.domain.refusals import Code, Refused
from atelier.domain.setup import Setup
from atelier.domain.territories import code_of, name_of
from atelier.domain.values import Phase
from atelier.limits import PREVIOUS_BYTES
from atelier.movement import occasion_of
from atelier.web.routes.posted import posted

BLANK_LINES = 3
_FIELDS = (
    "title", "place", "territory", "territory_code", "date", "organiser", "purge_on", "groups", "expected",
    "free_lines", "answers_first", "stakes", "create_key", "previous", *(f"minutes-{phase.value}" for phase in Phase),
)  # fmt: skip
_NUMBERED = re.compile(r"group-\d{1,3}|line-\d{1,3}-(?:id|keep|order|label)")


def fields_of(setup: Setup) -> dict[str, Any]:
    """Return what the form shows for `setup`; `lines` also holds doctrine actions left out, and blank ones."""
    chosen = {action.id for action in setup.actions}
    code = setup.territory_code or code_of(setup.territory)
    out = [action for action in doctrine_of(setup).actions if action.id not in chosen]
    lines = [
        {
            "id": action.id,
            "label": action.label,
            "short": action.short,
            "order": order,
            "keep": action.id in chosen,
        }
        for order, action in enumerate([*setup.actions, *out], start=1)
    ]
    blank = [
        {"id": "", "label": "", "short": "", "order": len(lines) + n, "keep": False}
        for n in range(1, BLANK_LINES + 1)
    ]
    return {
        "setup": setup,
        "lines": lines + blank,
        "groups": len(setup.groups),
        "group_names": list(setup.groups) + [""] * (limits.GROUPS - len(setup.groups)),
        "minutes": setup.minutes,
        "stakes": "\n".join(doctrine_of(setup).stakes),
        "territory_code": code,
        "other_territory": "" if setup.territory == name_of(code) else setup.territory,
        "previous": packed(setup.previous) if setup.previous else "",
        "follows": occasion_of(setup.previous) if setup.previous else "",
    }


def packed(previous: Previous) -> str:
    """Return what a workshop follows in few letters, for a form that brings it back."""
    plain = json.dumps(asdict(previous), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(plain.encode())).decode()


def unpacked(text: str) -> Previous:
    """Return it again. Raises Refused when it is not what `packed` made."""
    try:
        reader = zlib.decompressobj()
        plain = reader.decompress(base64.urlsafe_b64decode(text), PREVIOUS_BYTES)
        if not reader.eof:
            raise ValueError("longer than any that we make")
        return previous_of_plain(json.loads(plain))
    except (ValueError, TypeError, KeyError, AttributeError, zlib.error):
        raise Refused(Code.NOT_A_SETUP, "previous") from None


def posted_setup() -> Mapping[str, str]:
    """Return the preparation form as it was sent. Raises UnknownField."""
    return posted(*_FIELDS, numbered=_NUMBERED)


def setup_from(form: Mapping[str, str], base: Setup) -> Setup:
    """Return the setup that `form` describes, on the doctrine and missions of `base`. Raises Refused."""
    if twins(form):
        raise Refused(Code.NOT_A_SETUP, "twins")
    return Setup(
        doctrine=base.doctrine,
        title=form.get("title", "") or base.title,
        place=form.get("place", ""),
        territory=form.get("territory", "").strip() or name_of(form.get("territory_code", "")),
        territory_code=form.get("territory_code", "") or code_of(form.get("territory", "")),
        date=form.get("date", "") or base.date,
        organiser=form.get("organiser", ""),
        purge_on=form.get("purge_on", "") or base.purge_on,
        groups=_groups(form, base),
        minutes={phase: _number(form, f"minutes-{phase.value}", base.minutes[phase]) for phase in Phase},
        actions=_actions(form, base) if "line-1-order" in form else base.actions,
        free_lines=_number(form, "free_lines", base.free_lines),
        missions=base.missions,
        expected=_number(form, "expected", base.expected),
        words=replace(doctrine_of(base), stakes=_stakes(form, base)),
        answers_first=form.get("answers_first") == "1",
        previous=unpacked(form["previous"]) if form.get("previous") else base.previous,
    )


def twins(form: Mapping[str, str]) -> frozenset[str]:
    """Return the fields that say again what another one says: a group's name, or an action that is kept."""
    groups = [f"group-{n}" for n in range(1, limits.GROUPS + 1)]
    lines = [f"line-{n}-label" for n in _numbers(form) if _kept(form, n)]
    return frozenset(_said_again(form, groups) + _said_again(form, lines))


def _said_again(form: Mapping[str, str], fields: list[str]) -> list[str]:
    said: set[str] = set()
    again = []
    for field in fields:
        words = " ".join(form.get(field, "").split()).casefold()
        if words in said:
            again.append(field)
        said |= {words} - {""}
    return again


def dated(setup: Setup, today: dt.date) -> Setup:
    """Return a copy of `setup` for today: a purge as far ahead as the default, one of our doctrines as it reads now."""
    purge_on = today + dt.timedelta(days=limits.PURGE_DAYS_DEFAULT)
    words = doctrine_of(setup)
    if setup.doctrine in slugs():
        words = replace(load(setup.doctrine), stakes=words.stakes)  # those that somebody chose
    return replace(setup, date=today.isoformat(), purge_on=purge_on.isoformat(), words=words, previous=None)


def _stakes(form: Mapping[str, str], base: Setup) -> tuple[str, ...]:
    if "stakes" not in form:
        return doctrine_of(base).stakes
    lines = (line.strip() for line in form["stakes"].splitlines())
    return tuple(dict.fromkeys(filter(None, lines)))


def _groups(form: Mapping[str, str], base: Setup) -> tuple[str, ...]:
    count = _number(form, "groups", len(base.groups))
    if not 1 <= count <= limits.GROUPS:
        raise Refused(Code.NOT_A_SETUP, "groups")
    names = [form.get(f"group-{n}", "").strip() or default_group_name(n) for n in range(1, limits.GROUPS + 1)]
    if any(name != default_group_name(n) for n, name in enumerate(names[count:], start=count + 1)):
        raise Refused(Code.NOT_A_SETUP, "group-names")
    return tuple(names[:count])


def _actions(form: Mapping[str, str], base: Setup) -> tuple[SheetAction, ...]:
    known = {action.id: action for action in (*doctrine_of(base).actions, *base.actions)}
    kept = []
    for n in _numbers(form):
        label = form.get(f"line-{n}-label", "").strip()
        if label and _kept(form, n):
            kept.append((_number(form, f"line-{n}-order", n), n, _action(form, n, label, known)))
    return _ranked(kept)


def _numbers(form: Mapping[str, str]) -> list[int]:
    found = [re.fullmatch(r"line-(\d{1,3})-label", field) for field in form]
    return sorted(int(each[1]) for each in found if each)


def _kept(form: Mapping[str, str], n: int) -> bool:
    return form.get(f"line-{n}-keep") == "1" or form.get(f"line-{n}-id") == ""


def _ranked(kept: list[tuple[int, int, SheetAction]]) -> tuple[SheetAction, ...]:
    # Who was given another rank gets that one; the others close up around it, in their order.
    found = [action for rank, n, action in kept if rank == n]
    at = -1
    for rank, n, action in sorted(kept, key=lambda each: each[:2]):
        if rank != n:
            at = max(rank - 1, at + 1)
            found.insert(at, action)
    return tuple(found)


def _action(form: Mapping[str, str], n: int, label: str, known: dict[str, SheetAction]) -> SheetAction:
    former = known.get(form.get(f"line-{n}-id", ""))
    if former is None:
        return SheetAction(id=_new_id(n, known), short=_short(label), label=label)
    if former.label == label:
        return former
    # The gloss explained the former words.
    return SheetAction(id=former.id, short=_short(label), label=label, examples=former.examples)


def _new_id(n: int, known: Iterable[str]) -> str:
    # Above all that were given before: line n may already be another line's number from an earlier edition.
    given = [int(each.removeprefix("ajout-")) for each in known if re.fullmatch(r"ajout-\d+", each)]
    return f"ajout-{max(given, default=0) + n}"


def _short(label: str) -> str:
    if len(label) <= limits.SHORT_LABEL_CHARACTERS:
        return label
    return label[: limits.SHORT_LABEL_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + CUT


def _number(form: Mapping[str, str], name: str, default: int) -> int:
    text = form.get(name, "").strip()
    if not text:
        return default
    if re.fullmatch(r"\d{1,4}", text) is None:
        raise Refused(Code.NOT_A_SETUP, name)
    return int(text)
