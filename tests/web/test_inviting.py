"""« Inviter » and the wall when the laptop has several addresses, the wrong one, or none."""

from ipaddress import ip_interface

import pytest

from atelier.access.addresses import Addresses
from atelier.app import create_program
from atelier.config import Config
from atelier.network.adapters import Card
from tests.support.setups import PUBLISHER
from tests.support.visitors import Browser

WIFI = Card("Wi-Fi", (ip_interface("192.168.1.20/24"),))
CABLE = Card("Ethernet", (ip_interface("10.1.2.3/8"),))
VPN = Card("Fortinet SSL VPN", (ip_interface("10.212.134.200/32"),))


@pytest.fixture
def program(own_program):
    return own_program


@pytest.fixture
def found(network, program):
    """Let the machine have other cards, and let the program see it at once."""

    def have(*cards):
        network(*cards)
        program.app.extensions["atelier"].addresses._looked_at = -1e9

    return have


def network_of(desk, code):
    return desk.page(f"/animer/{code}").find(id="desk-network")


def offered(desk, code):
    return {
        each["value"]: each.parent.get_text(" ", strip=True).replace("\u00a0", " ")
        for each in network_of(desk, code).find_all("input", type="radio")
    }


@pytest.mark.slow
def test_all_candidates_are_listed_with_their_card(desk, code, found):
    found(WIFI, CABLE, VPN)
    assert offered(desk, code) == {
        "": "Au mieux, d’après les cartes réseau",
        "192.168.1.20": "192.168.1.20 « Wi-Fi », Wi-Fi (dans le QR code)",
        "10.1.2.3": "10.1.2.3 « Ethernet », autre réseau",
        "10.212.134.200": "10.212.134.200 « Fortinet SSL VPN », VPN",
    }


@pytest.mark.slow
def test_the_choice_is_on_the_wall_and_survives_a_restart(desk, code, found, tmp_path):
    found(WIFI, CABLE)
    answer = desk.post(f"/animer/{code}/adresse", {"address": "10.1.2.3"})
    assert answer.headers["Location"] == f"/animer/{code}#inviter"
    assert "10.1.2.3:8000" in desk.get(f"/ecran/{code}").text.replace("<wbr>", "")
    checked = network_of(desk, code).find("input", checked=True)
    assert checked["value"] == "10.1.2.3"
    again = Addresses(Config(sessions=tmp_path / "sessions"))
    assert again.spoken() == "10.1.2.3:8000"


@pytest.mark.slow
def test_a_choice_that_is_gone_is_said(desk, code, found):
    found(WIFI, CABLE)
    desk.post(f"/animer/{code}/adresse", {"address": "10.1.2.3"})
    found(WIFI)
    said = network_of(desk, code).find(class_="notice").get_text().replace("\u00a0", " ")
    assert (
        said == "L’adresse choisie, 10.1.2.3 (« Ethernet »), n’est plus là : le QR code donne 192.168.1.20."
    )


def test_an_address_that_is_gone_is_refused_and_says_so(desk, code, found):
    found(WIFI, CABLE)
    answer = desk.post(f"/animer/{code}/adresse", {"address": "10.9.9.9"}, status=409)
    assert "n’a plus cette adresse" in answer.text


def test_only_a_facilitator_chooses(code, found, someone):
    found(WIFI, CABLE)
    stranger = someone()
    stranger.join(code)
    stranger.post(f"/animer/{code}/adresse", {"address": "10.1.2.3"}, status=403)


@pytest.mark.slow
def test_a_vpn_alone_is_said_at_the_desk_and_still_drawn(desk, code, found):
    found(VPN)
    assert "coupez le VPN" in network_of(desk, code).get_text()
    assert desk.page(f"/ecran/{code}").find("svg", class_="qr")


@pytest.mark.slow
def test_one_card_needs_no_choice(desk, code):
    assert offered(desk, code) == {}
    assert "Wi-Fi" in network_of(desk, code).get_text()


@pytest.mark.parametrize("phase", ["welcome", "remits"])
def test_no_address_is_said_on_the_wall_and_no_code_is_drawn(desk, code, found, phase):
    if phase != "welcome":
        desk.act(code, "open-phase", phase=phase)
    found()
    wall = desk.page(f"/ecran/{code}")
    assert "Cet ordinateur n’est relié à aucun réseau" in wall.get_text()
    assert wall.find("svg", class_="qr") is None
    assert "127.0.0.1" not in str(wall)


@pytest.mark.slow
def test_no_address_is_said_at_the_desk_and_with_the_links(desk, code, found):
    found()
    page = desk.page(f"/animer/{code}")
    assert "Cet ordinateur n’est relié à aucun réseau" in page.find(id="desk-entrance").get_text()
    assert page.find("svg", class_="qr") is None
    links = desk.page(f"/animer/{code}/pret")
    assert "Cet ordinateur n’est relié à aucun réseau" in links.get_text()
    assert [field["value"][:22] for field in links.find_all("input", readonly=True)] == [
        "http://localhost:8000/"
    ]


def test_a_server_that_listens_to_itself_says_so(tmp_path):
    program = create_program(Config(sessions=tmp_path / "s", exports=tmp_path / "e", host="127.0.0.1"))
    desk = Browser(program.app)
    wall = desk.page(f"/ecran/{desk.prepare()}")
    assert "L’Atelier n’écoute que cet ordinateur" in wall.get_text()
    program.close()


@pytest.mark.slow
def test_a_hosted_server_offers_no_choice(tmp_path):
    config = Config(
        sessions=tmp_path / "s",
        exports=tmp_path / "e",
        public_url="http://atelier.example",
        publisher=PUBLISHER,
        create_key="sésame, ouvre-toi",
    )
    program = create_program(config)
    desk = Browser(program.app)
    code = (
        desk.post("/preparer", {"create_key": "sésame, ouvre-toi"}, Origin=config.public_url)
        .headers["Location"]
        .split("/")[2]
    )
    assert network_of(desk, code).get_text(strip=True) == ""
    desk.post(f"/animer/{code}/adresse", {"address": ""}, status=409, Origin=config.public_url)
    program.close()


def test_the_wifi_is_kept_by_the_very_letters_that_were_typed(desk, code):
    desk.post(f"/animer/{code}/wifi", {"ssid": " Café ?  bis ", "password": "a ! b"}, status=303)
    page = desk.get(f"/animer/{code}").text
    assert 'value="Café ?  bis"' in page
    assert 'value="a ! b"' in page
