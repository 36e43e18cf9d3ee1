"""Copies, their return, links and the end of workshops, as they are typed; beside a real server and without one."""

import json
import threading

import pytest

from atelier.retention.erasure_log import WHOLE, Erasure, noted
from tests.support.retention import SAID, backup_of, bytes_in, code, desk, server, texts, told
from tests.support.simulation.browser import Browser

__all__ = ["code", "desk", "server", "told"]
pytestmark = pytest.mark.slow


def test_a_backup_under_load_holds_all_that_was_acknowledged_before_it(tmp_path, server, desk, code, told):
    acknowledged, going = [], True

    def write():
        n = 0
        while going:
            desk.act(code, "post-initiative", group=1, action="orienter", text=f"Charge {n}")
            acknowledged.append(f"Charge {n}")
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    while len(acknowledged) < 10:
        pass
    before = list(acknowledged)
    copy = backup_of(tmp_path, told)
    going = False
    writer.join()
    server.kill()
    journal = tmp_path / "sessions" / f"{code}.db"
    journal.write_bytes(b"nothing of a database")
    journal.with_name(f"{code}.db-wal").unlink(missing_ok=True)
    assert told("restore", str(copy)).returncode == 0
    kept = texts(tmp_path / "sessions", code)
    assert set(before) <= set(kept)
    assert kept == [SAID, *(f"Charge {n}" for n in range(len(kept) - 1))]
    server.start()
    answer = desk.get(f"/a/{code}/depuis?audience=desk&group=0&seq=100000&head=ffff")
    assert json.loads(answer)["known"] is False
    assert oct(copy.stat().st_mode)[-3:] == "700"
    assert {oct(path.stat().st_mode)[-3:] for path in copy.iterdir()} == {"600"}


def test_a_copy_does_not_replace_what_knows_more(tmp_path, server, desk, code, told):
    copy = backup_of(tmp_path, told)
    assert "déjà" in told("restore", str(copy)).stderr  # a server holds the folder
    desk.act(code, "post-initiative", group=1, action="orienter", text="Plus tard")
    server.stop()
    assert "--force" in told("restore", str(copy), code).stderr
    assert texts(tmp_path / "sessions", code) == [SAID, "Plus tard"]
    assert told("restore", str(copy), code, "--force").returncode == 0
    assert texts(tmp_path / "sessions", code) == [SAID]


def test_an_erased_workshop_is_nowhere_and_no_copy_brings_it_back(tmp_path, server, desk, code, told):
    copy = backup_of(tmp_path, told)
    (tmp_path / "exports").mkdir(exist_ok=True)
    (tmp_path / "exports" / f"atelier-{code}-ensemble.pdf").write_bytes(SAID.encode())
    assert told("purge", code, "--yes").returncode == 0  # through the running server
    assert bytes_in(tmp_path / "sessions", SAID) == bytes_in(tmp_path / "exports", SAID) == []
    assert Erasure(code, WHOLE) in noted(tmp_path / "sessions")
    with pytest.raises(Exception, match="Cet atelier est effacé"):
        desk.act(code, "post-initiative", group=1, action="orienter", text="Trop tard")
    server.stop()
    assert "effacé" in told("restore", str(copy)).stderr
    assert told("purge").stdout.strip() == "Rien n’est effacé."


def test_a_link_is_made_beside_a_running_server_and_without_one(server, code, told):
    for _ in ("running", "stopped"):
        answer = told("link", code)
        assert f"/animer/{code}?cle=" in answer.stdout, answer.stderr
        server.stop()
    assert "Aucun atelier" in told("link", "ZZZZZZ").stderr


def test_a_link_names_the_port_of_the_server_that_runs(server, code, told):
    answer = told("link", f"{code[:3].lower()} {code[3:]}", port=8000)
    assert answer.stdout.startswith(f"{server.base}/animer/{code}?cle="), answer


def test_the_folder_of_all_copies_is_not_taken_for_one(tmp_path, server, code, told):
    copy = backup_of(tmp_path, told)
    second = told("backup", "--to", str(tmp_path / "copies")).stdout.split()[-1]
    assert second != str(copy)
    server.stop()
    said = told("restore", str(tmp_path / "copies")).stderr
    assert "nommez l’une d’elles" in said
    assert second in said
    (tmp_path / "empty").mkdir()
    assert "pas de sauvegarde ici" in told("restore", str(tmp_path / "empty")).stderr
    assert "ne contient pas l’atelier ZZZZZZ" in told("restore", str(copy), "zzz-zzz").stderr


def test_nobody_else_on_the_machine_reads_the_journals(tmp_path, server, code, told):
    sessions = tmp_path / "sessions"
    assert oct(sessions.stat().st_mode)[-3:] == "700"
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in sessions.glob(f"{code}.*")}
    assert modes == dict.fromkeys([f"{code}.db", f"{code}.db-wal", f"{code}.db-shm"], "600")
    server.stop()
    (sessions / f"{code}.db").chmod(0o644)  # as earlier versions left them
    server.start()
    assert told("journal", code).returncode == 0
    Browser(server.base).get(f"/r/{code}")
    assert oct((sessions / f"{code}.db").stat().st_mode)[-3:] == "600"


def test_nobody_else_rings_at_the_command_lines_door(server, desk, code):
    status, _, _ = desk.post("/local/lien", {"code": code})
    assert status == 404
