"""Writes the tables of docs/protocol.md: `python -m tools.protocol_page`. A house test compares them."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from atelier.domain.acts import Command, Event
from atelier.domain.commands import NAMES
from atelier.domain.events import TYPES
from atelier.domain.regions import Kind, Part, Stale
from atelier.domain.registry import RULES, STALE, STORIES
from atelier.domain.rules import CLOSED, ONCE_PREPARED, OPEN, OPEN_OR_CLOSED, Rule
from atelier.domain.values import Phase, Role, Status

PAGE = Path(__file__).resolve().parents[1] / "docs" / "protocol.md"
MARKS = "<!-- {0}: written by python -m tools.protocol_page -->\n", "<!-- end of {0} -->"
COMMANDS_HEAD = "| command | fields | who | what it does |\n|---|---|---|---|\n"
EVENTS_HEAD = (
    "| type | fields | what happened | what it makes stale | in `atelier journal` |\n|---|---|---|---|---|\n"
)


def page(written: str) -> str:
    """Return the page `written` with its tables as they must be. Raises ValueError where it has no place for them."""
    for name, table in (("commands", commands()), ("events", events())):
        begin, end = (mark.format(name) for mark in MARKS)
        before, _, rest = written.partition(begin)
        after = rest.partition(end)[2]
        if not after:
            raise ValueError(f"docs/protocol.md has no place for its {name}")
        written = before + begin + table + end + after
    return written


def commands() -> str:
    """Return the table of commands."""
    rows = (
        f"| `{name}` | {_fields(kind)} | {who(RULES[kind])} | {_sentence(kind)} |\n"
        for name, kind in NAMES.items()
    )
    return COMMANDS_HEAD + "".join(rows)


def events() -> str:
    """Return the table of events."""
    rows = (
        f"| `{name}` | {_fields(kind)} | {_sentence(kind)} | {_stale(kind)} | {STORIES[kind]} |\n"
        for name, kind in TYPES.items()
    )
    return EVENTS_HEAD + "".join(rows)


def who(rule: Rule) -> str:
    """Return who may give a command, as the page abbreviates it."""
    if rule.roles == {Role.HOST}:
        return "the machine"
    said = ["guests"] if Role.GUEST in rule.roles else []
    if Role.PARTICIPANT in rule.roles:
        statuses = rule.statuses if rule.offer else rule.statuses & OPEN
        said.append("P" + _when(statuses) + _phases(rule.phases) + (" (grace)" if rule.grace else ""))
    if Role.FACILITATOR in rule.roles:
        said.append("F" + _when(rule.statuses))
    return ", ".join(said)


def _when(statuses: frozenset[Status]) -> str:
    return {OPEN: "", OPEN_OR_CLOSED: "+", CLOSED: " once closed", ONCE_PREPARED: " always"}[statuses]


def _phases(phases: frozenset[Phase]) -> str:
    all_of_them = list(Phase)
    these = [phase for phase in all_of_them if phase in phases]
    if these == all_of_them:
        return ""
    if len(these) > 1 and these == all_of_them[-len(these) :]:
        return f" from {these[0].value} on"
    return " in " + " and ".join(phase.value for phase in these)


def _fields(kind: type[Command | Event]) -> str:
    said = (f"`{field.name}`" + ("" if field.default is MISSING else "?") for field in fields(kind))
    return ", ".join(said) or "–"


def _sentence(kind: type[Command | Event]) -> str:
    return " ".join((kind.__doc__ or "").partition("\n\n")[0].split())


def _stale(kind: type[Event]) -> str:
    return ", ".join(_said(STALE[kind])) or "–"


def _said(parts: tuple[Stale, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Kind():
                yield part.value
            case Part(kind, names):
                yield f"{kind.value} ({', '.join(f'`{name}`' for name in names)})"
            case _:
                yield part.__doc__ or ""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
