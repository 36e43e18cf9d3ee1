"""The command line as it is typed: real folders, real files, a real port that is taken."""

import json
import socket
import threading
from contextlib import suppress
from typing import Any

import pytest
from click.testing import CliRunner

from atelier.cli import main
from atelier.config import BadConfig, from_environment
from atelier.domain import commands as c
from atelier.domain.values import Actor, Phase, Role, Scene
from atelier.journal.folder import JournalFolder
from atelier.service.service import Service
from atelier.wording import boxed_text
from tests.support.setups import a_setup

WORKSHOP_DAY = 1_782_345_600_000


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def code(tmp_path, told):
    service = Service(JournalFolder(tmp_path / "sessions"), clock=lambda: WORKSHOP_DAY)
    code = service.create(a_setup(), "key-1", lambda code: "hash")
    service.close()
    return code


def test_workshops_are_listed_with_date_and_title(told, code):
    assert f"{code}  2026-06-25  Quelle doctrine" in told("list").output


def test_the_story_is_told_line_by_line_or_as_json(told, code):
    assert "l’atelier est préparé" in told("journal", code).output
    first = json.loads(told("journal", code, "--json").output.splitlines()[0])
    assert (first["seq"], first["type"]) == (1, "workshop.prepared")


def test_phases_and_scenes_are_told_in_french(told, code, tmp_path):
    service = Service(JournalFolder(tmp_path / "sessions"))
    desk = Actor(Role.FACILITATOR, "key-1")
    service.handle(code, c.OpenPhase(phase=Phase.REPORT_BACK), desk, "operation-0000001")
    places: dict[Scene, dict[str, Any]] = {
        Scene.GROUP: {"group": 1},
        Scene.ACTION: {"group": 1, "action": "orienter"},
        Scene.ACROSS: {"action": "orienter"},
    }
    # These are shown once there is something in them.
    empty = (Scene.MESSAGE, Scene.VOTE, Scene.FOLLOW_UP)
    for n, scene in enumerate(scene for scene in Scene if scene not in empty):
        of = places.get(scene, {})
        service.handle(code, c.ShowOnWall(scene=scene, **of), desk, f"operation-scene-{n:02d}")
    service.close()
    story_told = told("journal", code).output
    assert "phase ouverte : Restitution" in story_told
    assert "à l’écran : la fiche du groupe 1" in story_told
    assert "report-back" not in story_told
    assert "overview" not in story_told


@pytest.mark.parametrize("words", [("journal", "ABC234"), ("export", "ABC234"), ("link", "ABC234")])
def test_an_unknown_code_is_said_in_french(told, words, tmp_path):
    (tmp_path / "sessions").mkdir()
    answer = told(*words)
    assert answer.exit_code == 1
    assert "Aucun atelier n’a le code" in answer.output


def test_a_lost_link_is_made_again(told, code, tmp_path):
    here, room = told("link", code).output.split()
    assert here.startswith(f"http://localhost:8000/animer/{code}?cle=")
    assert room.partition("/animer/")[2] == here.partition("/animer/")[2]
    service = Service(JournalFolder(tmp_path / "sessions"))
    assert len(service.read(code).state.keys) == 2
    service.close()


def test_a_link_is_not_made_beside_a_running_server(told, code, tmp_path):
    folder = JournalFolder(tmp_path / "sessions")
    folder.hold()
    answer = told("link", code)
    folder.release()
    assert answer.exit_code == 1
    assert "travaille déjà sur ce dossier" in answer.output


@pytest.mark.slow
def test_a_groups_pdf_is_written_where_one_says_and_what_no_font_draws_is_named(told, code, tmp_path):
    target, service = tmp_path / "fiche.pdf", Service(JournalFolder(tmp_path / "sessions"))
    naming = c.RenameGroup(group=2, name="L’équipe 永")
    service.handle(code, naming, Actor(Role.FACILITATOR, "key-1"), "operation-0000001")
    service.close()
    answer = told("export", code, "--group", "2", "--paper", "a4", "--below", "--output", str(target))
    assert answer.exit_code == 0, answer.output
    assert target.read_bytes().startswith(b"%PDF")
    assert (answer.stdout.strip(), answer.stderr.strip()) == (str(target), f"{code}  {boxed_text('永')}")


def test_a_group_that_does_not_exist_is_said(told, code):
    assert "n’a pas de groupe « 9 »" in told("export", code, "--group", "9").output
    assert "--group avec un PDF" in told("export", code, "--group", "1", "--format", "xlsx").output
    assert "n’est pas une heure" in told("export", code, "--format", "script", "--starts", "25:00").output


def hang_up(listener):
    """Answer nobody who calls, at once, until `listener` is shut down."""
    with suppress(OSError):
        while True:
            listener.accept()[0].close()


def test_a_taken_port_is_said_with_what_to_do(told):
    with socket.create_server(("", 0)) as other:
        port = other.getsockname()[1]
        hanging_up = threading.Thread(target=hang_up, args=(other,))
        hanging_up.start()
        answer = told("serve", "--no-open", "--port", str(port))
        other.shutdown(socket.SHUT_RDWR)
        hanging_up.join()
    assert answer.exit_code == 1
    assert f"Le port {port} est déjà pris" in answer.output
    assert f"--port {port + 1}" in answer.output


def test_a_second_server_on_the_same_folder_is_said(told, tmp_path):
    folder = JournalFolder(tmp_path / "sessions")
    folder.hold()
    answer = told("serve", "--no-open", "--port", "48123")
    folder.release()
    assert "travaille déjà sur ce dossier" in answer.output


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--port", "abc"), "Le port « abc »"),
        (("--public-url", "exemple"), "doit ressembler à"),
        (("--public-url", "https://a.fr", "--lan-create"), "clé de création"),
    ],
)
def test_a_contradictory_configuration_is_refused_loudly(told, flags, said):
    answer = told("serve", "--no-open", *flags)
    assert answer.exit_code == 1
    assert said in answer.output


@pytest.mark.parametrize(
    ("told_by_environment", "said"),
    [
        ({"PUBLIC_URL": "https://a.fr", "CREATE_KEY": "quinze-lettres-"}, "au moins 16 caractères"),
        ({"PUBLIC_URL": "https://a.fr", "TRUSTED_PROXY": "mon-proxy"}, "ni une adresse ni un réseau"),
        ({"PUBLIC_URL": "https://a.fr", "TRUSTED_PROXY": "10.0.0.5 0.0.0.0/0"}, "n’importe qui pourrait"),
        ({"PUBLIC_URL": "https://a.fr", "TRUSTED_PROXY": "10.0.0.5/8"}, "ni une adresse ni un réseau"),
        ({"TRUSTED_PROXY": "10.0.0.5"}, "ATELIER_PUBLIC_URL"),
    ],
)
def test_a_configuration_that_endangers_people_is_refused(told_by_environment, said, monkeypatch):
    for name, value in told_by_environment.items():
        monkeypatch.setenv(f"ATELIER_{name}", value)
    with pytest.raises(BadConfig, match=said):
        from_environment()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--port", "8123"], "Animer, sur cet ordinateur    http://localhost:8123\n"),
        (["--port", "8123", "--public-url", "http://192.168.1.7:8123"], "    http://localhost:8123\n"),
        (
            ["--public-url", "https://atelier.example"],
            "Animer                        https://atelier.example\n",
        ),
    ],
)
def test_the_address_to_facilitate_at_is_one_that_takes_forms(told, flags, said, monkeypatch):
    monkeypatch.setattr("atelier.serving.serve_forever", lambda config, ready: ready())
    answer = told("serve", "--no-open", *flags)
    assert said in answer.output
    assert ("localhost" in said) == ("localhost" in answer.output)


def test_the_secret_is_readable_by_its_owner_only(told, code, tmp_path):
    told("link", code)
    assert (tmp_path / "sessions" / ".secret").stat().st_mode & 0o777 == 0o600


def test_an_empty_folder_is_said(told, tmp_path):
    (tmp_path / "sessions").mkdir()
    assert "Aucun atelier dans" in told("list").output
    copies = tmp_path / "copies"
    assert "Aucun atelier à copier" in told("backup", "--to", str(copies)).output
    assert not copies.exists()


def test_a_code_is_taken_as_people_write_it(told, code):
    typed = f"{code[:3].lower()}-{code[3:].lower()}"
    assert told("journal", typed).output == told("journal", code).output


@pytest.mark.slow
def test_a_folder_that_does_not_exist_is_said(told, code, tmp_path):
    answer = told("export", code, "--blank", "--output", str(tmp_path / "nowhere" / "fiche.pdf"))
    assert answer.exit_code == 1
    assert "vérifiez que ce dossier existe" in answer.output
