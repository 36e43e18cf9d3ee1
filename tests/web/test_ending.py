"""What cannot be undone is asked for by copying the code out; a slip leads back to the field."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from atelier.access.wifi import WifiNetworks


@pytest.fixture
def guest(someone):
    return someone()


def one(browser, path, selector):
    found = BeautifulSoup(browser.get(path).text, "lxml").select_one(selector)
    assert found is not None, selector
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("what", "path"), [("reset", "remettre-a-zero"), ("erase", "effacer")])
def test_a_mistyped_code_leads_back_to_the_field_which_says_so(desk, guest, code, what, path):
    guest.join(code, name="Nadia")
    if what == "erase":
        desk.act(code, "close-workshop")
    answer = desk.post(f"/animer/{code}/{path}", {"code": "AAA AAA"})
    back = urlsplit(answer.headers["Location"])
    assert (back.path, back.fragment) == (f"/animer/{code}", "clore")
    folded = one(desk, f"{back.path}?{back.query}", f"details:has(#desk-{what}-code)")
    assert "open" in folded.attrs
    assert "rien n’est effacé" in folded.select_one("[role=alert]").text
    assert folded.select_one("input")["aria-invalid"] == "true"
    assert len(one(desk, f"{back.path}?{back.query}", "#clore").select("[role=alert]")) == 1
    assert "Nadia" in desk.get(f"/animer/{code}").text


def test_the_code_copied_out_starts_anew_and_keeps_the_workshop(desk, guest, code):
    guest.join(code, name="Nadia")
    answer = desk.post(f"/animer/{code}/remettre-a-zero", {"code": f"{code[:3].lower()} {code[3:]}"})
    assert answer.headers["Location"] == f"/animer/{code}"
    assert "Nadia" not in desk.get(f"/animer/{code}").text


def test_starting_anew_is_the_facilitator_s_and_not_of_an_archive(desk, guest, code):
    guest.join(code)
    guest.post(f"/animer/{code}/remettre-a-zero", {"code": code}, 403)
    desk.act(code, "close-workshop")
    desk.act(code, "archive-workshop")
    desk.post(f"/animer/{code}/remettre-a-zero", {"code": code}, 409)


def test_once_erased_a_calm_page_says_so(desk, code):
    desk.act(code, "close-workshop")
    answer = desk.post(f"/animer/{code}/effacer", {"code": code}, 200)
    page = BeautifulSoup(answer.text, "lxml")
    assert [each.text for each in page.select("title, h1")] == [
        "Atelier effacé · L’Atelier",
        "Atelier effacé",
    ]
    assert "textes, placements et documents" in page.select("[role=status]")[0].text
    assert not page.select(".notice--error, [role=alert]")


def test_who_was_of_an_erased_workshop_is_told_and_nobody_else(desk, guest, someone, code):
    guest.join(code)
    desk.act(code, "close-workshop")
    desk.post(f"/animer/{code}/effacer", {"code": code}, 200)
    for browser, path in ((desk, "animer"), (desk, "ecran"), (guest, "a"), (guest, "r")):
        page = BeautifulSoup(browser.get(f"/{path}/{code}", 410).text, "lxml")
        assert len(page.select(f'body[data-erased="{code}"]')) == 1
    asked = {"Accept": "application/json"}
    assert guest.client.get(f"/a/{code}/depuis?audience=phone&group=1", headers=asked).status_code == 410
    guest.act(code, "place-action", 410, group=1, action="orienter", fs=50)
    assert "effacé" not in someone().get(f"/a/{code}", 404).text


def test_nothing_is_erased_while_people_write(desk, code):
    desk.post(f"/animer/{code}/effacer", {"code": code}, 409)
    desk.get(f"/animer/{code}")


def test_the_wifis_password_is_forgotten_with_the_workshop(desk, code, program):
    wifi = program.app.extensions["atelier"].wifi
    desk.post(f"/animer/{code}/wifi", {"ssid": "Salle", "password": "motdepasse"})
    assert wifi[code] == ("Salle", "motdepasse")
    desk.act(code, "close-workshop")
    desk.post(f"/animer/{code}/effacer", {"code": code}, 200)
    assert code not in wifi
    assert list(program.app.extensions["atelier"].config.sessions.glob("*.wifi*")) == []


def test_the_wifi_is_known_after_a_restart_and_nothing_is_left_of_a_workshop_that_is_gone(tmp_path):
    (tmp_path / "KTZ4MP.db").touch()
    WifiNetworks(tmp_path)["KTZ4MP"] = ("Salle", "motdepasse")
    assert (tmp_path / "KTZ4MP.wifi").stat().st_mode & 0o077 == 0
    assert dict(WifiNetworks(tmp_path)) == {"KTZ4MP": ("Salle", "motdepasse")}
    (tmp_path / "KTZ4MP.wifi").write_text("cut", encoding="utf-8")
    assert dict(WifiNetworks(tmp_path)) == {}
    (tmp_path / "KTZ4MP.db").unlink()
    assert dict(WifiNetworks(tmp_path)) == {}
    assert list(tmp_path.iterdir()) == []
