"""/animer/CODE/textes: what people paste elsewhere, a « Copier » beside each text. Nothing typed there is kept."""

from dataclasses import dataclass

from flask import Blueprint

from atelier.doctrines.loading import doctrine_of
from atelier.export.api import Source, content_of
from atelier.export.mails import invitation, thanks
from atelier.export.national import Entry, Form, coop_reports, roadmap
from atelier.export.plain import PlainText
from atelier.service.workshop import Snapshot
from atelier.web.http.context import context
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render

texts = Blueprint("texts", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Forms under one heading; `about`: what they are for, `empty`: said where there is none."""

    id: str
    title: str
    about: str
    forms: tuple[Form, ...]
    empty: str = ""


@texts.get("/animer/<code>/textes")
def to_copy(code: str) -> str:
    """Show the texts, each in a field that can be corrected before it is copied."""
    snapshot = facilitated(code)
    national = doctrine_of(snapshot.state.prepared).national
    asked = (_roadmap(snapshot), _coop(snapshot)) if national else ()
    sections = (_mails(snapshot), *asked, _minutes(snapshot))
    return render(
        "pages/texts.html", surface="home", body={"texts": ""}, code=code, setup=snapshot.state.prepared,
        sections=sections,
    )  # fmt: skip


def _mails(snapshot: Snapshot) -> Section:
    here = context()
    link = here.addresses.join(snapshot.code)
    invited = invitation(snapshot.code, snapshot.state, link, everywhere=here.config.hosted)
    thanked = thanks(snapshot.state)
    return Section(
        id="courriels",
        title="Deux courriels",
        about="À coller dans votre messagerie, avant et après.",
        forms=tuple(
            Form(
                title=title,
                entries=(
                    Entry(name="objet", label="Objet", text=mail.subject),
                    Entry(name="texte", label="Texte", text=mail.body),
                ),
            )
            for title, mail in (("L’invitation", invited), ("Les remerciements", thanked))
        ),
    )


def _roadmap(snapshot: Snapshot) -> Section:
    return Section(
        id="feuille-de-route",
        title="Pour la feuille de route",
        about="Chaque décision comme une action de Mon Inclusion Numérique, champ par champ. Les mêmes sont en tableau "
        "dans les documents pour un tableur.",
        forms=roadmap(snapshot.state, doctrine_of(snapshot.state.prepared)),
        empty="Aucune décision notée pour l’instant.",
    )


def _coop(snapshot: Snapshot) -> Section:
    return Section(
        id="rapport",
        title="Pour le rapport d’activité",
        about="La journée dans la Coop de la médiation numérique, sous l’une de ces trois formes. Les nombres sont "
        "ceux des personnes qui se sont inscrites : corrigez-les si d’autres étaient là.",
        forms=coop_reports(snapshot.state),
    )


def _minutes(snapshot: Snapshot) -> Section:
    state = snapshot.state
    source = Source(
        code=snapshot.code, state=state, doctrine=doctrine_of(state.prepared), at=context().service.now()
    )
    content = content_of(source, "markdown")
    text = content.text if isinstance(content, PlainText) else ""
    entry = Entry(name="markdown", label="Le compte-rendu en Markdown", text=text)
    return Section(
        id="compte-rendu",
        title="Le compte-rendu, pour La Suite Docs",
        about="Collé dans un document vide, il garde ses titres, ses listes et ses tableaux.",
        forms=(Form(title="", entries=(entry,)),),
    )
