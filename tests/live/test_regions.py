"""Every event makes something stale, and says what."""

import dataclasses
import typing

import pytest

from atelier.domain import events as e
from atelier.domain.values import DecisionStatus, Holder, NoteKind, Phase, Scene, Side, TextKind, Trade
from atelier.live.regions import Kind, Region, in_order, stale, without_repeats
from tests.support.histories import ALICE, SETUP, done, state_of, workshop

VALUES: dict[typing.Any, object] = {
    int | None: 2,
    int: 2,
    str: "orienter",
    Phase: Phase.REMITS,
    Trade: Trade.OTHER,
    Side: Side.BOTH,
    Holder: Holder.WALL,
    Scene: Scene.BLANK,
    TextKind: TextKind.INITIATIVE,
    NoteKind: NoteKind.AGREEMENT,
    DecisionStatus: DecisionStatus.DONE,
    bool | None: False,
    bool: True,
    tuple[str, ...]: ("alice",),
    type(SETUP): SETUP,
}


def an(kind: type[e.Event]) -> e.Event:
    """An event of that kind."""
    hints = typing.get_type_hints(kind)
    values = {field.name: VALUES[hints[field.name]] for field in dataclasses.fields(kind)}
    return kind(**values)


@pytest.mark.parametrize("kind", e.TYPES.values())
def test_every_event_is_known_and_makes_something_stale(kind: type[e.Event]) -> None:
    regions = stale([an(kind)])
    # Photos are on no screen that lives: the page where they are kept shows them when it comes.
    assert regions or kind in (e.LastActUndone, e.PhotoAdded, e.PhotoRemoved)
    assert all(region.kind in Kind for region in regions)


@pytest.mark.parametrize(
    ("event", "regions"),
    [
        (an(e.ActionPlaced), {Region(Kind.LINE, 2, "orienter")}),
        (an(e.ActionSetAside), {Region(Kind.LINE, 2, "orienter")}),
        (an(e.InitiativePosted), {Region(Kind.INITIATIVES, 2, "orienter", "orienter")}),
        (an(e.InitiativeSupported), {Region(Kind.INITIATIVES, 2, "orienter", "orienter")}),
        (an(e.InitiativeShown), {Region(Kind.INITIATIVES, 2, "orienter")}),
        (an(e.ActionAdded), {Region(Kind.LINES, 2, "orienter")}),
        (an(e.ActionRestored), {Region(Kind.LINES, 2, "orienter"), Region(Kind.REMOVALS)}),
        (an(e.ActionRemoved), {Region(Kind.LINES, 2, "orienter"), Region(Kind.WALL), Region(Kind.REMOVALS)}),
        (an(e.MissionMoved), {Region(Kind.MISSIONS, 2)}),
        (an(e.TextReceived), {Region(Kind.INBOX)}),
        (an(e.TextAccepted), {Region(Kind.INBOX), Region(Kind.INITIATIVES, 2, "orienter")}),
        (an(e.NoteTaken), {Region(Kind.NOTES, 2)}),
        (an(e.GroupPresented), {Region(Kind.PHASE), Region(Kind.CLOCK), Region(Kind.WALL)}),
        (an(e.SetupRevised), {Region(Kind.EVERYTHING)}),
    ],
)
def test_an_event_makes_stale_what_shows_it(event: e.Event, regions: set[Region]) -> None:
    assert stale([event]) == regions


def test_many_events_make_each_region_stale_once() -> None:
    assert stale([an(e.ActionPlaced)] * 50) == {Region(Kind.LINE, 2, "orienter")}
    assert stale([]) == frozenset()


def test_the_items_of_a_list_that_is_drawn_as_a_whole_are_left_out() -> None:
    line, item = Region(Kind.LINE, 1, "orienter"), Region(Kind.INITIATIVES, 1, "orienter", "idee-1")
    elsewhere = Region(Kind.INITIATIVES, 2, "orienter", "idee-2")
    assert without_repeats(frozenset({line, item, elsewhere})) == {line, item, elsewhere}
    whole, renamed = Region(Kind.INITIATIVES, 1, "orienter"), Region(Kind.LINES, 1, "orienter")
    assert without_repeats(frozenset({line, item, elsewhere, whole})) == {line, elsewhere, whole}
    # What a list's change means for counts elsewhere does not go lost with its item.
    assert without_repeats(frozenset({line, item, elsewhere, renamed})) == {line, elsewhere, whole, renamed}
    everything = Region(Kind.EVERYTHING)
    assert without_repeats(frozenset({item, elsewhere, everything})) == {everything}


def test_items_are_told_as_they_stand_in_their_list() -> None:
    names = ("z", "a", "m")
    posted = [e.InitiativePosted(group=1, action="orienter", initiative=name, text=name) for name in names]
    regions = [Region(Kind.INITIATIVES, 1, "orienter", name) for name in sorted(names)]
    state = state_of(workshop(), done(ALICE, *posted))
    assert [region.item for region in in_order(state, regions)] == list(names)


def test_an_event_that_nobody_taught_is_an_error() -> None:
    with pytest.raises(KeyError):
        stale([object()])  # type: ignore[list-item]
