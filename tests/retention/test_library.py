"""The library is backed up, restored and ended as workshops are; what its owner ended never comes back."""

import datetime as dt
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner

from atelier.cli import main
from atelier.library.engines import NAME, FileEngine
from atelier.library.items import Blob, Kind, UnknownItem
from atelier.library.library import Library
from atelier.retention.library_backup import back_up_library, library_copies, restore_library
from atelier.retention.pruning import pruned
from tests.support.places import START, FakeClock, Place

LOGO = Blob(media_type="image/png", content=b"\x89PNG logo")


def library_in(folder: Path) -> Library:
    folder.mkdir(parents=True, exist_ok=True)
    return Library(FileEngine(folder / NAME))


def ran(sessions: Path, *arguments: str) -> str:
    told = CliRunner().invoke(main, arguments, env={"ATELIER_SESSIONS": str(sessions)})
    assert told.exit_code == 0, told.output
    return told.output


@pytest.mark.parametrize("encrypted", [False, True])
def test_the_command_line_takes_it_to_another_machine(tmp_path: Path, encrypted: bool) -> None:
    here = library_in(tmp_path / "here")
    item, key = here.create(Kind.PAGE, {"text": "Zinnwaldite"}, now=1)
    here.put_blob(Kind.PAGE, item.id, "logo", LOGO)
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(str(identity))
    to = ["--recipient", str(identity.to_public())] if encrypted else []
    told = ran(tmp_path / "here", "backup", "--to", str(tmp_path / "copies"), *to)
    assert "bibliothèque  1 élément\n" in told
    folder = told.split()[-1]
    (copy,) = library_copies(Path(folder))
    assert (b"Zinnwaldite" in copy.read_bytes()) is not encrypted
    assert "bibliothèque  1\u00a0page de territoire" in ran(tmp_path / "here", "list")
    there = library_in(tmp_path / "there")
    opened = ["--identity", str(tmp_path / "identity")] if encrypted else []
    assert "1 élément remis en place" in ran(tmp_path / "there", "restore", folder, *opened)
    assert there.get(Kind.PAGE, item.id) == item
    assert there.is_owner(Kind.PAGE, item.id, key)
    assert there.blob(Kind.PAGE, item.id, "logo") == LOGO


def test_a_copy_brings_back_neither_what_was_ended_nor_what_was_revised(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    ended, _ = library.create(Kind.PAGE, {"n": 1}, now=1)
    revised, _ = library.create(Kind.DAY, {"n": 1}, now=1)
    _, folder = back_up_library(library, tmp_path, START, (), None)
    assert folder is not None
    (copy,) = library_copies(folder)
    library.end(Kind.PAGE, ended.id)
    library.revise(Kind.DAY, revised.id, {"n": 2}, based_on=1, now=2)
    assert restore_library(copy, library, ()) == 0
    with pytest.raises(UnknownItem):
        library.get(Kind.PAGE, ended.id)
    assert library.get(Kind.DAY, revised.id).body == {"n": 2}


def test_an_item_ends_at_its_term_never_because_of_a_date_alone(tmp_path: Path) -> None:
    place = Place(tmp_path)
    library = place.purge.library = library_in(place.sessions)
    until = place.clock.today() + dt.timedelta(days=20)
    item, _ = library.create(Kind.RESULTS, {"n": 1}, now=1, keep_until=until)
    kept, _ = library.create(Kind.PAGE, {"n": 1}, now=1)

    def there() -> list[str]:
        place.purge.look()
        return [each.id for kind in Kind for each in library.items(kind)]

    place.clock.set_date(100)
    assert sorted(there()) == sorted([item.id, kept.id])  # a wrong date ends nothing
    place.clock.set_date(-100)
    there()
    for _ in range(21):
        place.clock.pass_by(days=1)  # at nine in the morning the day has not begun in Tahiti
        assert (item.id in there()) == (place.clock.today() <= until)
    assert there() == [kept.id]


def test_a_damaged_library_keeps_no_workshop_beyond_its_term(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.purge.library = library_in(place.sessions)
    place.workshop(kept_days=20)
    (place.sessions / NAME).write_bytes(b"no database" * 100)
    for _ in range(30):
        place.clock.pass_by(days=1)
        place.purge.look()
    assert (list(place.service.codes()), place.quarantine.codes()) == ([], [])


def test_copies_of_it_go_when_an_item_must_and_the_newest_stays_otherwise(tmp_path: Path) -> None:
    library, clock = library_in(tmp_path), FakeClock()
    library.create(Kind.PAGE, {"n": 1}, now=1)
    folders = [
        back_up_library(library, tmp_path / "copies", START + dt.timedelta(hours=n), (), None)[1]
        for n in (0, 1)
    ]
    until = clock.today() + dt.timedelta(days=30)
    library.create(Kind.RESULTS, {"n": 1}, now=1, keep_until=until)
    _, dated = back_up_library(library, tmp_path / "copies", START + dt.timedelta(hours=2), (), None)
    assert list(pruned(tmp_path / "copies", clock)) == []
    assert [each is not None and each.exists() for each in (*folders, dated)] == [False, False, True]
    for _ in range(20):
        clock.pass_by(days=2)
        list(pruned(tmp_path / "copies", clock))
    assert dated is not None
    assert not dated.exists()
