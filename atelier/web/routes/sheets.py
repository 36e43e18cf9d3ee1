"""`/fiches`: doctrines to prepare a workshop with: copied, changed, kept on this server, handed on as one file."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from atelier.doctrines.checking import FaultyDoctrine, doctrine_of_plain, plain_of
from atelier.doctrines.loading import load, slugs
from atelier.doctrines.shape import Fault
from atelier.doctrines.toml_file import read, written
from atelier.domain.doctrine import Doctrine
from atelier.domain.values import Phase, Side
from atelier.library.items import Kind, Stale, TooLarge
from atelier.limits import SHEET_FILE_BYTES, SHEET_FORM_BYTES
from atelier.web.http import identity, sentences
from atelier.web.http.context import context
from atelier.web.http.forms import UnknownField
from atelier.web.http.sheets import REMEMBERED, chosen, key_held, mine, owned, take_key
from atelier.web.render.templating import render, versioned
from atelier.web.routes.home import DOCTRINE, barred, create_key_right, create_key_wrong
from atelier.web.routes.posted import posted
from atelier.web.routes.sheet_faults import sentence, with_line
from atelier.web.routes.sheet_form import (
    BLANK_ACTIONS,
    BLANK_LANDMARKS,
    FIELDS,
    NUMBERED,
    field_of,
    fields_of,
    plain_from,
    rows_of,
)

sheets = Blueprint("sheets", __name__)
_TOLD = {
    "gardee": "La fiche est gardée sur ce serveur. Notez son lien, plus bas\u00a0: il la retrouve depuis un autre "
    "ordinateur.",
    "enregistree": "Enregistré. Les ateliers déjà préparés gardent la fiche d’avant.",
    "lien": "Le nouveau lien est plus bas. L’ancien ne vaut plus.",
    "retiree": "La fiche est effacée de ce serveur. Les ateliers préparés avec elle la gardent.",
}
"""What an act that succeeded says, by the name that its redirect carries."""


@sheets.get("/fiches")
def index() -> str:
    """The doctrines at hand: ours, those that this browser keeps, and a file to bring."""
    identity.greet()
    return _index()


@sheets.post("/fiches/fichier")
def bring() -> BaseResponse:
    """Keep the doctrine of a file, or say which of its lines are wrong."""
    request.max_content_length = request.max_form_memory_size = SHEET_FORM_BYTES
    posted("create_key")
    if refused := _refused(_index):
        return refused
    content = request.files["file"].read(SHEET_FILE_BYTES + 1) if "file" in request.files else b""
    try:
        text = content[:SHEET_FILE_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError:
        return Response(_index(message=sentences.SHEET_NOT_TEXT), 422)
    if len(content) > SHEET_FILE_BYTES or not text.strip():
        return Response(_index(message=sentences.SHEET_NO_FILE), 422)
    try:
        return _kept(read(text))
    except (OSError, TooLarge) as error:
        status, told = _not_kept(error)
        return Response(_index(message=told), status)
    except FaultyDoctrine as faulty:
        return Response(_index(message=sentences.SHEET_FAULTY, lines=_lines(text, faulty.faults)), 422)


@sheets.get("/fiches/nouvelle")
def new() -> BaseResponse:
    """The form of a copy of another doctrine."""
    identity.greet()
    why = barred()
    return Response(_form(_base(), message=why), 403 if why else 200)


@sheets.post("/fiches/nouvelle")
def create() -> BaseResponse:
    """Keep the doctrine that the form says."""
    request.max_content_length = request.max_form_memory_size = SHEET_FORM_BYTES
    base = _base()
    if refused := _refused(lambda why: _form(base, message=why, typed=request.form)):
        return refused
    return _typed(base, _kept)


@sheets.get("/fiches/<ident>")
def edit(ident: str) -> BaseResponse:
    """A doctrine to its owner; a link with a key becomes a cookie at once."""
    if key := request.args.get("cle", ""):
        right = take_key(ident, key)
        return redirect(f"/fiches/{ident}", 303) if right else Response(_index(sentences.SHEET_LINK), 403)
    item, doctrine = owned(ident)
    told = _TOLD.get(request.args.get("fait", ""), "")
    return Response(_form(doctrine, ident=ident, revision=item.revision, told=told))


@sheets.post("/fiches/<ident>")
def revise(ident: str) -> BaseResponse:
    """Keep the doctrine as the form says it now."""
    request.max_content_length = request.max_form_memory_size = SHEET_FORM_BYTES
    item, doctrine = owned(ident)

    def keep(made: Doctrine) -> BaseResponse:
        based_on = (
            int(request.form.get("revision", "0") or 0) if request.form.get("revision", "").isdecimal() else 0
        )
        library, now = context().library, context().service.now()
        library.revise(Kind.DOCTRINE, ident, _body(made), based_on=based_on, now=now)
        return redirect(f"/fiches/{ident}?fait=enregistree", 303)

    return _typed(doctrine, keep, ident=ident, revision=item.revision)


@sheets.get("/fiches/<ident>/fiche.toml")
def download(ident: str) -> BaseResponse:
    """The doctrine as one file, ours included."""
    doctrine = chosen(ident)
    disposition = f'attachment; filename="{doctrine.slug}.toml"'
    return Response(
        written(doctrine), mimetype="application/toml", headers={"Content-Disposition": disposition}
    )


@sheets.post("/fiches/<ident>/lien")
def renew(ident: str) -> BaseResponse:
    """Make the owner’s link anew: the former one opens nothing any more."""
    owned(ident)
    posted()
    identity.remember(REMEMBERED, ident, context().library.renew_key(Kind.DOCTRINE, ident))
    return redirect(f"/fiches/{ident}?fait=lien#lien", 303)


@sheets.post("/fiches/<ident>/retirer")
def end(ident: str) -> BaseResponse:
    """Erase a doctrine for good; workshops keep their copies."""
    owned(ident)
    posted()
    context().library.end(Kind.DOCTRINE, ident)
    identity.drop(REMEMBERED, ident)
    return redirect("/fiches?fait=retiree", 303)


def _base() -> Doctrine:
    return chosen(request.args.get("depuis", DOCTRINE))


def _refused(page: Callable[[str], str]) -> BaseResponse | None:
    """Return `page` with why nothing is kept for this browser; None when it is. Raises TooMany to those who guess."""
    if why := barred():
        return Response(page(why), 403)
    if not create_key_right():
        return create_key_wrong(page)
    if not identity.keeps_cookies():
        identity.greet()
        return Response(page(sentences.COOKIES_REFUSED), 403)
    return None


def _typed(base: Doctrine, keep: Callable[[Doctrine], BaseResponse], **shown: Any) -> BaseResponse:
    """Keep what the form says by `keep`, or give it back with what is wrong beside its fields."""
    form: Mapping[str, str] = request.form
    try:
        form = posted(*FIELDS, numbered=NUMBERED)
        return keep(doctrine_of_plain(plain_from(form, base)))
    except FaultyDoctrine as faulty:
        errors = {field_of(fault, form): sentence(fault) for fault in reversed(faulty.faults)}
        return Response(_form(base, typed=form, message=sentences.SHEET_WRONG, errors=errors, **shown), 422)
    except UnknownField:
        return Response(_form(base, typed=form, message=sentences.UNKNOWN_FIELD, **shown), 422)
    except Stale:
        return Response(_form(base, typed=form, message=sentences.SHEET_STALE, **shown), 409)
    except (OSError, TooLarge) as error:
        status, told = _not_kept(error)
        return Response(_form(base, typed=form, message=told, **shown), status)


def _not_kept(error: OSError | TooLarge) -> tuple[int, str]:
    full = isinstance(error, TooLarge)
    return (507, sentences.SHEETS_FULL) if full else (503, sentences.STORAGE_FAILED)


def _kept(doctrine: Doctrine) -> BaseResponse:
    item, key = context().library.create(Kind.DOCTRINE, _body(doctrine), now=context().service.now())
    identity.remember(REMEMBERED, item.id, key)
    return redirect(f"/fiches/{item.id}?fait=gardee", 303)


def _body(doctrine: Doctrine) -> dict[str, Any]:
    return {"version": 1, "doctrine": plain_of(doctrine)}


def _lines(text: str, faults: tuple[Fault, ...]) -> list[str]:
    return [with_line(text, fault) for fault in faults]


def _index(message: str = "", lines: list[str] | None = None) -> str:
    return render(
        "pages/sheets.html", surface="home", body={}, message=message, lines=lines or [], mine=mine(),
        ours=[load(slug) for slug in slugs()], needs_key=bool(context().create_key), barred=barred(),
        told=_TOLD.get(request.args.get("fait", ""), ""), action=versioned("/fiches/fichier"),
    )  # fmt: skip


def _form(
    base: Doctrine, *, ident: str = "", revision: int = 0, message: str = "", told: str = "",
    typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    values = _values(base, typed)
    query = "" if ident else f"?{urlencode({'depuis': request.args.get('depuis', DOCTRINE)})}"
    blank = 0 if typed else 1
    return render(
        "pages/sheet.html", surface="home", body={}, doctrine=base, values=values, errors=errors or {}, ident=ident,
        revision=revision, message=message, told=told, action=versioned(f"/fiches/{ident or 'nouvelle'}{query}"),
        phases=list(Phase), sides=list(Side), actions=rows_of(values, "action", blank * BLANK_ACTIONS),
        landmarks=rows_of(values, "landmark", blank * BLANK_LANDMARKS), barred=barred(), versioned=versioned,
        needs_key=bool(context().create_key) and not ident, link=_link(ident),
    )  # fmt: skip


def _values(base: Doctrine, typed: Mapping[str, str] | None) -> dict[str, str]:
    """Return what the fields hold; of a form that was sent, all that it says, an unticked box too."""
    return fields_of(base) | ({"national": "", **typed} if typed else {})


def _link(ident: str) -> str:
    base = context().config.public_url or request.host_url.rstrip("/")
    return f"{base}/fiches/{ident}?cle={key_held(ident)}"
