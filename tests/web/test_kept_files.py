"""What was made of the program's files outlives a start, and is never what changed files would be made into."""

import sys

import pytest

from atelier.web.render import assets, bundles
from atelier.web.render.assets import Assets
from atelier.web.render.kept_files import KeptFiles, mark_of


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return KeptFiles(tmp_path)


@pytest.mark.parametrize("spoil", [lambda body: body[:-1], lambda body: b"", lambda body: b"x" * len(body)])
def test_what_is_kept_is_given_back_for_its_mark_only_and_unspoilt(kept, tmp_path, spoil):
    kept.save("page", b"one", b"what was made")
    assert kept.load("page", b"one") == b"what was made"
    assert kept.load("page", b"two") is None
    assert kept.load("other", b"one") is None
    (file,) = (tmp_path / "__pycache__").iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    assert kept.load("page", b"one") is None


def test_where_nothing_may_be_kept_nothing_is(kept, tmp_path, monkeypatch):
    (tmp_path / "__pycache__").write_text("a file, not a folder")
    kept.save("page", b"one", b"what was made")
    (tmp_path / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.save("page", b"one", b"what was made")
    assert not (tmp_path / "__pycache__").exists()


def test_a_mark_is_of_contents(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    before = mark_of([one, two])
    assert mark_of([two, one]) == before
    one.write_text("a")
    two.write_text("bc")
    assert mark_of([one, two]) != before


@pytest.mark.slow
def test_a_later_start_makes_no_bundle_and_compresses_nothing(kept, monkeypatch):
    monkeypatch.setattr(assets, "_KEPT", kept)
    first = {name: Assets()._by_name[name].gzipped for name in ("phone.js", "phone.css")}
    for module, name in ((assets, "script"), (assets, "css_of"), (assets.zopfli, "compress")):
        monkeypatch.setattr(module, name, None)
    assert {name: Assets()._by_name[name].gzipped for name in first} == first
    changed = [each for each in assets._sources() if each.name == "phone.js"]
    monkeypatch.setattr(assets, "_sources", lambda: [*changed, bundles.STATIC / "js" / "desk.js"])
    with pytest.raises(TypeError):
        Assets()
