"""Drafts of the desk: durable, apart from the journal, gone with what they were typed for."""

from pathlib import Path

import pytest

from atelier.service.drafts import OF_OTHERS, Draft, Drafts

CODE = "KTZ4MP"
FIRST, SECOND = Draft("Mme Dupont", "desk-1", 1), Draft("Une usagère", "desk-2", 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the workshop's journal."""
    (tmp_path / f"{CODE}.db").touch()
    return tmp_path


def test_a_draft_is_found_again_and_the_words_before_it_are_overwritten(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(CODE, "note-1-launch/text", FIRST)
    with (folder / f"{CODE}.brouillons").open("rb") as before:
        drafts.keep(CODE, "note-1-launch/text", SECOND)
        assert set(before.read()) == {0}
    assert Drafts(folder).of(CODE) == {"note-1-launch/text": SECOND}
    assert [path.name for path in folder.iterdir() if b"Dupont" in path.read_bytes()] == []


def test_an_empty_draft_and_an_erased_workshop_leave_no_file(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(CODE, "announce/text", FIRST)
    drafts.keep(CODE, "announce/text", FIRST._replace(text=""))
    assert [path.name for path in folder.iterdir()] == [f"{CODE}.db"]
    (folder / f"{CODE}.db").unlink()
    drafts.keep(CODE, "announce/text", FIRST)
    assert list(folder.iterdir()) == []


def test_words_of_others_go_when_somebody_is_erased_and_the_desks_own_stay(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(CODE, "initiative-i1/text", FIRST)
    drafts.keep(CODE, "announce/text", SECOND)
    drafts.forget(CODE, OF_OTHERS)
    assert drafts.of(CODE) == {"announce/text": SECOND}


def test_a_file_that_is_none_holds_no_draft_and_is_replaced(folder: Path) -> None:
    (folder / f"{CODE}.brouillons").write_bytes(b"\xff{")
    drafts = Drafts(folder)
    assert drafts.of(CODE) == {}
    drafts.keep(CODE, "announce/text", FIRST)
    assert drafts.of(CODE) == {"announce/text": FIRST}
