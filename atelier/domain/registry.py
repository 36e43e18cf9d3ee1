"""What the features say of each command and each event: decorators fill it, `decide` and `evolve` look it up.

Importing `features` ends with `check`: whoever forgets a step reads at once which one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from string import Formatter
from typing import Any, TypeVar, dataclass_transform, get_args

from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.regions import Stale
from atelier.domain.rules import Rule
from atelier.domain.state import Restoration, Workshop

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)
T = TypeVar("T")
Decider = TypeVar("Decider", bound=Callable[[Workshop, Act, Any], tuple[Event, ...]])
Evolver = TypeVar("Evolver", bound=Callable[[Workshop, Fact, Any], Workshop])
Inverter = TypeVar("Inverter", bound=Callable[[Workshop, Any], Event])
Looker = TypeVar("Looker", bound=Callable[[Workshop, Any], object])
Namer = TypeVar("Namer", bound=Callable[[Any], str])
Restorer = TypeVar("Restorer", bound=Callable[[Workshop, Any], Restoration | None])

COMMANDS: dict[str, type[Command]] = {}
"""Form name → class: `place-action` → PlaceAction."""
RULES: dict[type[Command], Rule] = {}
DECIDERS: dict[type[Command], Callable[[Workshop, Act, Any], tuple[Event, ...]]] = {}

EVENTS: dict[str, type[Event]] = {}
"""Stored name → class. A name never changes once published."""
NAMES: dict[type[Event], str] = {}
STALE: dict[type[Event], tuple[Stale, ...]] = {}
STORIES: dict[type[Event], str] = {}
"""What the journal says of it in French, with its fields in braces."""
EVOLVERS: dict[type[Event], Callable[[Workshop, Fact, Any], Workshop]] = {}

INVERSES: dict[type[Event], Callable[[Workshop, Any], Event]] = {}
ALLOWED_BY: dict[type[Event], type[Command]] = {}
SUBJECTS: dict[type[Event], Callable[[Workshop, Any], object]] = {}
REMOVAL_NAMES: dict[type[Event], Callable[[Any], str]] = {}
RESTORERS: dict[type[Event], Callable[[Workshop, Any], Restoration | None]] = {}


class IncompleteError(TypeError):
    """A command or an event lacks something that the program cannot do without; the message says what to write."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def command(rule: Rule) -> Callable[[type[C]], type[C]]:
    """Make the class a command that `rule` allows. Its form name is that of the class, in words."""
    if not isinstance(rule, Rule):
        raise IncompleteError(f"{getattr(rule, '__name__', rule)}: who may? write @command(facilitators())")

    def register(kind: type[C]) -> type[C]:
        made = _value_class(kind)
        form_name = "".join("-" + c.lower() if c.isupper() else c for c in made.__name__).lstrip("-")
        _add(COMMANDS, form_name, made)
        RULES[made] = rule
        return made

    return register


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(
    name: str, *, stale: tuple[Stale, ...], story: str, allowed_by: type[Command] | None = None
) -> Callable[[type[E]], type[E]]:
    """Make the class an event that is stored as `name`.

    `stale`: what it makes stale on screens. `story`: the journal's sentence, in French, with its fields in braces.
    `allowed_by`: where it undoes something, the command that its author must still be allowed to give.
    """

    def register(kind: type[E]) -> type[E]:
        made = _value_class(kind)
        _check_story(made, story)
        _add(EVENTS, name, made)
        NAMES[made], STALE[made], STORIES[made] = name, stale, story
        if allowed_by:
            ALLOWED_BY[made] = allowed_by
        return made

    return register


def decides(function: Decider) -> Decider:
    """Let the function decide the commands that its `command` is annotated with."""
    _fill(DECIDERS, function, "command")
    return function


def evolves(function: Evolver) -> Evolver:
    """Let the function give the state after the events that its `event` is annotated with."""
    _fill(EVOLVERS, function, "event")
    return function


def inverts(function: Inverter) -> Inverter:
    """Let the function return the event that takes its author's `event` back, from the state before it."""
    _fill(INVERSES, function, "event")
    return function


def looks_at(function: Looker) -> Looker:
    """Let the function return how what `event` would change stands, by which a later change is noticed."""
    _fill(SUBJECTS, function, "event")
    return function


def names_removal(function: Namer) -> Namer:
    """Let the function name the removal that `event` makes, or takes back."""
    _fill(REMOVAL_NAMES, function, "event")
    return function


def restores(function: Restorer) -> Restorer:
    """Let the function return what puts back what a facilitator's `event` removed, from the state before it."""
    _fill(RESTORERS, function, "event")
    return function


def check() -> None:
    """Raise IncompleteError when a command or an event of the features lacks something."""
    missing = [*_undecorated(), *_unhandled(), *_not_undoable()]
    if missing:
        raise IncompleteError("; ".join(missing))


def _value_class(kind: type[T]) -> type[T]:
    if not kind.__doc__:
        raise IncompleteError(f"{kind.__name__} says nothing: write one sentence as its docstring")
    return dataclass(frozen=True, slots=True, kw_only=True)(kind)


def _add(table: dict[str, Any], name: str, kind: type) -> None:
    if name in table:
        raise IncompleteError(f"{kind.__name__}: {name} is already the name of {table[name].__name__}")
    table[name] = kind


def _check_story(kind: type[Event], story: str) -> None:
    unknown = {name for _, name, _, _ in Formatter().parse(story) if name} - {f.name for f in fields(kind)}
    if unknown or not story:
        raise IncompleteError(f"{kind.__name__}: its story names {sorted(unknown) or 'nothing'}")


def _fill(table: dict[Any, Any], function: Any, parameter: str) -> None:
    kinds = _annotated(function, parameter)
    if not kinds:
        raise IncompleteError(f"{function.__name__}: annotate `{parameter}` with the class that it is for")
    for kind in kinds:
        if kind in table:
            raise IncompleteError(f"{function.__name__}: {kind.__name__} already has {table[kind].__name__}")
        table[kind] = function


def _annotated(function: Callable[..., Any], parameter: str) -> tuple[type, ...]:
    hint = function.__annotations__.get(parameter)
    return get_args(hint) or ((hint,) if isinstance(hint, type) else ())


def _undecorated() -> Iterator[str]:
    known = {(kind.__module__, kind.__qualname__) for kind in (*RULES, *NAMES)}
    for base, decorator in ((Command, "@command(who may)"), (Event, '@event("stored.name", …)')):
        for kind in _below(base):
            if (kind.__module__, kind.__qualname__) not in known and not kind.__name__.startswith("_"):
                yield f"{kind.__name__} is not registered: write {decorator} above it"


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _unhandled() -> Iterator[str]:
    for asked in RULES.keys() - DECIDERS.keys():
        yield f"nothing decides {asked.__name__}: write @decides def …(state, act, command: {asked.__name__})"
    for happened in NAMES.keys() - EVOLVERS.keys():
        yield f"nothing evolves by {happened.__name__}: write @evolves def …(state, fact, event: {happened.__name__})"


def _not_undoable() -> Iterator[str]:
    compensating = {kind for function in INVERSES.values() for kind in _annotated(function, "return")}
    for kind in compensating - SUBJECTS.keys():
        yield f"{kind.__name__} undoes something: write @looks_at def …(state, event: {kind.__name__})"
    for kind in compensating - ALLOWED_BY.keys():
        yield f"{kind.__name__} undoes something: write @event(…, allowed_by=the command that does the same)"
