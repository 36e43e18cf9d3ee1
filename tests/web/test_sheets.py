"""Doctrines kept on the server: copied, changed, prepared with, handed on as a file, ended by their owner."""

import io

import pytest

from atelier.doctrines.loading import doctrine_of, load
from atelier.doctrines.toml_file import read, written
from atelier.domain import limits
from atelier.library.items import Kind, UnknownItem
from atelier.limits import SHEET_FILE_BYTES
from atelier.web.http import sentences
from tests.support.doctrines import INVENTED


def form_of(desk, path):
    """Return what the form on a page would send."""
    form = desk.page(path).select_one("form.prepare__form")
    sent = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        sent[field["name"]] = field.text.lstrip("\n") if field.name == "textarea" else field.get("value", "")
    return sent


def kept(desk, **changes):
    """Copy our first doctrine by the form, with `changes`; return its id."""
    form = form_of(desk, "/fiches/nouvelle") | {
        name.replace("__", "-"): value for name, value in changes.items()
    }
    return desk.post("/fiches/nouvelle", form).headers["Location"].split("?")[0].split("/")[2]


def bring(desk, content, status=303):
    desk.get("/fiches")
    return desk.post("/fiches/fichier", {"file": (io.BytesIO(content), "fiche.toml")}, status)


def test_a_copy_that_nobody_changed_says_what_ours_says(desk):
    copied = read(desk.get(f"/fiches/{kept(desk)}/fiche.toml").text)
    ours = load("articulation")
    assert copied.actions == ours.actions
    assert (copied.agenda, copied.missions, copied.landmarks) == (ours.agenda, ours.missions, ours.landmarks)
    assert copied.slug != ours.slug


def test_a_workshop_is_prepared_with_what_was_changed_and_keeps_it(desk, program):
    ident = kept(
        desk, title="Deux guichets", fs__name="Mission locale", fs__short="ML", scale__1="pas du tout",
        fs__colour="#7a1f5c", **{"action-1-short": "Aller à la rencontre", "action-10-label": "", "action-10-short": "",
        "action-10-examples": "", "action-11-label": "Je relis un CV"},
    )  # fmt: skip
    made = desk.post(f"/preparer?fiche={ident}", {}).headers["Location"].split("/")[2]
    doctrine = doctrine_of(program.service.read(made).state.prepared)
    assert (doctrine.title, doctrine.fs.name, doctrine.scale[0]) == (
        "Deux guichets",
        "Mission locale",
        "pas du tout",
    )
    assert [action.told for action in doctrine.actions][::9] == ["Aller à la rencontre", "Je relis un CV"]
    desk.post(f"/fiches/{ident}", form_of(desk, f"/fiches/{ident}") | {"title": "Trois guichets"})
    desk.post(f"/fiches/{ident}/retirer", {})
    with pytest.raises(UnknownItem):
        program.storage.library.get(Kind.DOCTRINE, ident)
    assert "Mission locale" in desk.get(f"/r/{made}").text
    copied = desk.post(f"/preparer?modele={made}", {}).headers["Location"].split("/")[2]
    assert doctrine_of(program.service.read(copied).state.prepared).title == "Deux guichets"


@pytest.mark.slow
@pytest.mark.parametrize(("field", "value", "words"), [
    ("fs-short", "S" * (limits.POLE_SHORT_CHARACTERS + 1), "trop long"),
    ("cn-colour", "#ffe680", "Essayez #"),
    ("cn-colour", "#1f4fa9", "trop proche"),
    ("cn-name", "France services", "déjà pris"),
    ("scale-3", "", "manque"),
    ("action-2-short", "Aller vers", "déjà pris"),
    ("articulations-say", "\n".join(f"Phrase {n}." for n in range(11)), "10 au plus"),
    ("remits-minutes", "beaucoup", "nombre entier"),
    ("free_lines", "99", "nombre entier"),
    ("missions-fs", "m" * 141, "trop long"),
    ("landmark-1-source", "", "manque"),
])  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_comes_back(desk, field, value, words):
    form = form_of(desk, "/fiches/nouvelle") | {field: value, "title": "Mon titre à moi"}
    answer = desk.post("/fiches/nouvelle", form, 422)
    told = {each["id"]: each.text for each in desk.soup(answer).select(".field__error")}
    assert words in told[f"{field}-error"], told
    assert "Mon titre à moi" in answer.text


def test_a_file_is_handed_on(desk, someone):
    other = someone()
    ident = other.bring(INVENTED)
    assert read(other.get(f"/fiches/{ident}/fiche.toml").text) == INVENTED
    form = form_of(other, f"/fiches/{ident}")
    other.post(f"/fiches/{ident}", form)
    assert read(other.get(f"/fiches/{ident}/fiche.toml").text).actions == INVENTED.actions


def test_a_file_that_is_wrong_says_where(desk):
    text = written(INVENTED).replace('"#1d6b3a"', '"vert"').replace('short = "Ranger"', "short = 3")
    page = bring(desk, text.encode(), 422).text
    colour = 1 + text[: text.index('"vert"')].count("\n")
    assert (
        f"Ligne {colour}, table [cn], «\u00a0colour\u00a0»\u00a0: une couleur s’écrit comme #1f4fa3." in page
    )
    assert "action 2, «\u00a0short\u00a0»\u00a0: un texte entre guillemets est attendu." in page


@pytest.mark.parametrize(("content", "told"), [
    (b"", sentences.SHEET_NO_FILE), (b"#" * (SHEET_FILE_BYTES + 1), sentences.SHEET_NO_FILE),
    (b"title = \xff", sentences.SHEET_NOT_TEXT), (b"title = 'a", "Ligne 1"), (b"[" * 5_000, "Ligne 1"),
    (b"\x00", "Ligne 1"), ("\ufefftitle = 3".encode(), "Ligne 1, «\u00a0title\u00a0»"),
])  # fmt: skip
def test_any_other_file_is_told_too(desk, content, told):
    assert told in bring(desk, content, 422).text


@pytest.mark.slow
def test_only_its_owner_has_it_and_the_link_can_be_replaced(desk, someone):
    ident, stranger = kept(desk), someone()
    for path in (f"/fiches/{ident}", f"/fiches/{ident}/fiche.toml", f"/preparer?fiche={ident}"):
        stranger.get(path, 403)
    stranger.post(f"/fiches/{ident}", {}, 403)
    link = desk.page(f"/fiches/{ident}").select_one("#owner-link")["value"].split("/", 3)[3]
    stranger.get(f"/{link[:-3]}xyz", 403)
    stranger.get(f"/{link}", 303)
    assert "Garder" not in stranger.get(f"/fiches/{ident}").text
    desk.post(f"/fiches/{ident}/lien", {})
    stranger.get(f"/fiches/{ident}", 403)
    desk.get(f"/fiches/{ident}")
    stranger.get("/fiches/ABCDEFGHJK", 404)
    assert "Les fiches" in stranger.get("/fiches").text


def test_two_windows_do_not_write_over_each_other(desk):
    ident = kept(desk)
    before = form_of(desk, f"/fiches/{ident}")
    desk.post(f"/fiches/{ident}", before | {"title": "Le premier"})
    answer = desk.post(f"/fiches/{ident}", before | {"title": "Le second"}, 409)
    assert sentences.SHEET_STALE in answer.text
    assert "Le second" in answer.text
    assert read(desk.get(f"/fiches/{ident}/fiche.toml").text).title == "Le premier"


def test_every_text_at_its_limit_fits_a_form_and_a_file(desk):
    form = form_of(desk, "/fiches/nouvelle")
    for n in range(11, limits.ACTIONS + 1):
        form |= {f"action-{n}-short": f"é{n}" * 9, f"action-{n}-label": f"é{n} " * 35}
    for n in range(1, limits.ACTIONS + 1):
        form[f"action-{n}-examples"] = "\n".join(f"{m}{'é' * 278}" for m in range(limits.EXAMPLES))
    form["free_lines"] = "0"
    ident = desk.post("/fiches/nouvelle", form).headers["Location"].split("?")[0].split("/")[2]
    assert len(read(desk.get(f"/fiches/{ident}/fiche.toml").text).actions) == limits.ACTIONS
