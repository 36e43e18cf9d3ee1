"""What every engine of journals promises, as tests: who imports them gives them a `store` that is empty."""

import sqlite3
from contextlib import closing

import pytest

from atelier.journal.protocol import START, Attachments, Conflict, Damaged, Operation, Position, Repeated
from atelier.journal.sqlite import SqliteJournal, packed
from tests.support.journals import CODE, operation, recorded

__all__ = [
    "test_a_journal_that_is_not_there_is_not_found",
    "test_a_kept_state_is_dropped_with_its_journal",
    "test_a_repeated_operation_is_refused_and_takes_its_facts_along",
    "test_a_row_that_is_missing_or_changed_is_noticed",
    "test_an_append_decided_elsewhere_is_a_conflict_and_writes_nothing",
    "test_attachments_come_and_go_with_their_facts_only",
    "test_facts_are_overwritten_in_place",
    "test_it_is_read_and_copied_whole_while_somebody_writes",
    "test_old_operations_and_heads_are_looked_up",
    "test_what_is_kept_beside_the_facts",
    "test_what_was_appended_is_read_back_by_another_opening",
    "test_workshops_are_listed_held_and_discarded",
]


def test_what_was_appended_is_read_back_by_another_opening(store):
    journal = store.create(CODE)
    assert (journal.position(), list(journal.read())) == (START, [])
    journal.append([recorded(1, "É « 👩‍💻 »"), recorded(2)], [operation(2)], after=0)
    journal.append([], [operation(2, "nothing")], after=2)
    journal.close()
    again = store.open(CODE)
    assert list(again.read()) == [recorded(1, "É « 👩‍💻 »"), recorded(2)]
    assert list(again.read(after=1)) == [recorded(2)]
    assert again.position() == Position(2, "head2")
    assert sorted(again.operations()) == [operation(2, "nothing"), operation(2)]
    assert list(again.operations(after=3)) == []
    again.close()
    with pytest.raises(FileExistsError):
        store.create(CODE)


def test_it_is_read_and_copied_whole_while_somebody_writes(store, monkeypatch):
    writer = store.create(CODE)
    writer.append([recorded(1)], [operation(1)], after=0)
    reader = store.to_read().open(CODE)
    kind = type(reader)

    def overtaken(method, seq):
        """Somebody writes just after `method` of the reader."""
        original = getattr(kind, method)

        def after(self, *given):
            found = original(self, *given)
            found = found if isinstance(found, Position) else iter(list(found))
            if self is reader and next(written, None):
                writer.append([recorded(seq)], [operation(seq)], after=seq - 1)
            return found

        written = iter([True])
        monkeypatch.setattr(kind, method, after)

    overtaken("position", 2)
    assert operation(1) in list(reader.operations())
    overtaken("read", 3)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(packed(reader))
        copy = SqliteJournal.of(connection, "copy")
        assert sorted(copy.operations()) == [operation(1), operation(2)]
    reader.close()


def test_an_append_decided_elsewhere_is_a_conflict_and_writes_nothing(store):
    journal = store.create(CODE)
    journal.append([recorded(1)], [operation(1)], after=0)
    for after, head in ((0, None), (2, None), (1, "another")):
        with pytest.raises(Conflict):
            journal.append([recorded(after + 1)], [operation(after + 1, "other")], after=after, head=head)
        with pytest.raises(Conflict):
            journal.append([], [operation(after, "other")], after=after, head=head)
    assert (journal.position().seq, list(journal.operations())) == (1, [operation(1)])
    journal.append([recorded(2)], [operation(2)], after=1, head="head1")


def test_a_repeated_operation_is_refused_and_takes_its_facts_along(store):
    journal = store.create(CODE)
    journal.append([recorded(1)], [operation(1)], after=0)
    with pytest.raises(Repeated):
        journal.append([recorded(2)], [Operation(actor="f", op="op1", seq=2)], after=1)
    assert ([each.seq for each in journal.read()], journal.position().seq) == ([1], 1)
    journal.append([recorded(2)], [Operation(actor="another", op="op1", seq=2)], after=1)


def test_attachments_come_and_go_with_their_facts_only(store):
    journal, photo = store.create(CODE), bytes(range(256)) * 1500
    with pytest.raises(Conflict):
        journal.append([recorded(1)], [operation(1)], 9, Attachments({"p1": photo}, ()))
    assert journal.attachment("p1") is None
    journal.append([recorded(1)], [operation(1)], 0, Attachments({"p1": photo, "p2": b"other"}, ()))
    assert (journal.attachment("p1"), journal.attachment("p3")) == (photo, None)
    assert dict(journal.attachments()) == {"p1": photo, "p2": b"other"}
    journal.append([recorded(2)], [operation(2)], 1, Attachments({}, {"p1"}))
    assert (journal.attachment("p1"), journal.attachment("p2")) == (None, b"other")


def test_old_operations_and_heads_are_looked_up(store):
    journal = store.create(CODE)
    journal.append([recorded(n) for n in (1, 2, 3)], [operation(n) for n in (1, 2, 3)], after=0)
    assert (journal.head_at(2), journal.head_at(4)) == ("head2", None)
    assert (journal.accepted("f", "op2"), journal.accepted("g", "op2")) == (2, None)
    assert sorted(journal.operation_keys(2)) == [("f", "op1"), ("f", "op2")]


def test_facts_are_overwritten_in_place(store):
    journal = store.create(CODE)
    journal.append([recorded(n) for n in (1, 2, 3)], [operation(3)], after=0)
    journal.rewrite([recorded(2, "")])
    assert list(journal.read()) == [recorded(1), recorded(2, ""), recorded(3)]


def test_what_is_kept_beside_the_facts(store):
    journal = store.create(CODE)
    assert journal.setting("codes") is None
    assert journal.keep_setting("codes", "clé") == "clé"
    journal.close()
    again = store.open(CODE)
    assert (again.setting("codes"), dict(again.settings())) == ("clé", {"codes": "clé"})


def test_a_kept_state_is_dropped_with_its_journal(store):
    journal = store.create(CODE)
    journal.append([recorded(1)], [operation(1)], after=0)
    assert store.cached_state(CODE) is None
    store.cache_state(CODE, 1, b"state")
    assert store.cached_state(CODE) == b"state"
    store.drop_snapshot(CODE)
    assert store.cached_state(CODE) is None
    store.cache_state(CODE, 1, b"state")
    journal.close()
    store.discard(CODE)
    assert store.cached_state(CODE) is None


def test_workshops_are_listed_held_and_discarded(store):
    for code in (CODE, "ABC234"):
        journal = store.create(code)
        journal.append([recorded(1)], [operation(1)], after=0)
        journal.close()
    assert list(store.codes()) == ["ABC234", CODE]
    store.discard("ABC234")
    assert (list(store.codes()), store.holds("ABC234"), store.holds(CODE)) == ([CODE], False, True)
    beside = store.to_read().open(CODE)
    assert [each.seq for each in beside.read()] == [1]
    with pytest.raises(OSError, match="opened for reading"):
        beside.append([recorded(2)], [], after=1)


@pytest.mark.parametrize("code", ["ABC234", "../../x", "ktz4mp", ""])
def test_a_journal_that_is_not_there_is_not_found(store, code):
    assert not store.holds(code)
    with pytest.raises(FileNotFoundError):
        store.open(code)


def test_a_row_that_is_missing_or_changed_is_noticed(store, spoil):
    journal = store.create(CODE)
    journal.append([recorded(n) for n in (1, 2, 3)], [], after=0)
    for damage in ("update events set at = at + 1 where seq = 2", "delete from events where seq = 2"):
        spoil(damage)
        with pytest.raises(Damaged):
            list(journal.read())
