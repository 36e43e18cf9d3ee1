"""What a library promises, whatever keeps it: collected by the tests of each engine."""

import datetime as dt
from dataclasses import replace

import pytest

from atelier import limits
from atelier.library.items import Blob, Kind, Stale, TooLarge, UnknownItem
from atelier.library.library import Library

NOW = 1_790_000_000_000
BODY = {"version": 1, "titre": "Qui fait quoi ? — « l’été » 🧭"}


def test_an_item_comes_back_as_it_was_kept(library: Library) -> None:
    item, key = library.create(Kind.PAGE, BODY, now=NOW)
    assert library.get(Kind.PAGE, item.id) == item
    assert (item.body, item.revision, item.created, item.keep_until) == (BODY, 1, NOW, None)
    assert library.is_owner(Kind.PAGE, item.id, key)
    assert not library.is_owner(Kind.PAGE, item.id, key + "x")
    assert not library.is_owner(Kind.DAY, item.id, key)


def test_a_revision_is_refused_when_another_was_first(library: Library) -> None:
    item, _ = library.create(Kind.PAGE, BODY, now=NOW)
    second = library.revise(Kind.PAGE, item.id, {"n": 2}, based_on=1, now=NOW + 5)
    assert second == replace(item, revision=2, revised=NOW + 5, body={"n": 2})
    with pytest.raises(Stale):
        library.revise(Kind.PAGE, item.id, {"n": 3}, based_on=1, now=NOW + 6)
    assert [each.body for each in library.history(Kind.PAGE, item.id)] == [{"n": 2}, BODY]
    assert library.revision(Kind.PAGE, item.id) == 2


def test_old_revisions_go_and_all_of_them_when_asked(library: Library) -> None:
    item, _ = library.create(Kind.DAY, {"n": 1}, now=NOW)
    for n in range(1, limits.LIBRARY_REVISIONS + 3):
        library.revise(Kind.DAY, item.id, {"n": n + 1}, based_on=n, now=NOW)
    kept = library.history(Kind.DAY, item.id)
    assert len(kept) == limits.LIBRARY_REVISIONS
    assert kept[-1].body == {"n": 4}
    library.forget_history(Kind.DAY, item.id)
    assert [each.body for each in library.history(Kind.DAY, item.id)] == [{"n": limits.LIBRARY_REVISIONS + 3}]


def test_an_ended_item_is_gone_with_all_that_is_beside_it(library: Library) -> None:
    item, key = library.create(Kind.PAGE, BODY, now=NOW)
    other, _ = library.create(Kind.PAGE, BODY, now=NOW + 1)
    library.put_blob(Kind.PAGE, item.id, "logo", Blob(media_type="image/png", content=b"\0\1"))
    assert library.blob(Kind.PAGE, item.id, "logo") == Blob(media_type="image/png", content=b"\0\1")
    library.end(Kind.PAGE, item.id)
    for ask in (library.get, library.revision, library.history):
        with pytest.raises(UnknownItem):
            ask(Kind.PAGE, item.id)
    assert library.blob(Kind.PAGE, item.id, "logo") is None
    assert not library.is_owner(Kind.PAGE, item.id, key)
    assert library.items(Kind.PAGE) == [other]
    with pytest.raises(UnknownItem):
        library.revise(Kind.PAGE, item.id, {}, based_on=1, now=NOW)
    with pytest.raises(UnknownItem):
        library.put_blob(Kind.PAGE, item.id, "logo", Blob(media_type="image/png", content=b""))


def test_a_term_can_be_set_and_taken_away(library: Library) -> None:
    day = dt.date(2027, 1, 31)
    item, _ = library.create(Kind.RESULTS, BODY, now=NOW, keep_until=day)
    assert library.terms() == [(Kind.RESULTS, item.id, day)]
    assert library.keep(Kind.RESULTS, item.id, None).keep_until is None
    assert library.terms() == []


def test_a_new_link_ends_the_former(library: Library) -> None:
    item, key = library.create(Kind.PAGE, BODY, now=NOW)
    renewed = library.renew_key(Kind.PAGE, item.id)
    assert library.is_owner(Kind.PAGE, item.id, renewed)
    assert not library.is_owner(Kind.PAGE, item.id, key)


def test_what_is_too_large_is_refused_whole(library: Library) -> None:
    with pytest.raises(TooLarge):
        library.create(Kind.PAGE, {"long": "x" * limits.LIBRARY_BODY_BYTES}, now=NOW)
    assert library.items(Kind.PAGE) == []
    item, _ = library.create(Kind.PAGE, BODY, now=NOW)
    heavy = Blob(media_type="image/png", content=bytes(limits.LIBRARY_BLOB_BYTES + 1))
    with pytest.raises(TooLarge):
        library.put_blob(Kind.PAGE, item.id, "logo", heavy)
    for n in range(limits.LIBRARY_BLOBS):
        library.put_blob(Kind.PAGE, item.id, f"logo-{n}", replace(heavy, content=b"1"))
    with pytest.raises(TooLarge):
        library.put_blob(Kind.PAGE, item.id, "one more", replace(heavy, content=b"1"))
    library.drop_blob(Kind.PAGE, item.id, "logo-0")
    assert "logo-0" not in library.blobs(Kind.PAGE, item.id)
    assert len(library.blobs(Kind.PAGE, item.id)) == limits.LIBRARY_BLOBS - 1
