"""« Adapter la feuille »: from a doctrine to the fields of its form, and from the form to plain values."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from atelier.doctrines.checking import plain_of
from atelier.doctrines.loading import slugs
from atelier.doctrines.shape import Fault, Path
from atelier.domain import limits
from atelier.domain.colours import OURS
from atelier.domain.doctrine import Doctrine
from atelier.domain.territories import without_accents
from atelier.domain.values import ARMS, Phase, Side

BLANK_ACTIONS, BLANK_LANDMARKS = 3, 1
TEXTS = (
    "title", "source", "continuum", "frequency", "question", "initiative_question", "free_line",
)  # fmt: skip
POLE = ("name", "short", "plural", "trade", "remit", "meaning", "colour")
LINES = ("instructions", "stakes")
ACTION = ("id", "short", "label", "precision", "examples", "definition", "reminder", "source")
LANDMARK = ("title", "items", "source")
_NAMING = {"action": ("short", "label"), "landmark": ("title", "items")}
"""By the kind of a row: what it is known by; one without is taken off the sheet."""
SCRIPT = ("purpose", "say", "groups_do", "minutes")
_LISTS = ("examples", "items", "say", "groups_do")
FIELDS = (
    *TEXTS, *LINES, "free_lines", "national", "revision", "create_key",
    *(f"{arm}-{name}" for arm in ARMS for name in POLE),
    *(f"scale-{n}" for n in range(1, 6)),
    *(f"missions-{side.value}" for side in Side),
    *(f"{phase.value}-{name}" for phase in Phase for name in SCRIPT),
)  # fmt: skip
NUMBERED = re.compile(rf"action-\d{{1,2}}-({'|'.join(ACTION)})|landmark-\d{{1,2}}-({'|'.join(LANDMARK)})")


def fields_of(doctrine: Doctrine) -> dict[str, str]:
    """Return what the form shows of a doctrine, by field; lists are one text a line."""
    plain = plain_of(doctrine)
    values = {name: plain.get(name, "") for name in TEXTS}
    values |= {name: _joined(plain.get(name, ())) for name in LINES}
    values |= {f"{arm}-{name}": plain[arm].get(name, "") for arm in ARMS for name in POLE}
    values |= {f"{arm}-colour": plain[arm].get("colour", OURS[arm]) for arm in ARMS}
    values |= {f"scale-{n}": word for n, word in enumerate(doctrine.scale, start=1)}
    values |= {f"missions-{side.value}": _joined(_of_side(doctrine, side)) for side in Side}
    values |= _rows("action", ACTION, plain["actions"]) | _rows(
        "landmark", LANDMARK, plain.get("landmarks", ())
    )
    for script in plain["agenda"]:
        values |= {f"{script['phase']}-{name}": _shown(script.get(name, "")) for name in SCRIPT}
    return values | {"free_lines": str(doctrine.free_lines), "national": "1" if doctrine.national else ""}


def rows_of(values: Mapping[str, str], kind: str, blank: int) -> list[int]:
    """Return the numbers of the rows of a kind that the form has: those that say something, and some to fill."""
    said = [int(found[1]) for name in values if (found := re.match(rf"{kind}-(\d+)-", name))]
    return list(range(1, max(said, default=0) + 1 + blank))


def plain_from(form: Mapping[str, str], base: Doctrine) -> dict[str, Any]:
    """Return the plain values that a form says; titles of phases are those of `base`."""
    return {
        "slug": slug_of(form.get("title", "")),
        **{name: form.get(name, "") for name in TEXTS},
        **{name: _lines(form.get(name, "")) for name in LINES},
        "free_lines": _number(form.get("free_lines", "")),
        "national": form.get("national") == "1",
        **{arm: {name: form.get(f"{arm}-{name}", "") for name in POLE} for arm in ARMS},
        "scale": [form.get(f"scale-{n}", "") for n in range(1, 6)],
        "actions": [_action(form, n) for n in said_rows(form, "action")],
        "missions": [
            {"side": side.value, "text": text}
            for side in Side
            for text in _lines(form.get(f"missions-{side.value}", ""))
        ],
        "agenda": [_script(form, phase, base) for phase in Phase],
        "landmarks": [_row(form, "landmark", n, LANDMARK) for n in said_rows(form, "landmark")],
    }


def said_rows(form: Mapping[str, str], kind: str) -> list[int]:
    """Return the numbers of the rows that are on the sheet: named, or new with anything in them."""
    return [n for n in rows_of(form, kind, 0) if _is_said(form, f"{kind}-{n}", _NAMING[kind])]


def _is_said(form: Mapping[str, str], row: str, naming: tuple[str, ...]) -> bool:
    if any(form.get(f"{row}-{name}", "").strip() for name in naming):
        return True
    rest = (form.get(f"{row}-{name}", "").strip() for name in (*ACTION, *LANDMARK))
    return not form.get(f"{row}-id", "") and any(rest)


def field_of(fault: Fault, form: Mapping[str, str]) -> str:
    """Return the field that shows the value which is wrong."""
    match fault.path:
        case ("scale", int(n)):
            return f"scale-{n + 1}"
        case ("fs" | "cn" as arm, str(name)):
            return f"{arm}-{name}"
        case ("missions", int(n), *_):
            return f"missions-{_sides(form)[n]}"
        case ("agenda", int(n), str(name), *_):
            return f"{list(Phase)[n].value}-{name}"
        case ("actions" | "landmarks" as kind, int(n), *rest):
            return _row_field(kind, said_rows(form, kind.removesuffix("s"))[n], rest)
    return _whole(fault.path)


def _row_field(kind: str, n: int, rest: list[Any]) -> str:
    otherwise = "short" if kind == "actions" else "title"
    return f"{kind.removesuffix('s')}-{n}-{rest[0] if rest and rest[0] != 'id' else otherwise}"


def _whole(path: Path) -> str:
    named = {
        "actions": "action-1-short",
        "missions": "missions-fs",
        "landmarks": "landmark-1-title",
        "slug": "title",
    }
    first = str(path[0]) if path else "title"
    return named.get(first, first)


def slug_of(title: str) -> str:
    """Return a slug for a title: ours stay ours."""
    plain = re.sub(r"[^a-z0-9]+", "-", without_accents(title).lower()).strip("-")[:32].strip("-") or "fiche"
    return f"{plain}-bis" if plain in slugs() else plain


def _sides(form: Mapping[str, str]) -> list[str]:
    return [side.value for side in Side for _ in _lines(form.get(f"missions-{side.value}", ""))]


def _action(form: Mapping[str, str], n: int) -> dict[str, Any]:
    made = _row(form, "action", n, ACTION)
    made["id"] = made["id"] or f"{slug_of(made['short'])[:30]}-{n}"
    made["short"] = made["short"] or made["label"][: limits.SHORT_LABEL_CHARACTERS]
    return made


def _row(form: Mapping[str, str], kind: str, n: int, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _typed(name, form.get(f"{kind}-{n}-{name}", "")) for name in names}


def _script(form: Mapping[str, str], phase: Phase, base: Doctrine) -> dict[str, Any]:
    said = {name: _typed(name, form.get(f"{phase.value}-{name}", "")) for name in SCRIPT}
    return said | {
        "phase": phase.value,
        "title": base.script(phase).title,
        "minutes": _number(str(said["minutes"])),
    }


def _typed(name: str, value: str) -> Any:
    return _lines(value) if name in _LISTS else value


def _rows(kind: str, names: tuple[str, ...], found: list[dict[str, Any]]) -> dict[str, str]:
    return {
        f"{kind}-{n}-{name}": _shown(each.get(name, ""))
        for n, each in enumerate(found, start=1)
        for name in names
    }


def _of_side(doctrine: Doctrine, side: Side) -> Iterator[str]:
    return (mission.text for mission in doctrine.missions if mission.side is side)


def _shown(value: Any) -> str:
    return _joined(value) if isinstance(value, list) else str(value)


def _joined(lines: Any) -> str:
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _number(text: str) -> Any:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text.strip()) else 0 if not text.strip() else text
