"""A page « Qui fait quoi ? » over HTTP, without a script: made, changed, filled, published, taken away, ended."""

import errno
import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar
from PIL import Image

from atelier.library.engines import NAME, FileEngine
from atelier.library.items import Kind
from tests.support.visitors import BASE, Browser

SAMPLES = Path(__file__).parents[1] / "directory" / "samples"
SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 200 100" onload="alert(1)"><script>alert(2)</script><style>.a{fill:#0b5d57}</style>
 <image xlink:href="file:///etc/passwd" width="10" height="10"/>
 <rect class="a" x="20" y="20" width="160" height="60"/></svg>"""


def png(width: int = 40, height: int = 20) -> bytes:
    """A picture with words beside its pixels."""
    made = io.BytesIO()
    Image.new("RGBA", (width, height), (194, 71, 15, 200)).save(made, "PNG")
    words = b"tEXtComment\0secret-in-the-file"
    chunk = struct.pack(">I", len(words) - 4) + words + struct.pack(">I", zlib.crc32(words))
    return made.getvalue()[:33] + chunk + made.getvalue()[33:]


class Owner:
    """A browser that owns a page."""

    def __init__(self, app, **fields):
        self.browser = Browser(app)
        self.browser.get("/qui-fait-quoi")
        answer = self.browser.post(
            "/qui-fait-quoi", fields or {"title": "Qui fait quoi ?", "territory": "Pays d’Aubrelle"}
        )
        self.home = answer.headers["Location"].partition("/modifier")[0]
        self.ident = self.home.rpartition("/")[2]

    def edit(self):
        return self.browser.page(f"{self.home}/modifier")

    def form(self, action="/modifier"):
        """The fields of the page's form as a browser sends them."""
        (form,) = (
            each
            for each in self.edit().select("form")
            if each["action"].partition("?")[0] == self.home + action
        )
        fields = {}
        for each in form.select("input[name], textarea[name], select[name]"):
            if each.name == "select":
                chosen = each.select_one("option[selected]") or each.select_one("option")
                fields[each["name"]] = chosen["value"]
            elif each.get("type") != "checkbox" or each.has_attr("checked"):
                fields[each["name"]] = each.get("value", "") if each.name == "input" else each.get_text()
        return fields

    def save(self, status: int = 303, **fields: str):
        return self.browser.post(
            f"{self.home}/modifier", self.form() | {k.replace("_", "-"): v for k, v in fields.items()}, status
        )

    def send(self, where: str, field: str, name: str, body: bytes, status: int = 303, **fields: str):
        answer = self.browser.client.post(
            self.home + where, data={field: (io.BytesIO(body), name), **fields}, base_url=BASE,
            headers={"Origin": BASE},
            content_type="multipart/form-data",
        )  # fmt: skip
        assert answer.status_code == status, answer.text[:400]
        return answer

    def state(self, act: str, status: int = 303, **fields: str):
        return self.browser.post(f"{self.home}/etat", {"act": act, **fields}, status)


@pytest.fixture
def owner(program):
    return Owner(program.app)


def said(page):
    return " ".join(page.get_text(" ").split()).replace("\u00a0", " ").replace("\u202f", " ")


def with_places(owner: Owner) -> Owner:
    owner.send("/lieux", "places", "lieux.csv", (SAMPLES / "lieux.csv").read_bytes(), 200)
    return owner


@pytest.mark.slow
def test_a_page_is_made_filled_published_searched_and_ended(program, owner, someone):
    stranger = someone()
    stranger.get(owner.home, status=404)
    stranger.get(f"{owner.home}/modifier", status=403)
    stranger.get(f"{owner.home}/modifier?cle=wrong", status=403)
    report = said(
        BeautifulSoup(
            owner.send("/lieux", "places", "l.csv", (SAMPLES / "lieux.csv").read_bytes(), 200).text, "lxml"
        )
    )
    assert "4 lieux repris" in report
    assert "ligne 7 : 4 cases au lieu de 31" in report
    owner.save(
        task_0_who="cn",
        task_0_text="Venir près de chez vous",
        task_1_who="",
        date_0_what="Se revoir",
        date_0_on="2027-01-15",
    )
    stranger.get(owner.home, status=404)
    owner.state("publie")
    page = stranger.page(owner.home)
    text = said(page)
    assert "La personne veut seulement faire une démarche administrative" in text
    assert "Venir près de chez vous Conseiller numérique" in text
    assert "Du lundi au vendredi : 9 h – 12 h et 14 h – 17 h" in text
    assert "Horaires tels qu’ils sont publiés : lundi matin" in text
    assert "Se revoir 15 janvier 2027" in text
    assert len(owner.edit().select("select[name$=-who]")) == 12, "the lines of the sheet, and two to write on"
    assert "Comprendre avec vous" not in text, "nobody decided it"
    assert len(page.select(".directory__place")) == 4
    assert page.select_one('a[href="tel:0399000001"]')
    for asked, names in (("st vaubert", 1), ("Tourneval", 2), ("relais caravane", 1), ("nulle part", 0)):
        assert len(stranger.page(f"{owner.home}?q={asked}").select(".directory__place")) == names, asked
    assert len(stranger.page(f"{owner.home}?porte=numerique").select(".directory__place")) == 3


def test_a_page_is_withdrawn_then_ended_with_all_that_it_holds(program, owner, someone):
    owner.send("/logos", "logo", "logo.png", png(), words="Mairie d’Aubrelle")
    owner.state("publie")
    someone().get(owner.home)
    owner.state("retire")
    someone().get(owner.home, status=404)
    owner.state("fin", 422)
    owner.state("fin", 200, sure="1")
    owner.browser.get(f"{owner.home}/modifier", status=403)
    library = program.app.extensions["atelier"].library
    assert owner.ident not in {each.id for each in library.items(Kind.PAGE)}
    assert library.blobs(Kind.PAGE, owner.ident) == []


def test_the_link_of_the_owner_opens_the_page_elsewhere_until_it_is_replaced(owner, someone):
    link = owner.edit().find(id="owner-url")["value"].split("8000", 1)[-1]
    other = someone()
    assert other.get(link[link.index("/qui") :], status=303).headers["Location"] == f"{owner.home}/modifier"
    other.get(f"{owner.home}/modifier")
    owner.state("lien")
    other.get(f"{owner.home}/modifier", status=403)
    someone().get(link[link.index("/qui") :], status=403)
    owner.edit()


def test_two_owners_at_once_lose_nothing(owner, someone):
    before = owner.form()
    owner.save(title="La première")
    answer = owner.browser.post(f"{owner.home}/modifier", before | {"title": "La seconde"}, 409)
    page = BeautifulSoup(answer.text, "lxml")
    assert "a changé ailleurs" in said(page)
    assert page.select("#title[value='La seconde']")
    assert owner.edit().find(id="title")["value"] == "La première"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": "x" * 141}, "trop long"),
        ({"phone": "à la mairie"}, "Téléphone"),
        ({"note": "un\x00zéro"}, "un signe"),
        ({"date_0_what": "Se revoir", "date_0_on": "demain"}, "date"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(owner, fields, told):
    answer = owner.save(422, **fields)
    page = BeautifulSoup(answer.text, "lxml")
    assert told in said(page.select(".notice--error")[0])
    name, value = next(iter(fields.items()))
    if "\x00" not in value:
        assert [each["value"] for each in page.select(f"[name={name.replace('_', '-')}]")] == [value]


def test_one_place_is_changed_by_hand_added_and_taken_off(owner):
    with_places(owner)
    fields = {
        "id": "lieu-7",
        "name": "Espace",
        "commune": "Tourneval",
        "door-demarche": "1",
    }
    owner.browser.post(
        f"{owner.home}/lieu", fields | {"phone": "03 99 00 00 09", "hours": "Mo 09:00-12:00", "act": "lieu"}
    )
    owner.browser.post(f"{owner.home}/lieu", fields | {"site": "javascript:alert(1)"}, 422)
    owner.browser.post(
        f"{owner.home}/lieu", {"id": "", "name": "Nouveau", "commune": "Aubrelle", "act": "lieu"}
    )
    names = [each.get_text() for each in owner.edit().select(".directory-edit__places a")]
    assert "Aubrelle · Nouveau" in names
    assert "Tourneval · Espace" in names
    owner.browser.post(f"{owner.home}/lieu", {"id": "lieu-8", "act": "lieu-retire"})
    owner.browser.get(f"{owner.home}/lieu?id=lieu-8", status=404)


@pytest.mark.slow
def test_a_file_that_holds_no_places_says_why(owner):
    answer = owner.send("/lieux", "places", "x.csv", b"a,b\n1,2\n", 422, territory="88")
    assert "ne nomme pas" in said(BeautifulSoup(answer.text, "lxml"))
    rows = "".join(f"i{n},Lieu {n},Aubrelle\n" for n in range(1_001))
    answer = owner.send("/lieux", "places", "x.csv", f"id,nom,commune\n{rows}".encode(), 422)
    assert "plus de mille lieux" in said(BeautifulSoup(answer.text, "lxml"))
    answer = owner.send(
        "/lieux", "places", "x.csv", f"id,nom,commune\n{rows}i,L,Ici\n".encode(), 200, communes="ici"
    )
    assert "1 lieu repris" in said(BeautifulSoup(answer.text, "lxml"))


@pytest.mark.slow
def test_a_logo_is_kept_as_pixels_and_nothing_else(program, owner):
    owner.send("/logos", "logo", "logo.png", png(), words="Mairie d’Aubrelle")
    owner.send("/logos", "logo", "logo.svg", SVG, words="Le réseau")
    logos = [each["src"] for each in owner.edit().select(".directory-edit__logo img")]
    for path in logos:
        answer = owner.browser.get(path)
        assert (answer.mimetype, answer.data[:4]) == ("image/png", b"\x89PNG")
        assert b"secret-in-the-file" not in answer.data
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    drawn = Image.open(io.BytesIO(owner.browser.get(logos[1]).data)).convert("RGB")
    assert drawn.getpixel((drawn.width // 2, drawn.height // 2)) == (11, 93, 87), "what its style sheet says"
    for body in (b"<html><svg></html", b"GIF89a", b"<svg xmlns='x'><!DOCTYPE"):
        owner.send("/logos", "logo", "x.svg", body, 422, words="Rien")
    owner.send("/logos", "logo", "x.png", b"\x89PNG" + b"0" * 400_001, 413, words="Trop")
    owner.send("/logos", "logo", "x.png", png(), 422, words="")
    owner.browser.post(f"{owner.home}/logos/retirer", {"logo": logos[0].rpartition("/")[2]})
    owner.browser.get(logos[0], status=404)
    library = program.app.extensions["atelier"].library
    assert len(library.blobs(Kind.PAGE, owner.ident)) == 1


@pytest.mark.slow
def test_the_calendar_follows_the_page_by_a_link_that_can_be_withdrawn(owner, someone):
    owner.save(date_0_what="Permanence commune", date_0_on="2027-02-01", date_1_what="Sans date")
    owner.state("agenda")
    link = owner.edit().find(id="feed-url")["value"]
    path = link[link.index("/qui") :]
    events = Calendar.from_ical(someone().get(path).text).walk("VEVENT")
    assert [str(each["SUMMARY"]) for each in events] == ["Permanence commune"]
    someone().get(path[:-1], status=404)
    owner.state("agenda")
    someone().get(path, status=404)
    again = owner.edit().find(id="feed-url")["value"]
    owner.state("agenda-retire")
    someone().get(again[again.index("/qui") :], status=404)
    owner.state("agenda")
    assert owner.edit().find(id="feed-url")["value"] not in (link, again)


def test_how_long_it_is_kept_is_the_owners_choice(program, owner):
    for day in ("2020-01-01", "2099-01-01", "hier"):
        owner.state("terme", 422, keep_until=day)
    answer = owner.browser.page(f"{owner.home}/modifier").find(id="keep_until")["value"]
    owner.state("terme", keep_until=str(int(answer[:4]) + 1) + answer[4:8] + "01")
    item = program.app.extensions["atelier"].library.get(Kind.PAGE, owner.ident)
    assert item.keep_until.isoformat() == str(int(answer[:4]) + 1) + answer[4:8] + "01"


def test_a_workshop_fills_its_page_and_names_nobody(desk, someone, program):
    code = desk.prepare(title="Essai", place="Aubrelle", groups="1")
    phone = someone()
    phone.join(code, name="Zébulon")
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "place-action", group=1, action="orienter", fs=90, cn=0)
    phone.act(code, "post-initiative", group=1, action="orienter", text="Mots de Zébulon")
    desk.act(code, "record-decision", what="Une affiche commune", who="Philomène", due_on="2026-12-24")
    someone().post(f"/animer/{code}/page", {}, 403)
    home = desk.post(f"/animer/{code}/page", {}).headers["Location"].partition("/modifier")[0]
    page = desk.page(f"{home}/modifier")
    kept = json.dumps(
        dict(program.app.extensions["atelier"].library.get(Kind.PAGE, home.rpartition("/")[2]).body)
    )
    assert "Une affiche commune" in kept
    assert [
        word for word in ("Zébulon", "Philomène", "Mots de") if word in json.loads(json.dumps(kept))
    ] == []
    chosen = [each.find("option", selected=True)["value"] for each in page.select("select[name$=-who]")]
    assert chosen.count("fs") == 1
    assert chosen.count("") == len(chosen) - 1
    desk.act(code, "close-workshop")
    desk.post(f"/animer/{code}/effacer", {"code": code}, 200)
    desk.get(f"{home}/modifier")


@pytest.mark.slow
def test_the_page_in_one_file_asks_for_nothing(owner):
    with_places(owner)
    owner.send("/logos", "logo", "logo.png", png(), words="Mairie d’Aubrelle")
    answer = owner.browser.post(f"{owner.home}/documents", {"what": "html", "paper": "a4"}, 200)
    assert (
        answer.headers["Content-Disposition"]
        == 'attachment; filename="Pays-d-Aubrelle_qui-fait-quoi_page.html"'
    )
    page = BeautifulSoup(answer.text, "lxml")
    assert len(page.select(".directory__place")) == 4
    assert [each["src"][:22] for each in page.select("img")] == ["data:image/png;base64,"]
    assert not page.select("link[rel=stylesheet], script[src], iframe")
    assert page.select("[data-directory-search][hidden]"), "nothing to submit to; its script shows it"
    owner.browser.post(f"{owner.home}/documents", {"what": "autre"}, 400)


@pytest.mark.parametrize(
    ("address", "gone"), [("/qui-fait-quoi", "/qui-fait-quoi/ABCDEFGHJK"), ("/journee", "/j/ABCDEF")]
)
def test_what_the_disk_refuses_is_said_and_so_is_a_damaged_library(own_program, monkeypatch, address, gone):
    browser = Browser(own_program.app)
    browser.get(address)

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(FileEngine, "transaction", full)
        assert "disque" in browser.post(address, {"title": "Qui fait quoi ?"}, 503).text
    (own_program.storage.config.sessions / NAME).write_bytes(b"no database" * 100)
    assert "abîmé" in browser.client.get(gone, base_url=BASE).text
    assert browser.prepare()
