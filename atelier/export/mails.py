"""Two mails ready to be copied: the invitation with its link and practical notes, the thanks with the decisions."""

from dataclasses import dataclass

from atelier.doctrines.loading import doctrine_of
from atelier.domain.retention import erased_on
from atelier.domain.selectors import by_support, lines
from atelier.domain.state import Workshop
from atelier.domain.values import DecisionStatus
from atelier.export.plain import PlainText
from atelier.wording import capitalized, code_text, date_text, due_text, meeting_text, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail: its subject and its text."""

    subject: str
    body: str


def invitation(code: str, state: Workshop, link: str, *, everywhere: bool) -> Mail:
    """Return the invitation; `link`: how to join, "" when unknown; `everywhere`: it works from any network."""
    setup = state.prepared
    minutes = setup.duration
    doctrine = doctrine_of(setup)
    people = capitalized(f"{doctrine.fs.people} et {doctrine.cn.people}")
    parts = (
        "Bonjour,",
        (f"Vous êtes invité·e à l’atelier « {setup.title} ». {people} y disent, ensemble, qui fait quoi "
        "et quelles initiatives facilitent le travail en commun."),
        "\n".join([
            f"Date\u00a0: {date_text(setup.date)}",
            f"Heure\u00a0: à compléter{f' (compter {minutes} minutes)' if minutes else ''}",
            f"Lieu\u00a0: {' · '.join(filter(None, (setup.place, setup.territory))) or 'à compléter'}",
        ]),
        "\n".join(["Le jour venu\u00a0:", *(f"- {note}" for note in _practical(code, link, everywhere=everywhere))]),
        ("Ce que vous écrirez paraîtra à l’écran et dans le compte-rendu, sans votre nom. Le prénom est "
        "facultatif. N’écrivez rien qui permette de reconnaître un usager. "
        f"{setup.organiser or 'L’animation'} efface tout le {date_text(erased_on(setup).isoformat())}."),
        f"À bientôt,\n{setup.organiser}".rstrip(),
    )  # fmt: skip
    subject = f"Invitation\u00a0: {setup.title}, {date_text(setup.date)}"
    return Mail(subject=subject, body="\n\n".join(parts) + "\n")


def thanks(state: Workshop) -> Mail:
    """Return the thanks, with what was decided and when to meet again."""
    setup = state.prepared
    where = f" ({setup.place})" if setup.place else ""
    parts = [
        "Bonjour à toutes et à tous,",
        f"Merci pour l’atelier « {setup.title} » du {date_text(setup.date)}{where}. {_counts(state)}",
        _decided(state),
        f"Prochaine rencontre\u00a0: {meeting_text(state)}." if meeting_text(state) else "",
        "Le compte-rendu est joint à ce message.",
        f"Bien cordialement,\n{setup.organiser}".rstrip(),
    ]
    subject = f"Merci pour l’atelier du {date_text(setup.date)}\u00a0: nos décisions"
    return Mail(subject=subject, body="\n\n".join(filter(None, parts)) + "\n")


def thanks_file(state: Workshop) -> PlainText:
    """Return the thanks as a file."""
    mail = thanks(state)
    return PlainText(text=f"Objet\u00a0: {mail.subject}\n\n{mail.body}")


def _practical(code: str, link: str, *, everywhere: bool) -> list[str]:
    notes = [
        "venez avec votre téléphone, chargé\u202f; sans téléphone, vous travaillerez avec vos voisin·es\u00a0;",
        "rien à installer, ni compte ni mot de passe\u00a0;",
    ]
    if not link:
        return [*notes, f"sur place, vous verrez un QR code (code {code_text(code)})."]
    when = "ouvrez" if everywhere else "relié·e au Wi-Fi de la salle, ouvrez"
    return [*notes, f"scannez le QR code affiché ou {when} {link} (code {code_text(code)})."]


def _counts(state: Workshop) -> str:
    written = sum(len(by_support(line)) for group in state.groups for line in lines(group))
    people = sum(1 for _ in state.present())
    told = [plural(written, "initiative"), plural(len(state.groups), "groupe")]
    counts = [plural(people, "personne"), *told] if people else told
    return f"Ensemble\u00a0: {', '.join(counts)}."


def _decided(state: Workshop) -> str:
    found = [each for each in state.decisions.values() if each.status is not DecisionStatus.DROPPED]
    if not found:
        return ""
    rows = []
    for n, each in enumerate(found, start=1):
        more = (
            f"qui\u00a0: {each.who}" if each.who else "",
            due_text(each) and f"échéance\u00a0: {due_text(each)}",
        )
        said = "\u202f; ".join(filter(None, more))
        rows.append(f"{n}. {each.what}{f' ({said})' if said else ''}")
    return "\n".join(["Nous avons décidé\u00a0:", *rows])
