"""Words that leave: somebody's, or everybody's after a rehearsal."""

from atelier.domain import commands as c
from atelier.domain import events as e
from atelier.domain.acts import Fact
from atelier.domain.erasure import redactions
from atelier.domain.evolve import fold
from atelier.domain.refusals import Code
from atelier.domain.text import BLANK
from atelier.domain.values import Phase, Side, Status, TextKind, Trade
from tests.support.histories import ALICE, BASILE, FACILITATOR, SETUP, T0, done, given, refused, workshop

ROOM = workshop(Phase.ARTICULATIONS)
POSTED = e.InitiativePosted(group=1, action="orienter", initiative="i1", text="De la main d’Alice")
CORRECTED = e.InitiativeEdited(
    group=1, action="orienter", initiative="i1", text="De la main d’Alice, sans faute"
)
HEART = e.InitiativeSupported(group=1, action="orienter", initiative="i2")
WRITTEN = (
    *ROOM,
    *done(ALICE, POSTED, e.MissionAdded(group=1, mission="m1", side=Side.BOTH, text="D’Alice aussi")),
    *done(ALICE, e.ActionPlaced(group=1, action="orienter", fs=75, cn=25)),
    *done(ALICE, e.ActionAdded(group=1, action="libre-1", label="Sa ligne", mission="m1")),
    *done(BASILE, e.InitiativePosted(group=1, action="orienter", initiative="i2", text="De Basile")),
    *done(ALICE, HEART),
    *done(FACILITATOR, CORRECTED),
)
ERASE = c.EraseParticipant(participant="alice")
ERASED = e.ParticipantErased(participant="alice")


def test_somebodys_words_leave_the_sheets_and_hearts_and_placements_stay() -> None:
    after = given(WRITTEN).when(ERASE, by=ALICE).then(ERASED)
    line = after.group(1).lines["orienter"]
    assert list(line.initiatives) == ["i2"]
    assert line.initiatives["i2"].supporters == {"alice"}
    assert line.placement is not None
    assert "m1" not in after.group(1).missions
    assert after.group(1).lines["libre-1"].action.label == BLANK
    assert "alice" not in after.people
    assert after.last_acts == {}


def test_only_oneself_or_a_facilitator_erases() -> None:
    given(WRITTEN).when(ERASE, by=BASILE).then(refused(Code.NOT_ALLOWED))
    given(WRITTEN).when(ERASE, by=FACILITATOR).then(ERASED)
    nobody = c.EraseParticipant(participant="nobody")
    given(WRITTEN).when(nobody, by=FACILITATOR).then(refused(Code.UNKNOWN_PARTICIPANT))


def test_after_a_rehearsal_everything_is_as_it_was_prepared() -> None:
    after = given(WRITTEN).when(c.ResetWorkshop(), by=FACILITATOR, at=T0 + 9).then(e.WorkshopCleared())
    assert after.people == {}
    assert after.setup == SETUP
    assert after.phase is Phase.WELCOME
    assert after.status is Status.OPEN
    assert after.keys
    assert all(not line.initiatives and not line.placement for line in after.group(1).lines.values())


def history(*more: e.Event) -> list[Fact]:
    """All that was written, and what erases it."""
    late = e.TextReceived(
        group=1, text_id="t1", kind=TextKind.LINE, action="", side=Side.BOTH, text="Trop tard, d’Alice"
    )
    named = e.ParticipantIntroduced(participant="alice", trade=Trade.OTHER, name="Alice")
    return [*WRITTEN, *done(ALICE, late), *done(ALICE, named), *done(FACILITATOR, *more)]


def test_history_keeps_the_facts_without_the_words() -> None:
    facts = history(ERASED)
    changed = dict(redactions(facts))
    told = repr([changed.get(n, fact) for n, fact in enumerate(facts)])
    assert "Alice" not in told
    assert "Sa ligne" not in told
    assert "De Basile" in told
    assert dict(redactions([changed.get(n, fact) for n, fact in enumerate(facts)])) == {}


def test_history_without_the_words_leads_to_the_same_state() -> None:
    for erasing in (ERASED, e.WorkshopCleared()):
        facts = history(erasing)
        changed = dict(redactions(facts))
        assert changed
        assert fold(changed.get(n, fact) for n, fact in enumerate(facts)) == fold(facts)


def test_a_reset_takes_everybodys_words_and_leaves_the_setup() -> None:
    facts = history(e.WorkshopCleared())
    told = repr([dict(redactions(facts)).get(n, fact) for n, fact in enumerate(facts)])
    assert "De Basile" not in told
    assert repr(SETUP.title) in told
