"""A day: who may do what, what it holds of its rooms, what it says of them, its end."""

import gzip
import io
import zipfile

import docx
import pytest

from atelier.library.items import Kind
from atelier.limits import DAY_KEPT_S
from tests.support.days import ROOMS, DayOwner, rows, work
from tests.support.visitors import BASE


@pytest.fixture
def owner(program):
    return DayOwner(program.app)


@pytest.fixture
def day(owner):
    return owner.make(ROOMS, date="2026-12-03", place="Épinal")


@pytest.fixture
def room(owner, day):
    """The workshop of the first room, made from the day's page."""
    return owner.give_new(owner.slots()[0])


def held(program, code):
    return next(each for each in program.storage.library.items(Kind.DAY) if each.body["code"] == code)


def link_of(desk, code):
    """The facilitator's link as the desk shows it."""
    return desk.page(f"/animer/{code}/pret").find(id="lien-ici")["value"]


def test_everyone_finds_their_room_by_the_code_of_the_day(owner, day, room, someone):
    phone = someone()
    assert phone.get(f"/rejoindre?code={day.lower()}", status=303).headers["Location"] == f"/j/{day}"
    shown = phone.page(f"/j/{day}")
    assert [each.get_text(" ", strip=True) for each in shown.select(".slot__what")] == [
        "Salle A Le nord",
        "Salle B Le sud",
    ]
    assert [each["href"] for each in shown.select(".slot a")] == [f"/r/{room}"]
    assert "Au choix" in shown.get_text()
    phone.get("/j/ZZZZZZ", status=404)


def test_the_programme_is_a_calendar_in_the_hours_of_its_territory(owner, someone):
    code = owner.make([("09:30", "12:00", "Salle, A", "Ouverture")], date="2026-12-03", territory_code="974")
    text = someone().get(f"/j/{code}/programme.ics").text
    assert "DTSTART:20261203T053000Z" in text
    assert "DTEND:20261203T080000Z" in text
    assert "LOCATION:Salle\\, A" in text
    assert text.endswith("END:VCALENDAR\r\n")


def test_a_stranger_reads_the_programme_and_nothing_else(day, someone):
    stranger = someone()
    stranger.get(f"/j/{day}")
    for path in ("", "/programme", "/synthese", "/ecran"):
        stranger.get(f"/journee/{day}{path}", status=403)
    stranger.get(f"/j/{day}/synthese", status=403)
    for path in ("ecran", "creer", "relier", "retirer", "lien", "terminer", "programme"):
        stranger.post(f"/journee/{day}/{path}", {}, status=403)
    stranger.get(f"/journee/{day}?cle=wrong-key-wrong-key", status=403)


def test_the_owners_link_opens_the_day_elsewhere_until_it_is_made_anew(owner, day, program):
    link = owner.page(f"/journee/{day}").find(id="own-link")["value"]
    other = DayOwner(program.app)
    path = "/" + link.split("/", 3)[3]
    other.get(path, status=303)
    other.get(f"/journee/{day}")
    owner.post(f"/journee/{day}/lien", {})
    other.get(f"/journee/{day}", status=403)
    owner.get(f"/journee/{day}")


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(owner, day):
    wrong = {"title": "x" * 130, "date": "hier"} | rows([("12:00", "09:00", "", "")])
    page = owner.post("/journee", wrong, status=422).text
    assert all(f'id="{name}-error"' in page for name in ("title", "date", "slot-1-ends", "slot-1-title"))
    assert "x" * 130 in page


def test_a_programme_that_changed_meanwhile_is_not_overwritten(owner, day, program):
    fields = {"title": "Autre titre", "revision": "1"} | rows(ROOMS)
    owner.post(f"/journee/{day}/programme", fields)
    page = owner.post(f"/journee/{day}/programme", fields | {"title": "Encore un autre"}, status=409).text
    assert "Encore un autre" in page
    assert held(program, day).body["title"] == "Autre titre"


@pytest.mark.slow
def test_a_room_joins_by_its_facilitators_link_which_the_day_does_not_keep(
    owner, day, desk, code, program, someone
):
    slot, link = owner.slots()[1], link_of(desk, code)
    for wrong in (code, link[:-3] + "xyz", "n’importe quoi"):
        assert (
            "lien d’animation"
            in owner.post(f"/journee/{day}/relier", {"slot": slot, "link": wrong}, status=422).text
        )
    owner.post(f"/journee/{day}/relier", {"slot": slot, "link": link})
    assert link.split("=")[1] not in str(held(program, day).body)
    assert "Journée" in desk.page(f"/animer/{code}").find(id="desk-links").get_text()
    owner.get(f"/animer/{code}", status=403)
    assert f"/r/{code}" in someone().get(f"/j/{day}").text


def test_the_facilitator_ends_what_the_day_may_read(owner, day, desk, code, program):
    owner.post(f"/journee/{day}/relier", {"slot": owner.slots()[0], "link": link_of(desk, code)})
    work(desk, DayOwner(program.app), code)
    assert "Une affiche commune" not in owner.get(f"/journee/{day}/synthese").text
    key = held(program, day).body["slots"][0]["key"]
    desk.act(code, "revoke-key", key=key)
    assert "a quitté la journée" in owner.get(f"/journee/{day}").text


def test_the_synthesis_has_the_words_of_all_rooms_and_no_name(owner, day, room, desk, code, program, someone):
    owner.post(f"/journee/{day}/relier", {"slot": owner.slots()[1], "link": link_of(desk, code)})
    phones = [someone(), someone()]
    work(owner, phones[0], room, fs=75, cn=75)
    work(desk, phones[1], code, fs=75, cn=75, text="Un accueil partagé")
    for _phone, workshop in zip(phones, (room, code), strict=True):
        other = someone()
        other.join(workshop, trade="cn")
        initiative = next(iter(program.service.read(workshop).state.group(1).lines["orienter"].initiatives))
        other.act(workshop, "support-initiative", group=1, initiative=initiative)
    program.app.extensions["atelier"].days.forget(day)
    page = owner.page(f"/journee/{day}/synthese")
    said = " ".join(page.get_text(" ").split())
    assert "6 groupes" in said
    assert "2 salles" in said
    assert "Une affiche commune" in said
    assert "Un accueil partagé" in said
    assert "Zébulon" not in said
    orienter = next(each for each in page.select(".together") if "Orienter" in each.h2.get_text())
    assert "2 régulièrement" in orienter.get_text(" ", strip=True)
    assert orienter.select_one(".verdict-word").get_text() == "Trop peu de réponses"
    owner.post(f"/journee/{day}/ecran", {"shared": "1"})
    assert "Un accueil partagé" in someone().get(f"/j/{day}/synthese").text
    owner.post(f"/journee/{day}/ecran", {"shows": "synthesis"})
    assert "Trop peu de réponses" in owner.get(f"/journee/{day}/ecran").text


def test_a_room_that_hides_its_arms_or_covers_its_wall_is_not_read_yet(owner, day, room, someone, program):
    work(owner, someone(), room)
    days = program.app.extensions["atelier"].days

    def waits():
        days.forget(day)
        return "Aucune salle ne peut encore" in owner.get(f"/journee/{day}/synthese").text

    assert not waits()
    for command, fields in (("set-arms-discreet", {"on": 1}), ("set-wall-covered", {"on": 1})):
        owner.act(room, command, **fields)
        assert waits()
        owner.act(room, command, **(fields | {"on": 0}))
        assert not waits()


def test_an_erased_room_is_said_to_be_gone_and_nothing_of_it_stays(owner, day, desk, program, someone):
    code = desk.prepare(title="Titre à effacer", place="Lieu à effacer")
    owner.post(f"/journee/{day}/relier", {"slot": owner.slots()[0], "link": link_of(desk, code)})
    work(desk, someone(), code, text="Texte à effacer")
    owner.get(f"/journee/{day}/synthese")
    desk.act(code, "close-workshop")
    desk.post(f"/animer/{code}/effacer", {"code": code}, 200)
    page = owner.get(f"/journee/{day}").text
    assert "n’existe plus" in page
    for path in (f"/journee/{day}", f"/journee/{day}/synthese", f"/journee/{day}/ecran", f"/j/{day}"):
        assert "à effacer" not in owner.get(path).text
    assert "à effacer" not in str(held(program, day).body)


def test_a_day_that_ends_leaves_nothing_but_its_workshops(owner, day, room, program, someone):
    owner.post(f"/journee/{day}/terminer", {"code": "AAAAAA"}, status=422)
    owner.post(f"/journee/{day}/terminer", {"code": day}, status=200)
    assert [each for each in program.storage.library.items(Kind.DAY) if each.body["code"] == day] == []
    for path in (f"/journee/{day}", f"/j/{day}"):
        owner.get(path, status=404)
    someone().get(f"/r/{room}")


def test_a_page_with_the_owners_link_is_not_compressed(owner, day):
    for path in (f"/journee/{day}", f"/journee/{day}/programme"):
        answer = owner.client.get(path, base_url=BASE, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers
    wrong = owner.client.post(
        f"/journee/{day}/relier",
        data={"slot": owner.slots()[0], "link": "x"},
        base_url=BASE,
        headers={"Accept-Encoding": "gzip", "Origin": BASE},
    )
    assert "own-link" in wrong.text


def test_rooms_are_read_once_for_all_who_ask(owner, day, room, someone, program, monkeypatch):
    owner.post(f"/journee/{day}/ecran", {"shared": "1"})
    looked, look = [], program.service.look

    def noted(code):
        looked.append(code)
        return look(code)

    monkeypatch.setattr(program.service, "look", noted)
    program.app.extensions["atelier"].days.forget(day)
    phones = [someone() for _ in range(5)]
    page = phones[0].page(f"/j/{day}/synthese")
    mark = page.find(id="contenu")["data-mark"]
    for phone in phones:
        phone.get(f"/j/{day}/synthese?marque={mark}", status=204)
    packed = phones[0].client.get(f"/j/{day}/synthese", base_url=BASE, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data).decode() == phones[0].get(f"/j/{day}/synthese").text
    assert looked == [room]


def test_a_thirteenth_room_is_refused_with_a_sentence(owner, program, monkeypatch):
    monkeypatch.setattr("atelier.domain.limits.DAY_ROOMS", 1)
    code = owner.make(ROOMS)
    owner.give_new(owner.slots()[0])
    assert "au plus" in owner.post(f"/journee/{code}/creer", {"slot": owner.slots()[1]}, status=422).text


def documents_of(owner, day, what, paper="a4"):
    return owner.post(f"/journee/{day}/documents", {"what": what, "paper": paper}, status=200).data


def test_a_synthesis_without_any_room_to_read_is_not_made(owner, day):
    page = owner.post(f"/journee/{day}/documents", {"what": "synthese"}, status=422).text
    assert "Aucune salle ne peut encore" in page


@pytest.mark.slow
def test_all_documents_of_all_rooms_are_without_names_and_none_stays(owner, day, room, someone, program):
    work(owner, someone(), room)
    owner.act(room, "record-decision", what="Se revoir", who="Philomène")
    archive = zipfile.ZipFile(io.BytesIO(documents_of(owner, day, "tout")))
    names = archive.namelist()
    assert {name.split("/")[1] for name in names if name.startswith("01-Salle-A/")} >= {
        "fiches.pdf", "compte-rendu.docx", "resultats.html", "tableaux.xlsx", "donnees-ouvertes.zip",
    }  # fmt: skip
    assert {"affiche-a4.pdf", "affiche-a3.pdf", "programme.ics", "synthese.docx", "synthese.md"} <= set(names)
    assert "LISEZ-MOI.txt" not in names
    minutes = docx.Document(io.BytesIO(archive.read("01-Salle-A/compte-rendu.docx")))
    cells = [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]
    said = archive.read("synthese.md").decode() + "".join(cells)
    assert "Se revoir" in said
    assert "Une affiche commune" in said
    told = archive.read("01-Salle-A/resultats.html").decode() + said
    assert not [name for name in ("Philomène", "Zébulon") if name in told]
    assert not list(program.storage.config.exports.glob(f"*{day}*"))


def test_what_was_read_of_a_day_is_let_go_once_it_is_old(owner, day, room, program):
    days = program.app.extensions["atelier"].days
    owner.get(f"/j/{day}")
    assert day in days._held
    was = days.clock
    days.clock = lambda: was() + DAY_KEPT_S
    owner.get("/j/ZZZZZZ", status=404)
    days.clock = was
    assert day not in days._held
