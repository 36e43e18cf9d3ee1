"""A whole rehearsal on a real server: everything arrives, every screen ends up like the journal."""

import pytest

from atelier.demo.cast import WALL
from atelier.domain import events as e
from atelier.domain.answers import spreads
from atelier.domain.evolve import fold
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from tests.support.running import RunningServer
from tests.support.simulation.company import OFFLINE, Company


@pytest.fixture
def server(tmp_path):
    server = RunningServer(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture
def company(server):
    company = Company(server.base)
    yield company
    company.close()


def events(server, code):
    service = Service(JournalFolder(server.folder / "sessions", read_only=True))
    found = [each.fact for each in service.history(code)]
    service.close()
    return found


def accepted(phone, facts):
    """The texts of a phone that the journal holds, in its order, by the operations that created them."""
    made = [entry.op for entry, _ in phone.core.outbox.kept]
    created = [fact.event.initiative for fact in facts if isinstance(fact.event, e.InitiativePosted)]
    created += [fact.event.mission for fact in facts if isinstance(fact.event, e.MissionAdded)]
    return [op for op in created if op in made]


def each_once(company, facts):
    for phone in company.phones.values():
        ops = accepted(phone, facts)
        assert len(ops) == len(set(ops))


@pytest.mark.slow
def test_a_whole_workshop_as_fast_as_it_goes(server, company):
    company.run(0)
    assert company.differences() == {}
    assert company.refused == []
    facts = events(server, company.code)
    kinds = {type(fact.event).__name__ for fact in facts}
    assert {
        "ActionPlaced", "ActionAdded", "InitiativePosted", "InitiativeSupported", "MissionAdded", "GroupSaidReady",
        "ClockPaused", "ClockResumed", "NoteTaken", "DecisionRecorded", "WorkshopClosed",
        "InitiativesGathered", "VoteOpened", "DotsPlaced", "VoteRevealed", "InitiativeEdited", "InitiativeMoved",
        "InitiativeHidden", "InitiativeShown", "WallCovered", "WallUncovered", "JoinCodeShown", "SynthesisSorted",
        "DecisionMoved", "NextMeetingPlanned",
    } <= kinds  # fmt: skip
    assert sum(type(fact.event).__name__ == "ParticipantJoined" for fact in facts) == 29
    named = [fact.event.participant for fact in facts if isinstance(fact.event, e.RapporteurNamed)]
    by = [fact.by for fact in facts if isinstance(fact.event, e.NoteTaken)]
    assert len(named) == 1
    assert [writer.id for writer in by[:3]] == named * 3
    assert all(writer.facilitates for writer in by[3:])
    away = company.phones[OFFLINE[0]]
    assert accepted(away, facts)
    assert all(entry.state != "refused" for entry in away.core.outbox.queue)


@pytest.mark.slow
def test_a_server_killed_in_the_middle_is_found_again_by_everybody(server, company):
    company.run(0, lambda cue: cue.at >= 600)
    server.kill()
    server.start()
    company.run(0)
    assert company.differences() == {}
    assert company.refused == []
    each_once(company, events(server, company.code))


@pytest.mark.slow
def test_a_rehearsal_where_each_answers_first_survives_a_kill_too(server):
    company = Company(server.base, answers_first=True)
    company.run(0, lambda cue: cue.at >= 1_100)
    server.kill()
    server.start()
    company.run(0, lambda cue: cue.command == "open-phase" and cue.fields["phase"] == "report-back")
    assert company.differences() == {}
    assert company.refused == []
    facts = events(server, company.code)
    each_once(company, facts)
    company.close()
    lines = [line for group in fold(facts).groups for line in group.lines.values() if line.answers]
    assert all(line.revealed for line in lines)
    assert any(answer.late for line in lines for answer in line.answers.values())
    assert sum(spread.shown for line in lines for spread in spreads(line)) > 100
    placed = [line.placement for line in lines if line.placement]
    assert any(not each.complete for each in placed)


@pytest.mark.slow
def test_a_screen_that_missed_something_would_be_told(company):
    company.run(0, lambda cue: cue.at >= 1_000)
    wall = company.phones[WALL]
    wall._replica.html = wall._replica.html.replace("Saint-Dié", "Ailleurs")
    wall._replica.flags["phase"] = "welcome"
    assert "data-phase" in company.differences()[WALL]


@pytest.mark.slow
def test_people_follow_whoever_facilitates(server, company):
    company.run(0, lambda cue: cue.command == "open-phase" and cue.fields["phase"] == "remits")
    later = [cue for cue in company.cues if cue.command == "open-phase" and cue.fields["phase"] != "remits"]
    company.cues = [cue for cue in company.cues if cue < later[0]]
    company.desk.act(company.code, "open-phase", phase="remits")
    company.follow(0)
    facts = events(server, company.code)
    assert sum(isinstance(fact.event, e.MissionAdded) for fact in facts) > 10
    assert not any(isinstance(fact.event, e.ClockStarted) for fact in facts)
