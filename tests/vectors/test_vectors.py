"""The cases that the Python phone shares with the scripts of the real one (tests/js/vectors.test.mjs)."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.support.simulation import outbox as box
from tests.support.simulation import reader as reading

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
OUTBOX = json.loads((VECTORS / "outbox.json").read_text(encoding="utf-8"))
READER = json.loads((VECTORS / "reader.json").read_text(encoding="utf-8"))


def _what(case):
    return case["what"]


@pytest.mark.parametrize("case", OUTBOX["meanings"])
def test_what_an_answer_means(case):
    meant = asdict(box.meaning_of(case["status"], case["body"]))
    assert {name: meant[name] for name in case["means"]} == case["means"]


def test_an_answer_without_words_of_ours_says_that_the_text_is_intact():
    assert "intact" in box.meaning_of(403, None).message


@pytest.mark.parametrize("case", OUTBOX["waits"])
def test_how_long_to_wait(case):
    assert box.back_off(case["tries"], case["chance"]) == case["ms"]


@pytest.mark.parametrize("case", OUTBOX["queues"], ids=_what)
def test_the_queue(case):
    turns: dict[str, Callable[..., box.Queue]] = {
        "added": lambda queue, op, command, fields: box.added(queue, box.Entry(op, command, fields)),
        "attempted": box.attempted,
        "refused": box.refused_as,
        "without": box.without,
    }
    queue: box.Queue = ()
    for name, *told in case["steps"]:
        queue = turns[name](queue, *told)
    assert [[each.op, each.state, each.tries, each.fields] for each in queue] == case["leaves"]


@pytest.mark.parametrize("case", OUTBOX["sendings"], ids=_what)
def test_sending(case):
    outbox, now, answers = box.Outbox(), 0.0, list(case["answers"])
    for op in case["acts"]:
        outbox.add(box.Entry(op, "say-ready", {"group": "1", "on": "1"}))
    sent, delays = [], []
    while True:
        entry, delay = outbox.due(now)
        if entry is not None:
            sent.append(entry.op)
            status, body = answers.pop(0) or (0, None)
            outbox.answered(entry, box.meaning_of(status, body), now, chance=1)
        elif delay:
            delays.append(delay)
            now += delay
        else:
            break
    assert (sent, delays) == (case["sent"], case["delays"])
    assert [entry.op for entry, _ in outbox.kept] == case["saved"]
    assert [entry.op for entry in outbox.queue] == case["refused"]


def test_what_was_acknowledged_goes_out_again_first_when_the_journal_lost_it():
    outbox = box.Outbox()
    for op in ("a", "b"):
        outbox.add(box.Entry(op, "say-ready", {"on": "1"}))
        entry, _ = outbox.due(0)
        assert entry is not None
        outbox.answered(entry, box.meaning_of(200, {"seq": 1, "head": "h"}), 0, chance=1)
    outbox.add(box.Entry("c", "say-ready", {"on": "0"}))
    outbox.resend_kept()
    outbox.resend_kept()
    assert [entry.op for entry in outbox.queue] == ["a", "b", "c"]


@pytest.mark.parametrize("case", READER, ids=_what)
def test_the_reader(case):
    turns: dict[str, Callable[..., reading.Next]] = {
        "heard": reading.heard,
        "connected": lambda reader: reading.Next(reading.connected(reader)),
        "told": reading.told,
        "asked": lambda reader: reading.Next(reading.asked(reader)),
        "unanswered": lambda reader: reading.Next(reading.unanswered(reader)),
        "answer": reading.caught_up,
    }
    reader, shown = reading.Reader(*case["start"]), []
    for name, *told in case["steps"]:
        following = turns[name](reader, *told)
        reader = following.reader
        shown.append([message["to"] for message in following.show])
    assert shown == case["shown"]
    ends = {name: getattr(reader, name) for name in case["ends"]}
    assert ends == case["ends"]
