"""Initiatives: posted, reworded, withdrawn by their authors; supported; moderated by facilitators."""

import pytest

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain import limits
from atelier.domain.refusals import Code
from atelier.domain.state import Initiative, Workshop
from atelier.domain.values import Phase
from tests.support.histories import (
    ALICE,
    BASILE,
    CLAIRE,
    FACILITATOR,
    MINUTE,
    T0,
    done,
    given,
    refused,
    workshop,
)

WRITING = workshop(Phase.ARTICULATIONS)
POSTED = e.InitiativePosted(group=1, action="orienter", initiative="i1", text="Une affiche")
POST = c.PostInitiative(group=1, action="orienter", text="Une affiche")
HIDDEN = e.InitiativeHidden(group=1, action="orienter", initiative="i1")
SHOWN = e.InitiativeShown(group=1, action="orienter", initiative="i1")
HIGHLIGHTED = e.InitiativeHighlighted(group=1, action="orienter", initiative="i1")
DIMMED = e.InitiativeDimmed(group=1, action="orienter", initiative="i1")
SUPPORTED = e.InitiativeSupported(group=1, action="orienter", initiative="i1")
UNSUPPORTED = e.InitiativeUnsupported(group=1, action="orienter", initiative="i1")
WITHDRAWN = e.InitiativeWithdrawn(group=1, action="orienter", initiative="i1")
BY_ALICE = (*WRITING, *done(ALICE, POSTED))


def first(state: Workshop) -> Initiative:
    """The initiative i1."""
    return state.group(1).lines["orienter"].initiatives["i1"]


def test_anybody_at_the_table_may_post() -> None:
    after = given(WRITING).when(POST, by=ALICE, at=T0 + 7, fresh_id="i1").then(POSTED)
    assert first(after) == Initiative(
        id="i1", action="orienter", text="Une affiche", author="alice", posted_at=T0 + 7, changed_by="alice"
    )


def test_a_facilitator_writes_for_a_group_without_phones() -> None:
    given(WRITING).when(POST, fresh_id="i1").then(POSTED)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.TEXT_EMPTY),
        ("\u200b", Code.TEXT_EMPTY),
        ("x" * 281, Code.TEXT_TOO_LONG),
        ("a\x00", Code.TEXT_UNREADABLE),
    ],
)
def test_an_initiative_needs_readable_words(text: str, code: Code) -> None:
    post = c.PostInitiative(group=1, action="orienter", text=text)
    given(WRITING).when(post, by=ALICE).then(refused(code))
    edit = c.EditInitiative(group=1, initiative="i1", text=text)
    given(BY_ALICE).when(edit, by=ALICE).then(refused(code))


def test_an_initiative_goes_under_a_line_of_ones_own_sheet() -> None:
    given(WRITING).when(POST, by=CLAIRE).then(refused(Code.OTHER_GROUP))
    elsewhere = c.PostInitiative(group=1, action="jardiner", text="x")
    given(WRITING).when(elsewhere, by=ALICE).then(refused(Code.UNKNOWN_ACTION))
    nowhere = c.PostInitiative(group=0, action="orienter", text="x")
    given(WRITING).when(nowhere).then(refused(Code.UNKNOWN_GROUP))


def test_an_identifier_serves_once_in_a_group_even_under_another_action() -> None:
    given(BY_ALICE).when(POST, by=BASILE, fresh_id="i1").then(refused(Code.ALREADY_USED))
    under = c.PostInitiative(group=1, action="relayer", text="x")
    given(BY_ALICE, done(ALICE, WITHDRAWN)).when(under, by=ALICE, fresh_id="i1").then(
        refused(Code.ALREADY_USED)
    )


def test_a_group_posts_at_most_four_thousand_initiatives() -> None:
    actions = ("aller-vers", "orienter", "relayer")
    many = tuple(
        e.InitiativePosted(group=1, action=actions[n % 3], initiative=f"n{n}", text="x")
        for n in range(limits.INITIATIVES_PER_GROUP)
    )
    given(WRITING, many).when(POST, by=ALICE).then(refused(Code.TOO_MANY, "4000"))


def test_the_author_may_reword_and_a_facilitator_may_correct() -> None:
    edit = c.EditInitiative(group=1, initiative="i1", text="Deux affiches")
    edited = e.InitiativeEdited(group=1, action="orienter", initiative="i1", text="Deux affiches")
    after = given(BY_ALICE, done(BASILE, SUPPORTED)).when(edit, by=ALICE, at=T0 + 3).then(edited)
    assert (first(after).text, first(after).edited_at) == ("Deux affiches", T0 + 3)
    assert first(after).supporters == {"basile"}
    corrected = given(BY_ALICE).when(edit, by=FACILITATOR).then(edited)
    assert first(corrected).author == "alice"


def test_rewording_to_the_same_words_changes_nothing() -> None:
    edit = c.EditInitiative(group=1, initiative="i1", text=" Une  affiche ")
    given(BY_ALICE).when(edit, by=ALICE).then()


def test_nobody_else_at_the_table_rewords_or_withdraws() -> None:
    edit = c.EditInitiative(group=1, initiative="i1", text="x")
    given(BY_ALICE).when(edit, by=BASILE).then(refused(Code.NOT_YOURS))
    withdraw = c.WithdrawInitiative(group=1, initiative="i1")
    given(BY_ALICE).when(withdraw, by=BASILE).then(refused(Code.NOT_YOURS))


def test_rewording_has_its_minute_of_grace_and_withdrawing_has_not() -> None:
    over = given(BY_ALICE, done(FACILITATOR, e.PhaseOpened(phase=Phase.REPORT_BACK)))
    edit = c.EditInitiative(group=1, initiative="i1", text="x")
    over.when(edit, by=ALICE, at=T0 + MINUTE).then(
        e.InitiativeEdited(group=1, action="orienter", initiative="i1", text="x")
    )
    withdraw = c.WithdrawInitiative(group=1, initiative="i1")
    over.when(withdraw, by=ALICE).then(refused(Code.PHASE_OVER))


def test_the_author_may_withdraw() -> None:
    withdraw = c.WithdrawInitiative(group=1, initiative="i1")
    after = given(BY_ALICE, HIGHLIGHTED).when(withdraw, by=ALICE).then(WITHDRAWN)
    assert not first(after).visible
    assert not first(after).highlighted


@pytest.mark.parametrize(
    "command",
    [
        c.EditInitiative(group=1, initiative="i1", text="x"),
        c.WithdrawInitiative(group=1, initiative="i1"),
        c.SupportInitiative(group=1, initiative="i1"),
        c.UnsupportInitiative(group=1, initiative="i1"),
        c.HideInitiative(group=1, initiative="i1"),
        c.ShowInitiative(group=1, initiative="i1"),
        c.HighlightInitiative(group=1, initiative="i1", on=True),
    ],
)
def test_what_was_withdrawn_or_never_posted_is_unknown(command: c.Command) -> None:
    given(WRITING).when(command).then(refused(Code.UNKNOWN_INITIATIVE))
    given(BY_ALICE, done(ALICE, WITHDRAWN)).when(command).then(refused(Code.UNKNOWN_INITIATIVE))


def test_one_supports_once_and_may_take_it_back() -> None:
    support = c.SupportInitiative(group=1, initiative="i1")
    unsupport = c.UnsupportInitiative(group=1, initiative="i1")
    assert first(given(BY_ALICE).when(support, by=BASILE).then(SUPPORTED)).supporters == {"basile"}
    supported = given(BY_ALICE, done(BASILE, SUPPORTED))
    supported.when(support, by=BASILE).then()
    assert not first(supported.when(unsupport, by=BASILE).then(UNSUPPORTED)).supporters
    supported.when(unsupport, by=ALICE).then()


@pytest.mark.parametrize("phase", [Phase.ARTICULATIONS, Phase.REPORT_BACK, Phase.SYNTHESIS])
def test_hearts_stay_open_to_the_end(phase: Phase) -> None:
    history = (*workshop(phase), *done(ALICE, POSTED))
    given(history).when(c.SupportInitiative(group=1, initiative="i1"), by=BASILE).then(SUPPORTED)


def test_hiding_takes_an_initiative_off_every_screen_and_its_text_stays_its_authors() -> None:
    hide = c.HideInitiative(group=1, initiative="i1")
    assert not first(given(BY_ALICE).when(hide).then(HIDDEN)).visible
    given(BY_ALICE, HIDDEN).when(hide).then()
    edit = c.EditInitiative(group=1, initiative="i1", text="Mieux dit")
    edited = e.InitiativeEdited(group=1, action="orienter", initiative="i1", text="Mieux dit")
    assert first(given(BY_ALICE, HIDDEN).when(edit, by=ALICE).then(edited)).hidden


def test_hiding_what_is_highlighted_dims_it_first() -> None:
    hide = c.HideInitiative(group=1, initiative="i1")
    after = given(BY_ALICE, HIGHLIGHTED).when(hide).then(DIMMED, HIDDEN)
    assert not first(after).highlighted


def test_a_hidden_initiative_may_be_shown_again() -> None:
    show = c.ShowInitiative(group=1, initiative="i1")
    assert first(given(BY_ALICE, HIDDEN).when(show).then(SHOWN)).visible
    given(BY_ALICE).when(show).then()


def test_highlighting_shows_what_was_hidden_and_may_be_taken_back() -> None:
    on = c.HighlightInitiative(group=1, initiative="i1", on=True)
    off = c.HighlightInitiative(group=1, initiative="i1", on=False)
    assert first(given(BY_ALICE).when(on).then(HIGHLIGHTED)).highlighted
    given(BY_ALICE, HIDDEN).when(on).then(SHOWN, HIGHLIGHTED)
    given(BY_ALICE, HIGHLIGHTED).when(on).then()
    given(BY_ALICE, HIGHLIGHTED).when(off).then(DIMMED)
    given(BY_ALICE).when(off).then()


def test_participants_do_not_moderate() -> None:
    given(BY_ALICE).when(c.HideInitiative(group=1, initiative="i1"), by=ALICE).then(refused(Code.NOT_ALLOWED))


def test_an_initiative_sent_to_the_wrong_card_is_moved_with_its_hearts() -> None:
    move = c.MoveInitiative(group=1, initiative="i1", action="aller-vers")
    moved = e.InitiativeMoved(group=1, action="orienter", initiative="i1", to="aller-vers")
    lines = given(BY_ALICE, SUPPORTED).when(move, by=ALICE).then(moved).group(1).lines
    assert not lines["orienter"].initiatives
    there = lines["aller-vers"].initiatives["i1"]
    assert (there.action, len(there.supporters)) == ("aller-vers", 1)
    given(BY_ALICE, moved).when(move, by=ALICE).then()
    given(BY_ALICE).when(move, by=BASILE).then(refused(Code.NOT_YOURS))
    nowhere = c.MoveInitiative(group=1, initiative="i1", action="rien")
    given(BY_ALICE).when(nowhere, by=ALICE).then(refused(Code.UNKNOWN_ACTION))
