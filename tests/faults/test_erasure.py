"""What was erased is nowhere: searched byte by byte, after a restart and a late resend; no copy brings it back."""

import secrets

import pytest

from tests.support.retention import backup_of, bytes_in, code, desk, server, texts, told
from tests.support.simulation.browser import Browser

__all__ = ["code", "desk", "server", "told"]
pytestmark = pytest.mark.slow
OTHERS = "De quelqu’un d’autre"
WORDS = "Une phrase à oublier"
ANSWER = '"arm":"fs","reach":35'


@pytest.fixture
def phone(server, code):
    browser = Browser(server.base)
    browser.join(code, "fs", 1, "Zénobie")
    return browser


def test_somebodys_words_are_nowhere_after_erasure(tmp_path, server, desk, code, phone, told):
    op = secrets.token_urlsafe(16)
    fields = {"group": 1, "action": "orienter", "text": WORDS}
    phone.act(code, "post-initiative", op=op, **fields)
    desk.act(code, "set-answers-first", on=1)
    phone.act(code, "give-answer", group=1, action="former", fs=35)
    assert bytes_in(tmp_path / "sessions", ANSWER)
    copy = backup_of(tmp_path, told)
    (tmp_path / "exports").mkdir(exist_ok=True)
    (tmp_path / "exports" / f"atelier-{code}-groupe-1.pdf").write_bytes(WORDS.encode())
    participant = phone.get(f"/a/{code}").split('name="participant" value="')[1].split('"')[0]
    phone.act(code, "erase-participant", participant=participant)
    folders = (tmp_path / "sessions", tmp_path / "exports")
    assert [bytes_in(folder, WORDS) for folder in folders] == [[], []]
    assert [bytes_in(folder, "Zénobie") for folder in folders] == [[], []]
    assert bytes_in(tmp_path / "sessions", ANSWER) == []
    server.kill()
    server.start()
    phone.act(
        code, "post-initiative", op=op, **fields
    )  # the outbox of another tab, late: recognised, adds nothing
    assert [bytes_in(folder, WORDS) for folder in folders] == [[], []]
    assert WORDS not in desk.get(f"/animer/{code}")
    server.stop()
    assert told("restore", str(copy), code, "--force").returncode == 0
    assert WORDS not in texts(tmp_path / "sessions", code)
    assert bytes_in(tmp_path / "sessions", WORDS) == [
        name for name in bytes_in(tmp_path / "sessions", WORDS) if ".abime-" in name
    ]


def test_a_rehearsal_leaves_nothing_behind_after_a_reset(tmp_path, server, desk, code, phone):
    phone.act(code, "post-initiative", group=1, action="orienter", text=OTHERS)
    desk.act(code, "announce", text="Une annonce d’essai")
    desk.act(code, "reset-workshop")
    for words in (OTHERS, "Une annonce d’essai", "Zénobie"):
        assert bytes_in(tmp_path / "sessions", words) == []
    server.stop()
    server.start()
    assert "Zénobie" not in desk.get(f"/animer/{code}")
    phone.join(code, "cn", 2, "Revenue")
    assert "Revenue" in desk.get(f"/animer/{code}")
