"""Whoever forgets a step of a new command or event reads which one, as soon as the domain is imported."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from atelier.domain import features, registry
from atelier.domain.acts import Act, Command, Event, Fact
from atelier.domain.regions import Kind
from atelier.domain.registry import IncompleteError, check, command, decides, event, evolves, inverts
from atelier.domain.rules import facilitators
from atelier.domain.state import Workshop

TABLES = [name for name, table in vars(registry).items() if name.isupper() and isinstance(table, dict)]


@pytest.fixture(scope="module", autouse=True)
def only_what_these_tests_make_is_collected() -> Iterator[None]:
    """Set aside what others left: it took a fifth of a second a test to look at."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def tables_of_our_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fill copies of the tables, and leave no class behind."""
    for name in TABLES:
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    yield
    monkeypatch.undo()
    gc.collect()  # a class is known to its base until it is collected
    check()


def told(forget: Callable[[], Any]) -> str:
    """What whoever forgets that reads."""

    def imported() -> None:
        forget()
        check()

    with pytest.raises(IncompleteError) as caught:
        imported()
    return str(caught.value)


def test_the_domain_is_complete() -> None:
    assert features.__name__ == "atelier.domain.features"  # it checked itself when it was imported
    check()


def test_a_command_without_a_right() -> None:
    def forget() -> None:
        class Sing(Command):
            """Sing."""

    assert told(forget) == "Sing is not registered: write @command(who may) above it"


def test_a_right_that_says_nobody() -> None:
    def forget() -> None:
        @command  # type: ignore[arg-type]
        class Sing(Command):
            """Sing."""

    assert told(forget) == "Sing: who may? write @command(facilitators())"


def test_a_command_without_a_sentence() -> None:
    def forget() -> None:
        @command(facilitators())
        class Sing(Command):
            song: str

    assert told(forget) == "Sing says nothing: write one sentence as its docstring"


def test_a_command_that_nothing_decides() -> None:
    def forget() -> None:
        @command(facilitators())
        class Sing(Command):
            """Sing."""

    assert told(forget) == "nothing decides Sing: write @decides def …(state, act, command: Sing)"


def test_an_event_that_nothing_evolves_by() -> None:
    def forget() -> None:
        @event("song.ended", stale=(Kind.WALL,), story="une chanson se termine")
        class SongEnded(Event):
            """A song ended."""

    assert told(forget) == "nothing evolves by SongEnded: write @evolves def …(state, fact, event: SongEnded)"


def test_an_event_without_a_stored_name() -> None:
    def forget() -> None:
        class SongEnded(Event):
            """A song ended."""

    assert told(forget) == 'SongEnded is not registered: write @event("stored.name", …) above it'


def test_a_stored_name_that_is_taken() -> None:
    def forget() -> None:
        @event("note.taken", stale=(), story="une chanson se termine")
        class SongEnded(Event):
            """A song ended."""

    assert told(forget) == "SongEnded: note.taken is already the name of NoteTaken"


@pytest.mark.parametrize(
    ("story", "wrong"), [("« {title} » se termine", "['title']"), ("", "nothing")], ids=["field", "empty"]
)
def test_a_story_that_cannot_be_told(story: str, wrong: str) -> None:
    def forget() -> None:
        @event("song.ended", stale=(), story=story)
        class SongEnded(Event):
            """A song ended."""

            song: str

    assert told(forget) == f"SongEnded: its story names {wrong}"


def test_a_function_that_does_not_say_what_it_is_for() -> None:
    def forget() -> None:
        @evolves
        def song_ended(state: Workshop, fact: Fact, event) -> Workshop:
            return state

    assert told(forget) == "song_ended: annotate `event` with the class that it is for"


def test_two_functions_for_one_command() -> None:
    def forget() -> None:
        @command(facilitators())
        class Sing(Command):
            """Sing."""

        @decides
        def sing(state: Workshop, act: Act, command: Sing) -> tuple[Event, ...]:
            return ()

        decides(sing)

    assert told(forget) == "sing: Sing already has sing"


def test_an_undo_of_which_nobody_knows_when_it_is_allowed_or_too_late() -> None:
    def forget() -> None:
        @event("song.ended", stale=(), story="une chanson se termine")
        class SongEnded(Event):
            """A song ended."""

        @evolves
        def song_ended(state: Workshop, fact: Fact, event: SongEnded) -> Workshop:
            return state

        @inverts
        def _again(before: Workshop, event: SongEnded) -> SongEnded:
            return event

    assert told(forget) == (
        "SongEnded undoes something: write @looks_at def …(state, event: SongEnded); "
        "SongEnded undoes something: write @event(…, allowed_by=the command that does the same)"
    )
