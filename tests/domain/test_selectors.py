"""Questions that several surfaces put to the state."""

from dataclasses import replace

import pytest

from atelier.domain import events as e
from atelier.domain import limits, selectors
from atelier.domain.doctrine import SheetAction
from atelier.domain.state import Clock, Mission, Workshop, blank_group, initial_state
from atelier.domain.values import Actor, ClockStatus, Holder, Phase, Role, Side, Trade
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    HOST,
    PREPARED,
    SETUP,
    T0,
    done,
    joined,
    state_of,
    workshop,
)

WRITING = workshop(Phase.ARTICULATIONS)


def posted(initiative: str, action: str = "orienter", group: int = 1) -> e.InitiativePosted:
    """An initiative."""
    return e.InitiativePosted(group=group, action=action, initiative=initiative, text=initiative)


def supported(initiative: str) -> e.InitiativeSupported:
    """A heart under « J’oriente » in group 1."""
    return e.InitiativeSupported(group=1, action="orienter", initiative=initiative)


def room(*people: tuple[int, Trade]) -> Workshop:
    """A workshop of three groups with these people."""
    arrivals = (joined(Actor(Role.PARTICIPANT, f"p{n}"), *who) for n, who in enumerate(people))
    return state_of(done(HOST, *PREPARED), *arrivals)


def test_a_revoked_link_leaves_its_place_to_another() -> None:
    assert selectors.links_left(state_of(workshop())) == limits.KEYS - 1
    more = [e.KeyIssued(key=f"k{n}", holder=Holder.WALL, key_hash="h") for n in range(limits.KEYS - 1)]
    assert selectors.links_left(state_of(workshop(), *more)) == 0
    assert selectors.links_left(state_of(workshop(), *more, e.KeyRevoked(key="k0"))) == 1


def test_progress_counts_common_actions_and_every_visible_initiative() -> None:
    state = state_of(
        WRITING,
        e.ActionPlaced(group=1, action="orienter", fs=0, cn=0),
        e.ActionPlaced(group=1, action="aller-vers", fs=None, cn=5),
        e.ActionSetAside(group=1, action="relayer"),
        e.ActionAdded(group=1, action="libre-1", label="x", mission=""),
        e.ActionPlaced(group=1, action="libre-1", fs=5, cn=5),
        posted("i1"),
        posted("i2", "libre-1"),
        posted("i3"),
        e.InitiativeHidden(group=1, action="orienter", initiative="i3"),
        posted("i4"),
        e.InitiativeWithdrawn(group=1, action="orienter", initiative="i4"),
    )
    assert selectors.progress(state.group(1)) == selectors.Progress(
        complete=1, half=1, aside=1, of=3, initiatives=2, free_lines=1
    )
    assert selectors.progress(state.group(2)) == selectors.Progress(
        complete=0, half=0, aside=0, of=3, initiatives=0, free_lines=0
    )


def test_free_lines_come_last_and_emptied_ones_not_at_all() -> None:
    state = state_of(
        WRITING,
        e.ActionAdded(group=1, action="libre-1", label="Un", mission=""),
        e.ActionAdded(group=1, action="libre-2", label="Deux", mission=""),
        e.ActionRemoved(group=1, action="libre-1"),
    )
    group = state.group(1)
    assert [line.action.id for line in selectors.free_lines(group)] == ["libre-2"]
    assert [line.action.id for line in selectors.common_lines(group)] == ["aller-vers", "orienter", "relayer"]
    assert [line.action.id for line in selectors.lines(group)][-1] == "libre-2"
    again = state_of(
        WRITING,
        e.ActionAdded(group=1, action="libre-1", label="Un", mission=""),
        e.ActionAdded(group=1, action="libre-2", label="Deux", mission=""),
        e.ActionRemoved(group=1, action="libre-1"),
        e.ActionAdded(group=1, action="libre-1", label="Trois", mission=""),
    )
    assert [line.action.label for line in selectors.free_lines(again.group(1))] == ["Trois", "Deux"]


def test_the_most_supported_come_first_then_the_oldest() -> None:
    hearts = (*done(ALICE, supported("i2")), *done(BASILE, supported("i2"), supported("i3")))
    state = state_of(WRITING, posted("i1"), posted("i2"), posted("i3"), posted("i4"), hearts)
    line = state.group(1).lines["orienter"]
    assert [each.id for each in selectors.by_support(line)] == ["i2", "i3", "i1", "i4"]
    assert [each.id for each in selectors.visible_initiatives(line)] == ["i1", "i2", "i3", "i4"]


def test_people_are_counted_by_table_and_by_trade() -> None:
    state = state_of(workshop(), done(CLAIRE, e.ParticipantLeft(participant="claire", group=2)))
    assert [person.id for person in selectors.members(state, 1)] == ["alice", "basile"]
    assert selectors.members(state, 2) == []
    assert selectors.trades(state, 1) == {Trade.FRANCE_SERVICES: 1, Trade.CONSEILLER_NUMERIQUE: 1}
    assert selectors.trades(state).total() == 2


@pytest.mark.parametrize(
    ("people", "trade", "table"),
    [
        ((), Trade.FRANCE_SERVICES, 1),
        (((1, Trade.OTHER),), Trade.FRANCE_SERVICES, 2),
        (((1, Trade.FRANCE_SERVICES), (2, Trade.OTHER), (3, Trade.OTHER)), Trade.FRANCE_SERVICES, 2),
        (
            (
                (1, Trade.CONSEILLER_NUMERIQUE),
                (2, Trade.OTHER),
                (2, Trade.OTHER),
                (3, Trade.CONSEILLER_NUMERIQUE),
            ),
            Trade.CONSEILLER_NUMERIQUE,
            2,
        ),
    ],
)
def test_the_table_that_lacks_the_trade_is_suggested_then_the_smallest_then_the_first(
    people: tuple[tuple[int, Trade], ...], trade: Trade, table: int
) -> None:
    assert selectors.suggested_group(selectors.trades_by_group(room(*people)), trade) == table


@pytest.mark.parametrize(
    ("groups", "actions", "starts"),
    [
        (1, 10, [0]),
        (3, 10, [0, 3, 6]),
        (12, 10, [0, 0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9]),
        (3, 1, [0, 0, 0]),
    ],
)
def test_groups_begin_at_lines_spread_over_the_sheet(groups: int, actions: int, starts: list[int]) -> None:
    setup = replace(
        SETUP,
        groups=tuple(f"G{n}" for n in range(groups)),
        actions=tuple(SheetAction(id=f"a{n}", short="A", label="A") for n in range(actions)),
    )
    state = state_of(e.WorkshopPrepared(setup=setup))
    assert [selectors.starting_line(state, n) for n in range(1, groups + 1)] == starts


def test_the_footer_shows_what_is_highlighted_or_everything_newest_first() -> None:
    highlighted = e.InitiativeHighlighted(group=1, action="orienter", initiative="i1")
    hidden = e.InitiativeHidden(group=1, action="orienter", initiative="i3")
    history = (
        *WRITING,
        *done(ALICE, posted("i1"), at=T0 + 1),
        *done(CLAIRE, posted("i2", group=2), at=T0 + 2),
        *done(ALICE, posted("i3"), at=T0 + 3),
        *done(HOST, highlighted, hidden),
    )
    assert [each.id for _, _, each in selectors.highlighted(state_of(history))] == ["i1"]
    opened = state_of(history, e.FooterOpened())
    assert [(group.number, each.id) for group, _, each in selectors.highlighted(opened)] == [
        (2, "i2"),
        (1, "i1"),
    ]


def test_missions_are_told_by_side() -> None:
    group = state_of(workshop()).group(1)
    assert [mission.text for mission in selectors.missions(group, Side.FRANCE_SERVICES)] == [
        "Favoriser l’accès aux droits"
    ]
    assert selectors.missions(group, Side.BOTH) == []


def test_missions_that_groups_share_are_told_once_with_who_has_them() -> None:
    setup = replace(SETUP, groups=("Un", "Deux", "Trois"))
    groups = [blank_group(setup, n) for n in (1, 2, 3)]
    for n, text in ((0, "Aider ensemble"), (2, "aider  ensemble."), (2, "Prêter du matériel")):
        each = Mission(id=f"m{len(text)}", side=Side.BOTH, text=text, author="p")
        groups[n] = replace(groups[n], missions={**groups[n].missions, each.id: each})
    state = Workshop(setup=setup, groups=tuple(groups))
    told = {side: selectors.shared_missions(state, side) for side in Side}
    assert [(text, [each.number for each in who]) for text, who in told[Side.BOTH]] == [
        ("Aider ensemble", [1, 3]), ("Prêter du matériel", [3]),
    ]  # fmt: skip
    assert {len(who) for _, who in told[Side.FRANCE_SERVICES]} == {3}


def test_a_clock_tells_what_remains() -> None:
    assert Clock(total_ms=5).remaining(T0) == 5
    assert Clock(status=ClockStatus.RUNNING, total_ms=9, deadline=T0 + 4).remaining(T0 + 6) == -2
    assert Clock(status=ClockStatus.PAUSED, total_ms=9, remaining_ms=4).remaining(T0 + 6) == 4


def test_a_workshop_that_was_never_prepared_has_neither_setup_nor_groups() -> None:
    with pytest.raises(LookupError):
        _ = initial_state().prepared
    for number in (0, 1):
        with pytest.raises(LookupError):
            initial_state().group(number)
