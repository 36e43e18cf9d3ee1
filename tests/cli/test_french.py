"""The command line speaks French, click's own messages included, and never shows a traceback."""

import ast
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from atelier.cli import french, main

ENGLISH = (
    "Usage", "Error", "Options:", "Commands", "Try '", "No such", "Missing", "Invalid", "does not exist", "Show this",
)  # fmt: skip
CLICK = sorted(Path(click.__file__).parent.glob("*.py"))


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    (tmp_path / "sessions").mkdir()
    return lambda *words, **options: CliRunner().invoke(main, words, **options)


def messages():
    """Every message that click can say, as its sources have them."""
    for path in CLICK:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "ngettext")
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield node.func.id, str(first.value)


def test_click_says_nothing_that_has_no_french():
    known = {"_": set(french.MESSAGES), "ngettext": set(french.PLURALS)}
    lacking = [
        message
        for kind, message in messages()
        if message not in known[kind] and not message.startswith(french.NEVER_SAID_HERE)
    ]
    assert lacking == []


def test_translations_fill_in_what_click_gives_them():
    import string

    def fields(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [said for said, translated in french.MESSAGES.items() if fields(translated) - fields(said)] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Commandes"),
        (("-h",), "Utilisation :"),
        (("serve", "--help"), "Dire ceci"),
        (("nope",), "La commande « nope » n’existe pas."),
        (("serve", "--nope"), "L’option « --nope » n’existe pas."),
        (("journal",), "Il manque l’argument"),
        (("list", "de", "trop"), "Arguments en trop : de trop"),
        (("check", "--wait", "dix"), "« dix » n’est pas un nombre entier."),
        (("export", "ABC234", "--paper", "a5"), "« a5 » n’est pas l’un de ceux-ci"),
        (("serve", "--port"), "L’option « --port » demande une valeur."),
        (("demo", "--until", "jamais"), "« jamais » n’est pas l’un de ceux-ci"),
    ],
)
def test_what_is_mistyped_is_said_in_french(told, words, sentence):
    said = told(*words).output
    assert sentence in said
    assert [word for word in ENGLISH if word in said] == []


def test_every_help_is_french(told):
    for name in main.commands:
        said = told(name, "--help").output
        assert "Utilisation :" in said
        assert [word for word in (*ENGLISH, "TEXT\n", "INTEGER", "[default") if word in said] == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied", "/x"), "Le disque refuse « /x » : droits insuffisants."),
        (FileExistsError(17, "File exists", "/x"), "Le disque refuse « /x » : ce nom est déjà pris."),
        (OSError(28, "No space left on device"), "Le disque refuse : disque plein."),
        (ValueError("un texte"), "Une erreur que l’Atelier n’attendait pas"),
    ],
)
def test_what_nobody_foresaw_ends_in_a_sentence(told, monkeypatch, error, sentence):
    def fails():
        raise error

    monkeypatch.setattr(main.commands["list"], "callback", fails)
    ended = told("list")
    assert (ended.exit_code, sentence in ended.output) == (1, True)
    assert "un texte" not in ended.output
    assert not [line for line in ended.output.splitlines() if line.startswith("Traceback")]


@pytest.mark.parametrize(
    ("answer", "yes"), [("o", True), ("OUI", True), ("y", True), ("n", False), ("", False), ("euh", False)]
)
def test_a_question_takes_a_french_answer(answer, yes):
    @click.command()
    def ask():
        click.echo(f"→ {french.confirmed('Effacer ?')}")

    assert f"→ {yes}" in CliRunner().invoke(ask, input=f"{answer}\n").output


@pytest.mark.parametrize("wish", ["oui", "non", "no", "yes", "0", "1"])
def test_the_browser_is_asked_for_in_french_too(told, monkeypatch, wish):
    monkeypatch.setenv("ATELIER_OPEN", wish)
    assert "ni oui ni non" not in told("serve", "--port", "99999999").output


def test_without_its_packages_it_says_how_to_get_them():
    code = "import sys; sys.modules['click'] = None; from atelier.__main__ import main; main()"
    ended = subprocess.run([sys.executable, "-c", code, "list"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "make install" in ended.stderr
    assert "Traceback" not in ended.stderr
