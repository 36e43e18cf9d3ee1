"""Compiled templates outlive a start, and are never what a changed template was."""

import sys

import pytest
from jinja2 import Environment, FileSystemLoader

from atelier.web.render.bytecode import TemplateBytecode


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """What a start of the program draws of a template, and whether it had to compile it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def start():
        env = Environment(
            loader=FileSystemLoader(tmp_path), bytecode_cache=TemplateBytecode(tmp_path), autoescape=True
        )
        compiled = []
        really = env.compile

        def compile_it(*given, **more):
            compiled.append(given)
            return really(*given, **more)

        monkeypatch.setattr(env, "compile", compile_it)
        return env.get_template("page.html").render(), bool(compiled)

    return start


def test_a_template_is_compiled_once_until_it_changes(drawn, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("Bonjour {{ 1 + 1 }}")
    assert [drawn(), drawn()] == [("Bonjour 2", True), ("Bonjour 2", False)]
    page.write_text("Bonsoir")
    assert [drawn(), drawn()] == [("Bonsoir", True), ("Bonsoir", False)]


@pytest.mark.parametrize(
    "spoil", [lambda kept: kept[: len(kept) // 2], lambda kept: b"", lambda kept: b"x" * 99]
)
def test_what_is_kept_and_spoilt_is_compiled_anew(drawn, tmp_path, spoil):
    (tmp_path / "page.html").write_text("Bonjour {{ 1 + 1 }}")
    drawn()
    (kept,) = (tmp_path / "__pycache__").iterdir()
    kept.write_bytes(spoil(kept.read_bytes()))
    assert drawn() == ("Bonjour 2", True)


def test_where_nothing_may_be_kept_pages_are_drawn(drawn, tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("Bonjour")
    (tmp_path / "__pycache__").write_text("a file, not a folder")
    assert [drawn(), drawn()] == [("Bonjour", True), ("Bonjour", True)]
    (tmp_path / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    drawn()
    assert not (tmp_path / "__pycache__").exists()
