"""Folders that OneDrive and the like copy elsewhere: recognised by names, marks and variables, and told."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from atelier.cli import check, main
from atelier.cli.synchronisation import SERVICES, service_of, warnings
from atelier.config import Config


@pytest.fixture(autouse=True)
def no_service(monkeypatch):
    for service in SERVICES:
        for name in service.variables:
            monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("place", "name"), [
    ("OneDrive/Documents/Atelier", "OneDrive"), ("OneDrive - Préfecture des Vosges/Atelier", "OneDrive"),
    ("Dropbox/ateliers", "Dropbox"), ("Dropbox (Conum 88)/ateliers", "Dropbox"),
    ("Library/Mobile Documents/com~apple~CloudDocs/Atelier", "iCloud"), ("iCloudDrive/Atelier", "iCloud"),
    ("Library/CloudStorage/GoogleDrive-nadia@exemple.fr/Mon Drive", "Google Drive"),
    ("Library/CloudStorage/Box-Box/Atelier", "Box"), ("Google Drive/ateliers", "Google Drive"),
    ("kDrive/ateliers", "kDrive"), ("Nextcloud2/ateliers", "Nextcloud"), ("nextcloud/ateliers", "Nextcloud"),
    ("Documents/Atelier", ""), ("MEGALIS/ateliers", ""), ("Mon Drive-in/ateliers", ""), ("AppData/Local/atelier", ""),
])  # fmt: skip
def test_a_service_is_known_by_the_name_of_its_folder(place: str, name: str, tmp_path: Path):
    assert service_of(tmp_path / place) == name


@pytest.mark.parametrize(
    ("mark", "name"),
    [(".dropbox", "Dropbox"), (".sync_0a1b2c.db", "Nextcloud"), (".nextcloudsync.log", "Nextcloud")],
)
def test_a_service_is_known_by_what_it_leaves_in_a_folder_of_any_name(mark: str, name: str, tmp_path: Path):
    (tmp_path / mark).touch()
    assert service_of(tmp_path / "ateliers" / "sessions") == name


def test_a_folder_of_any_name_that_the_system_gave_to_onedrive(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Prefecture"))
    assert service_of(tmp_path / "Prefecture" / "Documents") == "OneDrive"
    assert service_of(tmp_path / "Documents") == ""


def test_workshops_copied_elsewhere_are_a_thing_to_settle_documents_one_to_know(tmp_path: Path, monkeypatch):
    both = Config(sessions=tmp_path / "OneDrive" / "sessions", exports=tmp_path / "kDrive" / "Atelier")
    assert [harms for harms, _ in warnings(both)] == [True, False]
    assert not list(warnings(Config(sessions=tmp_path / "sessions", exports=tmp_path / "exports")))
    monkeypatch.setenv("ATELIER_SESSIONS", str(both.sessions))
    monkeypatch.setenv("ATELIER_EXPORTS", str(both.exports))
    monkeypatch.setattr(check, "pdf", lambda: check.Found(True, "PDF"))
    told = CliRunner().invoke(main, ["check"]).output
    assert (
        "✗ à régler  Synchronisation : Les ateliers sont dans un dossier que OneDrive recopie ailleurs"
        in told
    )
    assert (
        "• à savoir  Synchronisation : Les documents sont dans un dossier que kDrive recopie ailleurs" in told
    )


def test_who_starts_the_program_is_told(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ATELIER_SESSIONS", str(tmp_path / "OneDrive" / "sessions"))
    monkeypatch.setenv("ATELIER_EXPORTS", str(tmp_path / "exports"))
    monkeypatch.setattr("atelier.serving.serve_forever", lambda config, ready: ready())
    told = CliRunner().invoke(main, ["serve", "--no-open"]).output
    assert "  Les ateliers sont dans un dossier que OneDrive recopie ailleurs" in told
