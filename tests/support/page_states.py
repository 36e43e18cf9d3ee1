"""Every page and state that somebody may meet, by the template that draws it: what each must be is tested over all."""

import io
import re
from collections.abc import Callable
from typing import NamedTuple

from atelier.doctrines.toml_file import written
from atelier.domain.values import Phase, Scene
from atelier.web.render.assets import TEMPLATES
from atelier.web.routes.preparation import packed
from tests.support.doctrines import INVENTED
from tests.support.sequels import PREVIOUS
from tests.support.visitors import Browser

Someone = Callable[[], Browser]


class State(NamedTuple):
    """A page as somebody gets it: `html(desk, someone, code)`, the desk's workshop being in its welcome."""

    template: str
    html: Callable[[Browser, Someone, str], str]


def whole_pages() -> set[str]:
    """Return the templates that are pages of their own."""
    found = [*TEMPLATES.glob("pages/*.html"), *TEMPLATES.glob("errors/*.html")]
    return {path.relative_to(TEMPLATES).as_posix() for path in found}


def _wrong_file(desk: Browser, someone: Someone, code: str) -> str:
    desk.get("/fiches")
    file = io.BytesIO(written(INVENTED).replace("#1d6b3a", "vert").encode())
    return desk.post("/fiches/fichier", {"file": (file, "fiche.toml")}, 422).text


def seated(someone: Someone, code: str) -> Browser:
    phone = someone()
    phone.join(code, "fs", 1, "Nadia")
    return phone


def _rapporteur(desk: Browser, someone: Someone, code: str) -> str:
    phone = seated(someone, code)
    named = desk.page(f"/animer/{code}").select_one("button[form=desk-rapporteur-1][value]:not([value=''])")[
        "value"
    ]
    desk.act(code, "name-rapporteur", group=1, participant=named)
    page = phone.get(f"/a/{code}/photos").text
    desk.act(code, "name-rapporteur", group=1, participant="")
    return page


def _closed_entrance(desk: Browser, someone: Someone, code: str) -> str:
    desk.act(code, "set-entrance", entrance="closed")
    page = someone().get(f"/r/{code}").text
    desk.act(code, "set-entrance", entrance="paced")
    return page


def _refused(desk: Browser, someone: Someone, code: str) -> str:
    data = {
        "command": "post-initiative",
        "op": "operation-refused-1",
        "group": "1",
        "action": "orienter",
        "text": "x",
    }
    return seated(someone, code).post(f"/a/{code}/actes", data, status=409).text


def _leaving(desk: Browser, someone: Someone, code: str) -> str:
    other = desk.prepare(title="Quitter")
    seated(someone, other)
    desk.act(other, "open-phase", phase="articulations", sure=1)
    data = {
        "command": "open-phase", "op": "operation-leaving-1", "phase": "report-back", "sure": "0",
        "from_phase": "articulations", "back": f"/animer/{other}",
    }  # fmt: skip
    return desk.post(f"/a/{other}/actes".replace("/a/", "/animer/"), data, status=409).text


def _erased(desk: Browser, someone: Someone, code: str) -> str:
    other = desk.prepare(title="Effacer")
    desk.act(other, "close-workshop")
    return desk.post(f"/animer/{other}/effacer", {"code": other}, 200).text


def _own_sheet(desk: Browser, someone: Someone, code: str) -> str:
    other = desk.prepare(title="Garder")
    phone = seated(someone, other)
    desk.act(other, "close-workshop")
    return phone.get(f"/a/{other}/fiche").text


def _link(desk: Browser, someone: Someone, code: str) -> str:
    made = desk.post(f"/animer/{code}/cles", {"holder": "wall", "op": "operation-link-0001", "name": ""})
    return desk.get(made.headers["Location"]).text


def _no_cookie(desk: Browser, someone: Someone, code: str) -> str:
    phone = someone()
    data = {"command": "join", "op": "operation-cookie-1", "trade": "fs", "group": "1"}
    return phone.post(f"/a/{code}/actes", data, status=403).text


def _remits(desk: Browser, phone: Browser, code: str) -> None:
    desk.act(code, "open-phase", phase="remits")
    phone.act(code, "add-mission", group=1, side="fs", text="Tenir l’accueil")


def _articulations(desk: Browser, phone: Browser, code: str) -> None:
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "place-action", group=1, action="orienter", fs=75, cn=25)
    phone.act(code, "post-initiative", group=1, action="orienter", text="Un accueil commun")
    phone.act(code, "add-action", group=1, label="Former les élus")
    desk.act(code, "announce", text="Pause de dix minutes")


def _report_back(desk: Browser, phone: Browser, code: str) -> None:
    desk.act(code, "open-phase", phase="report-back", sure=1)
    desk.act(code, "present-group", group=1)


def _synthesis(desk: Browser, phone: Browser, code: str) -> None:
    desk.act(code, "open-phase", phase="synthesis", sure=1)
    desk.act(code, "record-decision", what="Une permanence commune", who="Nadia", due="en janvier")


WORK = {
    Phase.REMITS: _remits, Phase.ARTICULATIONS: _articulations, Phase.REPORT_BACK: _report_back,
    Phase.SYNTHESIS: _synthesis,
}  # fmt: skip


def _at_work(desk: Browser, someone: Someone, phase: str) -> tuple[str, Browser]:
    """Return a workshop that is at `phase`, with something of everything, and a phone in it."""
    code = desk.prepare(title="Au travail")
    phone = seated(someone, code)
    for each, works in WORK.items():
        works(desk, phone, code)
        if each.value == phase:
            break
    return code, phone


def voting(desk: Browser, someone: Someone, how_far: int) -> tuple[str, Browser]:
    """Return a workshop in which a vote is open; closed (1), revealed (2)."""
    code, phone = _at_work(desk, someone, "report-back")
    vote = "operation-open-vote"
    desk.act(code, "open-vote", op=vote, each=3)
    initiative = re.findall(r'name="initiative" value="([^"]+)"', phone.get(f"/a/{code}/gommettes").text)[0]
    phone.act(code, "place-dots", vote=vote, initiative=initiative)
    for command in ("close-vote", "reveal-vote")[:how_far]:
        desk.act(code, command, vote=vote)
    return code, phone


def _ballot(how_far: int) -> Callable[[Browser, Someone, str], str]:
    def html(desk: Browser, someone: Someone, _code: str) -> str:
        code, phone = voting(desk, someone, how_far)
        return phone.get(f"/a/{code}/gommettes").text

    return html


def _desk_voting(desk: Browser, someone: Someone, _code: str) -> str:
    return desk.get(f"/animer/{voting(desk, someone, 2)[0]}").text


def _answering(desk: Browser, someone: Someone, _code: str) -> str:
    code = desk.prepare(title="Répondre")
    phone = seated(someone, code)
    desk.act(code, "set-answers-first", on=1)
    desk.act(code, "open-phase", phase="articulations")
    phone.act(code, "give-answer", group=1, action="orienter", fs=75)
    return phone.get(f"/a/{code}").text


def _phone(phase: str) -> Callable[[Browser, Someone, str], str]:
    def html(desk: Browser, someone: Someone, _code: str) -> str:
        code, phone = _at_work(desk, someone, phase)
        return phone.get(f"/a/{code}").text

    return html


def _desk(phase: str) -> Callable[[Browser, Someone, str], str]:
    return lambda desk, someone, code: desk.get(f"/animer/{_at_work(desk, someone, phase)[0]}").text


def _kept_results(desk: Browser, someone: Someone, code: str) -> str:
    other = desk.prepare(title="Garder sans nom")
    desk.act(other, "record-decision", what="Une permanence commune", who="Nadia")
    desk.act(other, "close-workshop")
    return desk.get(desk.post(f"/animer/{other}/garder", {"decisions": "1"}).headers["Location"]).text


def _following(desk: Browser) -> str:
    return desk.prepare(title="La suite", previous=packed(PREVIOUS))


def _following_phone(desk: Browser, someone: Someone, code: str) -> str:
    other = _following(desk)
    phone = seated(someone, other)
    desk.act(other, "open-phase", phase="articulations")
    phone.act(other, "place-action", group=1, action="aller-vers", fs=75, cn=25)
    return phone.get(f"/a/{other}").text


def _wall(scene: str) -> Callable[[Browser, Someone, str], str]:
    """The wall with that scene, of group 1 and of the action that it placed."""

    def html(desk: Browser, someone: Someone, _code: str) -> str:
        if scene == Scene.VOTE.value:
            code, _phone_of_it = voting(desk, someone, 2)
        elif scene == Scene.FOLLOW_UP.value:
            code = _following(desk)
        else:
            code, _phone_of_it = _at_work(desk, someone, "synthesis")
        desk.act(code, "show-on-wall", scene=scene, group=1, action="orienter")
        return desk.get(f"/ecran/{code}").text

    return html


def _closed(desk: Browser, someone: Someone, code: str) -> str:
    code, phone = _at_work(desk, someone, "synthesis")
    desk.act(code, "close-workshop")
    return phone.get(f"/a/{code}").text


def _day(desk: Browser, path: str = "/journee/{}", **choices: str) -> str:
    """Return a page of a day of two rooms, the first with its workshop."""
    fields = {"title": "Journée", "place": "Épinal"}
    for n, room in enumerate(("Salle A", "Salle B"), start=1):
        told = {"id": "", "starts": "00:00", "ends": "23:59", "room": room, "title": "Qui fait quoi"}
        fields |= {f"slot-{n}-{part}": value for part, value in told.items()}
    code = desk.post("/journee", fields).headers["Location"].split("/")[2]
    slot = desk.page(f"/journee/{code}/programme").select_one("input[name=slot-1-id]")["value"]
    desk.post(f"/journee/{code}/creer", {"slot": str(slot)})
    if choices:
        desk.post(f"/journee/{code}/ecran", choices)
    return desk.get(path.format(code)).text


def _no_day(desk: Browser, someone: Someone, code: str) -> str:
    address = desk.post("/journee", {"title": "Journée"}).headers["Location"]
    return someone().get(address, 403).text


def _directory(desk: Browser, code: str) -> str:
    """Return the address of a published page with a place, made from the workshop."""
    home = desk.post(f"/animer/{code}/page", {}).headers["Location"].partition("/modifier")[0]
    place = {
        "name": "Maison commune",
        "commune": "Aubrelle",
        "phone": "03 99 00 00 01",
        "hours": "Mo-Fr 09:00-12:00",
    }
    desk.post(f"{home}/lieu", place | {"id": "", "act": "lieu"})
    desk.post(f"{home}/etat", {"act": "publie"})
    return home


STATES = {
    "home": State("pages/home.html", lambda desk, someone, code: desk.get("/").text),
    "home of a stranger": State("pages/home.html", lambda desk, someone, code: someone().get("/").text),
    "prepare": State("pages/prepare.html", lambda desk, someone, code: desk.get("/preparer").text),
    "prepare, wrong": State(
        "pages/prepare.html",
        lambda desk, someone, code: desk.post("/preparer", {"groups": "99", "title": "x" * 130}, 422).text,
    ),
    "prepare, following": State(
        "pages/prepare.html", lambda desk, someone, code: desk.get(f"/preparer?suite={code}").text
    ),
    "phone, following": State("pages/phone.html", _following_phone),
    "desk, following": State(
        "pages/desk.html", lambda desk, someone, code: desk.get(f"/animer/{_following(desk)}").text
    ),
    "sheets": State("pages/sheets.html", lambda desk, someone, code: desk.get("/fiches").text),
    "sheets, wrong file": State("pages/sheets.html", _wrong_file),
    "sheet, new": State("pages/sheet.html", lambda desk, someone, code: desk.get("/fiches/nouvelle").text),
    "sheet, kept": State(
        "pages/sheet.html", lambda desk, someone, code: desk.get(f"/fiches/{desk.bring(INVENTED)}").text
    ),
    "sheet, wrong": State(
        "pages/sheet.html",
        lambda desk, someone, code: desk.post("/fiches/nouvelle", {"title": "x"}, 422).text,
    ),
    "settings": State(
        "pages/prepare.html", lambda desk, someone, code: desk.get(f"/animer/{code}/reglages").text
    ),
    "texts": State("pages/texts.html", lambda desk, someone, code: desk.get(f"/animer/{code}/textes").text),
    "paper sheet": State(
        "pages/transcription.html", lambda desk, someone, code: desk.get(f"/animer/{code}/saisie/1").text
    ),
    "paper sheet, wrong": State(
        "pages/transcription.html",
        lambda desk, someone, code: desk.post(f"/animer/{code}/saisie/1", {"fs.orienter": "9"}, 422).text,
    ),
    "paper sheet, rapporteur": State("pages/photos.html", _rapporteur),
    "ready": State("pages/ready.html", lambda desk, someone, code: desk.get(f"/animer/{code}/pret").text),
    "door": State("pages/door.html", lambda desk, someone, code: someone().get(f"/r/{code}").text),
    "door, table": State(
        "pages/door.html", lambda desk, someone, code: someone().get(f"/r/{code}?metier=fs").text
    ),
    "door, closed": State("pages/door.html", _closed_entrance),
    "door, changing": State(
        "pages/door.html", lambda desk, someone, code: seated(someone, code).get(f"/r/{code}?changer=1").text
    ),
    "wrong return code": State(
        "pages/door.html",
        lambda desk, someone, code: (
            _at_the_door(someone, code).post(f"/r/{code}/retour", {"retour": "A"}, 422).text
        ),
    ),
    "phone": State(
        "pages/phone.html", lambda desk, someone, code: seated(someone, code).get(f"/a/{code}").text
    ),
    "phone of a scribe": State(
        "pages/phone.html", lambda desk, someone, code: desk.get(f"/a/{code}?groupe=2").text
    ),
    "desk": State("pages/desk.html", lambda desk, someone, code: desk.get(f"/animer/{code}").text),
    "wall": State("pages/wall.html", lambda desk, someone, code: desk.get(f"/ecran/{code}").text),
    **{f"phone, {phase.value}": State("pages/phone.html", _phone(phase.value)) for phase in WORK},
    "phone, closed": State("pages/phone.html", _closed),
    **{f"desk, {phase.value}": State("pages/desk.html", _desk(phase.value)) for phase in WORK},
    "phone, answering first": State("pages/phone.html", _answering),
    "desk, vote revealed": State("pages/desk.html", _desk_voting),
    **{f"wall, {scene.value}": State("pages/wall.html", _wall(scene.value)) for scene in Scene},
    "accessibility": State(
        "pages/accessibility.html", lambda desk, someone, code: desk.get("/accessibilite").text
    ),
    "personal data": State(
        "pages/personal_data.html", lambda desk, someone, code: desk.get("/donnees-personnelles").text
    ),
    "link": State("pages/link.html", _link),
    "own sheet": State("pages/own_sheet.html", _own_sheet),
    **{
        f"vote, {told}": State("pages/vote.html", _ballot(how_far))
        for how_far, told in enumerate(("open", "closed", "revealed"))
    },
    "no vote": State(
        "pages/vote.html", lambda desk, someone, code: seated(someone, code).get(f"/a/{code}/gommettes").text
    ),
    "no results": State(
        "errors/no_results.html", lambda desk, someone, code: someone().get(f"/resultats/{code}", 403).text
    ),
    "legal notice": State("pages/legal.html", lambda desk, someone, code: desk.get("/mentions-legales").text),
    "easy to read": State("pages/easy.html", lambda desk, someone, code: desk.get("/facile-a-lire").text),
    "sheet in words": State(
        "pages/sheet_words.html",
        lambda desk, someone, code: seated(someone, code).get(f"/a/{code}/texte").text,
    ),
    "kept results": State("pages/kept_results.html", _kept_results),
    "definitions": State(
        "pages/definitions.html", lambda desk, someone, code: desk.get(f"/a/{code}/mots").text
    ),
    "wall in words": State(
        "pages/wall_words.html",
        lambda desk, someone, code: seated(someone, code).get(f"/ecran/{code}/texte").text,
    ),
    "gathering at a table": State(
        "pages/gather.html",
        lambda desk, someone, code: seated(someone, code).get(f"/a/{code}/regrouper").text,
    ),
    "gathering for all": State(
        "pages/gather.html", lambda desk, someone, code: desk.get(f"/animer/{code}/regrouper").text
    ),
    "day": State("pages/day.html", lambda desk, someone, code: _day(desk)),
    "day, new": State("pages/day_form.html", lambda desk, someone, code: desk.get("/journee").text),
    "day, wrong": State(
        "pages/day_form.html",
        lambda desk, someone, code: desk.post("/journee", {"title": "", "slot-1-starts": "9"}, 422).text,
    ),
    "programme": State("pages/programme.html", lambda desk, someone, code: _day(desk, "/j/{}")),
    "day, synthesis": State(
        "pages/day_synthesis.html", lambda desk, someone, code: _day(desk, "/journee/{}/synthese")
    ),
    "wall of a day": State(
        "pages/day_wall.html", lambda desk, someone, code: _day(desk, "/journee/{}/ecran")
    ),
    "wall of a day, synthesis": State(
        "pages/day_wall.html", lambda desk, someone, code: _day(desk, "/journee/{}/ecran", shows="synthesis")
    ),
    "no day": State("errors/no_day.html", _no_day),
    "leaving early": State("pages/leaving.html", _leaving),
    "erased": State("pages/erased.html", _erased),
    "page of a territory, new": State(
        "pages/directory_new.html", lambda desk, someone, code: desk.get("/qui-fait-quoi").text
    ),
    "page of a territory, edited": State(
        "pages/directory_edit.html",
        lambda desk, someone, code: desk.get(f"{_directory(desk, code)}/modifier").text,
    ),
    "page of a territory, a place": State(
        "pages/directory_place.html",
        lambda desk, someone, code: desk.get(f"{_directory(desk, code)}/lieu").text,
    ),
    "page of a territory": State(
        "pages/directory.html", lambda desk, someone, code: someone().get(_directory(desk, code)).text
    ),
    "page of a territory, no key": State(
        "pages/directory_no_key.html",
        lambda desk, someone, code: someone().get(f"{_directory(desk, code)}/modifier", 403).text,
    ),
    "not found": State("errors/error.html", lambda desk, someone, code: desk.get("/rien", 404).text),
    "unknown code": State("errors/error.html", lambda desk, someone, code: desk.get("/r/ZZZZZZ", 404).text),
    "reserved": State(
        "errors/no_key.html", lambda desk, someone, code: someone().get(f"/animer/{code}", 403).text
    ),
    "refused": State("errors/refusal.html", _refused),
    "no cookie": State("errors/no_cookie.html", _no_cookie),
}
UNSEEN = {
    "pages/link_part.html": "no page: what a panel of the desk shows of pages/link.html",
    "errors/wait.html": "a crowd at the door: tests/browser/test_entrance.py runs axe there",
}


def _at_the_door(someone: Someone, code: str) -> Browser:
    stranger = someone()
    stranger.get(f"/r/{code}")
    return stranger
