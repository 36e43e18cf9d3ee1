"""The French that several surfaces share: names of things, refusals, numbers, dates and times. Pure."""

import datetime as dt
from collections.abc import Mapping

from atelier.domain import limits
from atelier.domain.answers import Spread, spreads
from atelier.domain.doctrine import Doctrine
from atelier.domain.previous import PreviousDecision
from atelier.domain.refusals import Code
from atelier.domain.selectors import Progress
from atelier.domain.state import Decision, Group, Key, Line, Participant, Workshop
from atelier.domain.synthesis import Verdict
from atelier.domain.values import DecisionStatus, Holder, NoteKind, Phase, Placement, Side, Status, Trade

_OTHER_TRADES = {Trade.COORDINATION: ("Coordination", "Coord."), Trade.OTHER: ("Autre", "Autre")}
"""Long and short: what people are who are of neither pole."""
PHASES = {
    Phase.WELCOME: "Accueil",
    Phase.REMITS: "Missions",
    Phase.ARTICULATIONS: "Articulations",
    Phase.REPORT_BACK: "Restitution",
    Phase.SYNTHESIS: "Synthèse",
}
_INSTRUCTIONS = {
    Phase.WELCOME: "",
    Phase.REMITS: "Quelles sont vos missions ? Ce qui relève des deux se place entre les deux.",
    Phase.ARTICULATIONS: "Pour chaque action, quelles initiatives peuvent faciliter l’articulation "
    "des deux dispositifs ?",
    Phase.REPORT_BACK: "Un accord, un désaccord, une initiative à lancer",
    Phase.SYNTHESIS: "Environ trois décisions : quoi, qui, pour quelle échéance ?",
}
"""What is asked of the room, in the sentence that stands on the wall all along."""
STATUSES = {Status.OPEN: "ouvert", Status.CLOSED: "clos", Status.ARCHIVED: "archivé"}
_VERDICTS = {
    Verdict.SHARED: "Terrain commun",
    Verdict.RATHER_FS: "Plutôt {fs}",
    Verdict.MOSTLY_FS: "Surtout {fs}",
    Verdict.RATHER_CN: "Plutôt {cn}",
    Verdict.MOSTLY_CN: "Surtout {cn}",
    Verdict.SOMETIMES_BOTH: "{sometimes} des deux côtés",
    Verdict.SOMETIMES_FS: "{sometimes}, côté {fs}",
    Verdict.SOMETIMES_CN: "{sometimes}, côté {cn}",
    Verdict.RARE_BOTH: "Rare des deux côtés",
    Verdict.CLOSE: "Avis proches",
    Verdict.DISCUSS: "À discuter",
    Verdict.TOO_FEW: "Trop peu de réponses",
    Verdict.TO_COMPLETE: "À compléter",
    Verdict.SET_ASIDE: "Sans objet pour tous",
}
NOTES = {
    NoteKind.AGREEMENT: "Un accord",
    NoteKind.DISAGREEMENT: "Un désaccord",
    NoteKind.LAUNCH: "Une initiative à lancer",
    NoteKind.NOTE: "Note",
}
DECISION_STATUSES = {
    DecisionStatus.TO_DO: "À faire",
    DecisionStatus.IN_PROGRESS: "En cours",
    DecisionStatus.DONE: "Fait",
    DecisionStatus.DROPPED: "Abandonné",
}
UNPLACED = "à placer"
ASIDE = "sans objet"
UNANSWERED = "pas encore répondu"
BEFORE_TALKING = "Avant d’en parler"
TOO_FEW_TO_SHOW = "trop peu de réponses pour être montrées"

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

REFUSALS: Mapping[Code, str] = {
    Code.UNKNOWN_WORKSHOP: "Aucun atelier ouvert ne porte ce code. Vérifiez les six caractères affichés à l’écran, "
    "puis essayez à nouveau.",
    Code.ALREADY_PREPARED: "Cet atelier est déjà préparé. Rien n’a changé : ouvrez-le plutôt depuis l’accueil.",
    Code.WORKSHOP_CLOSED: "L’atelier est clos : plus rien ne peut être modifié. Votre texte est intact : copiez-le, "
    "ou demandez à l’animateur·rice de rouvrir l’atelier.",
    Code.WORKSHOP_ARCHIVED: "L’atelier est archivé : on peut le lire et récupérer les documents, plus le modifier.",
    Code.WORKSHOP_NOT_CLOSED: "L’atelier est encore ouvert : rien n’a changé. Fermez-le d’abord, puis recommencez.",
    Code.WORKSHOP_FULL: "L’atelier est complet ({detail} personnes). Installez-vous avec un·e voisin·e : "
    "un téléphone suffit pour toute une table.",
    Code.ENTRANCE_CLOSED: "L’entrée de l’atelier est fermée : rien n’est enregistré. Demandez à l’animateur·rice de "
    "la rouvrir, puis recommencez. Vous étiez déjà là ? Votre code de retour vous rend votre place.",
    Code.WORKSHOP_STARTED: "L’atelier a commencé : ses réglages sont fixés, et rien n’est perdu. "
    "Vous pouvez toujours renommer un groupe ou ajouter du temps.",
    Code.NOT_ALLOWED: "Ce geste est réservé à l’animation. Rien n’a changé : demandez à l’animateur·rice.",
    Code.NO_IDENTITY: "Rien n’est enregistré : votre navigateur n’a pas gardé le cookie qui dit à l’Atelier qui vous "
    "êtes. Ouvrez l’adresse affichée à l’écran dans Safari, Chrome ou Firefox, en acceptant les cookies, ou partagez "
    "le téléphone d’une personne de votre table.",
    Code.NOT_JOINED: "Vous n’avez pas encore rejoint l’atelier. Rien n’est perdu : dites votre métier, "
    "choisissez votre table, puis recommencez.",
    Code.PHASE_NOT_OPEN: "Ce n’est pas encore le moment : cette étape n’est pas ouverte. Votre texte est intact : "
    "envoyez-le quand l’animateur·rice l’ouvrira.",
    Code.PHASE_OVER: "Non envoyé : cette phase est terminée. Votre texte est intact. Copiez-le ou montrez-le à "
    "l’animateur·rice.",
    Code.PHASE_ALREADY_OPEN: "Cette étape est déjà ouverte : rien à refaire.",
    Code.MOVED_ON: "L’atelier avait déjà avancé : rien n’a changé.",
    Code.LEAVES_EARLY: "Cette étape n’est pas finie. Passer quand même ?",
    Code.UNDO_TOO_LATE: "La minute pour revenir en arrière est passée. Rien n’est perdu : "
    "rouvrez l’étape précédente depuis le déroulé.",
    Code.PUT_BACK_TOO_LATE: "La minute pour annuler est passée : ce qui est retiré ne revient plus. "
    "Rien d’autre n’a changé.",
    Code.OTHER_GROUP: "Cette fiche est celle d’un autre groupe : rien n’y a changé. "
    "Si vous avez changé de table, changez aussi de groupe, puis recommencez.",
    Code.PEN_ELSEWHERE: "Une plume par table : un autre téléphone de votre table la tient, la carte est restée où elle "
    "était. Pour placer à votre tour, touchez « Prendre la plume », puis recommencez.",
    Code.ALREADY_PLACED: "Une table a déjà répondu ou placé une carte : cela ne se change plus. "
    "Pour que toutes les tables placent comme d’habitude, révélez les réponses.",
    Code.ANSWERS_NOT_ASKED: "On ne répond plus chacun·e pour soi : votre réponse n’a pas été gardée. "
    "Placez la carte avec votre table.",
    Code.ANSWER_STANDS: "Les réponses de votre table sont déjà montrées : la vôtre reste celle que vous aviez donnée.",
    Code.OTHER_TRADE: "Cette réponse est pour un autre métier que le vôtre : rien n’est gardé. "
    "Rechargez la page, puis répondez pour le vôtre.",
    Code.UNKNOWN_GROUP: "Ce groupe n’existe pas dans cet atelier. Rien n’est perdu : choisissez-en un dans la liste.",
    Code.UNKNOWN_ACTION: "Cette ligne n’est plus sur la fiche. Votre texte est intact : "
    "choisissez une autre ligne, puis envoyez-le à nouveau.",
    Code.UNKNOWN_INITIATIVE: "Quelqu’un a retiré cette initiative entre-temps. Votre texte est intact : "
    "vous pouvez l’envoyer comme une nouvelle initiative.",
    Code.UNKNOWN_MISSION: "Quelqu’un a retiré cette mission entre-temps. Votre texte est intact : "
    "vous pouvez l’envoyer comme une nouvelle mission.",
    Code.UNKNOWN_PARTICIPANT: "Cette personne n’est plus dans l’atelier. Rien n’a changé : rechargez la page.",
    Code.UNKNOWN_DECISION: "Quelqu’un a retiré cette décision entre-temps. Votre texte est intact : "
    "vous pouvez l’enregistrer comme une nouvelle décision.",
    Code.UNKNOWN_VOTE: "Ce vote n’existe plus : l’animation l’a annulé. Vos gommettes n’y comptent pas.",
    Code.VOTE_EXISTS: "Un vote a déjà eu lieu dans cet atelier : rien n’a changé. Annulez-le pour en ouvrir un autre.",
    Code.VOTE_OPEN: "Un vote est ouvert sur ces initiatives : rien n’a changé. "
    "Regroupez-les avant, ou une fois le vote clos.",
    Code.OTHER_ACTION: "Ces initiatives sont sous deux actions différentes : rien n’a changé. "
    "Déplacez l’une, puis regroupez.",
    Code.NOT_GATHERED: "Cette initiative n’est plus regroupée : rien n’a changé. Regroupez-la d’abord.",
    Code.VOTE_OVER: "Le vote est clos : cette gommette est arrivée trop tard et ne compte pas. "
    "Les précédentes comptent. Dites-le à l’animateur·rice, qui peut rouvrir le vote avant de le révéler.",
    Code.NOT_ON_BALLOT: "Cette initiative n’est plus soumise au vote : votre gommette est libre, posez-la ailleurs.",
    Code.NO_DOT_LEFT: "Vous avez déjà posé vos gommettes ({detail}) : celle-ci n’a pas été prise. "
    "Reprenez-en une pour la poser ailleurs.",
    Code.NOT_A_VOTE: "Ce nombre ne convient pas : rien n’a changé. Choisissez-en un de 1 à {detail}.",
    Code.UNKNOWN_TEXT: "Ce texte n’est plus dans la liste.",
    Code.UNKNOWN_KEY: "Ce lien est inconnu, ou ne sert plus. Demandez-en un nouveau à qui a préparé l’atelier.",
    Code.NOT_YOURS: "Ce texte est celui de quelqu’un d’autre : il n’a pas été changé. "
    "Parlez-en à son auteur·rice ou à l’animateur·rice.",
    Code.TEXT_EMPTY: "Il n’y a pas encore de texte : rien n’est parti. Écrivez quelques mots, puis envoyez.",
    Code.TEXT_TOO_LONG: "Ce texte est trop long : {detail} caractères au plus. Il est intact : "
    "raccourcissez-le ou coupez-le en deux, puis envoyez.",
    Code.TEXT_UNREADABLE: "Ce texte contient des caractères que l’atelier ne peut pas garder. Il est intact : "
    "effacez les signes étranges ou tapez-le à nouveau, puis envoyez.",
    Code.NOT_A_REACH: "Cette position n’est pas sur l’échelle : la carte n’a pas bougé. "
    "Choisissez une des cinq étapes.",
    Code.NOT_A_DATE: "Cette échéance n’est pas une date du calendrier : rien n’a changé, vos mots sont intacts. "
    "Corrigez la date, ou dites l’échéance en quelques mots.",
    Code.NOT_A_SETUP: "Un des réglages ne convient pas : rien n’est enregistré, et votre saisie est intacte. "
    "Vérifiez-la, puis enregistrez.",
    Code.NOT_A_VIEW: "Cette vue n’existe pas : l’écran projeté n’a pas changé. Choisissez-en une dans la liste.",
    Code.COMMON_ACTION: "Cette ligne est commune à tous les groupes : elle reste sur la fiche. "
    "Marquez-la « sans objet » si elle ne vous concerne pas.",
    Code.NO_FREE_LINE: "Les lignes libres sont toutes prises ({detail} par groupe). Votre texte est intact : "
    "renommez ou retirez une ligne, ou écrivez une initiative.",
    Code.LINE_HAS_INITIATIVES: "Cette ligne porte des initiatives : elle n’a pas été retirée. "
    "Retirez d’abord ses initiatives, ou renommez la ligne.",
    Code.GROUP_IN_USE: "Des personnes ont déjà choisi ce groupe : il n’a pas été retiré. "
    "Demandez-leur de changer de groupe, puis recommencez.",
    Code.TEXT_QUOTA: "Vous avez déjà envoyé {detail} textes dans cet atelier : celui-ci n’est pas parti. Il est "
    "intact : montrez-le à l’animateur·rice, ou corrigez un de vos textes.",
    Code.TOO_MANY: "La limite est atteinte ({detail}) : rien n’est ajouté et votre texte est intact. "
    "Retirez ce qui ne sert plus, puis recommencez.",
    Code.TOO_MANY_PHOTOS: "Ce groupe garde déjà {detail} photos : celle-ci n’est pas gardée. "
    "Supprimez-en une, puis recommencez.",
    Code.CLOCK_NOT_RUNNING: "Le temps ne court pas : rien n’a changé. Lancez-le d’abord.",
    Code.CLOCK_NOT_PAUSED: "Le temps n’est pas en pause : rien n’a changé. Mettez-le d’abord en pause, ou lancez-le.",
    Code.CLOCK_RUNNING: "Le temps court déjà, ou il est en pause : arrêtez-le avant de le relancer.",
    Code.CLOCK_DURATION: "Cette durée ne convient pas : le temps n’a pas changé. Choisissez de 1 à {detail} minutes.",
    Code.NOTHING_TO_UNDO: "Il n’y a rien à annuler : rien n’a changé.",
    Code.CHANGED_SINCE: "Quelqu’un a changé cela depuis : votre geste reste, pour ne rien effacer. "
    "Modifiez-le directement si besoin.",
    Code.ALREADY_USED: "Cet envoi était déjà arrivé, ou son numéro a déjà servi : rien n’est en double. "
    "S’il manque quelque chose, envoyez à nouveau.",
    Code.LAST_KEY: "C’est le dernier lien d’animation : il reste actif, sinon plus personne ne pourrait animer. "
    "Créez-en un autre d’abord.",
}
_SETUPS = {
    "groups": f"Choisissez de 1 à {limits.GROUPS} groupes.",
    "twins": "Deux groupes ou deux actions portent le même nom : chacun doit avoir le sien. C’est signalé plus bas, "
    "à côté du champ.",
    "group-names": "Un nom est écrit au-delà du nombre de groupes : choisissez plus de groupes, ou effacez ce nom.",
    "territory": "Ce département n’est pas dans la liste : choisissez-le à nouveau.",
    "expected": f"Dites combien de personnes sont attendues, de 1 à {limits.PARTICIPANTS}.",
    "actions": f"La fiche garde de 1 à {limits.ACTIONS} actions, toutes différentes, "
    f"avec au plus {limits.EXAMPLES} exemples chacune.",
    "free-lines": f"Un groupe peut ajouter de 0 à {limits.FREE_LINES} lignes libres.",
    "stakes": f"Une décision se range sous {limits.STAKES} enjeux au plus, un par ligne, "
    f"de {limits.TITLE_CHARACTERS} caractères au plus chacun.",
    "lines": f"Actions et lignes libres ne dépassent pas {limits.LINES_WITH_FREE} en tout : enlevez-en.",
    "agenda": f"Chaque phase doit avoir sa durée, et le continuum au plus {limits.MISSIONS_PER_GROUP} missions.",
    "slots": f"Le programme d’une journée a {limits.DAY_SLOTS} lignes au plus.",
    "date": "La date n’est pas lisible : écrivez-la comme 2026-06-25.",
    "previous": "L’atelier qui précède n’a pas pu être repris : choisissez-le à nouveau.",
    "purge": f"La date d’effacement doit venir dans les {limits.PURGE_DAYS_MAX} jours, et ne pas être passée.",
}

CARD_REASONS = {
    "HOTSPOT": "partage de connexion de cet ordinateur",
    "DEFAULT_ROUTE": "mène à Internet",
    "WIFI": "Wi-Fi",
    "OTHER": "autre réseau",
    "NO_ROUTER": "sans box ni routeur",
    "CELLULAR": "modem mobile",
    "VIRTUAL": "carte virtuelle",
    "TUNNEL": "VPN",
}
"""Why an address of this machine stands where it does among those that phones may be given."""


def card_reason(reason: str) -> str:
    """« mène à Internet »: what is said of an address beside its network card."""
    return CARD_REASONS[reason]


ERASURE_UNFINISHED = (
    "L’effacement n’est pas terminé\u202f: le disque de l’ordinateur qui anime est plein ou protégé. "
    "Il reprendra de lui-même\u202f; faites de la place, puis demandez-le à nouveau pour en avoir la confirmation."
)
"""What was asked for stands, and is not done yet."""


def refusal_sentence(code: Code, detail: str = "") -> str:
    """Say in French what happened, that nothing is lost, and what to do."""
    if code is Code.NOT_A_SETUP and detail in _SETUPS:
        return f"Rien n’est enregistré, et votre saisie est intacte. {_SETUPS[detail]}"
    return REFUSALS[code].replace("{detail}", number_text(detail))


def setup_sentence(detail: str) -> str:
    """Return what is wrong with one choice of the preparation, to be told beside its field."""
    return _SETUPS.get(detail, REFUSALS[Code.NOT_A_SETUP])


def too_long(length: int, limit: int) -> str:
    """Return by how much a text is too long."""
    return f"{plural(length - limit, 'caractère')} de trop : {number_text(limit)} au plus."


def participant_name(person: Participant, otherwise: str) -> str:
    """Return a first name, or `otherwise`; journals of before December 2026 may hold somebody without an identity."""
    return person.name or otherwise if person.id else "téléphone sans cookie"


def trade_name(trade: Trade | str, doctrine: Doctrine) -> str:
    """« Conseiller numérique »."""
    other = _OTHER_TRADES.get(Trade(trade))
    return other[0] if other else doctrine.pole(trade).name


def trade_short(trade: Trade | str, doctrine: Doctrine) -> str:
    """« Conum »."""
    other = _OTHER_TRADES.get(Trade(trade))
    return other[1] if other else doctrine.pole(trade).short


def by_trade(counts: Mapping[Trade, int]) -> list[tuple[Trade, int]]:
    """Return the trades that have any, in the order in which they are told."""
    return [(trade, counts[trade]) for trade in Trade if counts.get(trade)]


def wall_instruction(phase: Phase) -> str:
    """Return what is asked of the room in a phase; empty in the welcome, which says it in its steps."""
    return _INSTRUCTIONS[phase]


def phase_name(phase: Phase | str) -> str:
    """Return the name of a phase: the same on every screen, in the script and in documents."""
    return PHASES[Phase(phase)]


def side_name(side: Side | str, doctrine: Doctrine, *, brief: bool = False) -> str:
    """A part of the continuum: « Les deux » is its middle; `brief`: « Conum » for « Conseiller numérique »."""
    if side == Side.BOTH:
        return "Les deux"
    return doctrine.pole(side).short if brief else doctrine.pole(side).name


def verdict_name(verdict: Verdict | str, doctrine: Doctrine, *, brief: bool = False) -> str:
    """How the groups together see an action: « Surtout Conseiller numérique »; `brief`: « Surtout Conum »."""
    sometimes = doctrine.scale[2]
    cn = doctrine.cn.short if brief else doctrine.cn.name
    return _VERDICTS[Verdict(verdict)].format(fs=doctrine.fs.name, cn=cn, sometimes=capitalized(sometimes))


def arm_words(placement: Placement | None, arm: str, doctrine: Doctrine) -> str:
    """How regularly a trade (`fs`, `cn`) does it, or that nobody answered; a 0 of before may be either."""
    reach = placement.reach(arm) if placement else None
    if placement is None or reach is None:
        return UNANSWERED
    if arm in placement.unsure:
        return f"{doctrine.reach_name(0)} ou pas répondu"
    return doctrine.reach_name(reach)


def answered_words(so_far: int, of: int) -> str:
    """« 4 sur 6 ont répondu », of those at a table who are asked."""
    if not so_far:
        return "Personne n’a encore répondu"
    return f"{number_text(so_far)} sur {number_text(of)} {'ont' if so_far > 1 else 'a'} répondu"


def spread_words(spread: Spread, doctrine: Doctrine) -> str:
    """« 2 rarement, 1 régulièrement »: what a trade had answered, so that nobody is read."""
    if not spread.shown:
        return TOO_FEW_TO_SHOW if spread.held else "aucune réponse"
    told = [
        f"{number_text(count)} {doctrine.scale[word]}" for word, count in enumerate(spread.counts) if count
    ]
    if spread.late:
        told.append(f"dont {number_text(spread.late)} après coup")
    held = f" (et {plural(spread.held, 'réponse')} de trop peu de personnes pour être montrée{'s' * (spread.held > 1)})"
    return ", ".join(told) + (held if spread.held else "")


def spread_text(line: Line, doctrine: Doctrine) -> str:
    """« France services : 2 rarement ; Conseiller numérique : aucune réponse », "" before the reveal."""
    names = {"fs": doctrine.fs.name, "cn": doctrine.cn.name}
    told = (f"{names[each.arm]}\u00a0: {spread_words(each, doctrine)}" for each in spreads(line))
    return "\u202f; ".join(told)


def boxed_text(signs: str) -> str:
    """« Aucune police ne dessine « 永 »… » of characters that became boxes in a document, empty without any."""
    if not signs:
        return ""
    return (
        f"Aucune police ne dessine «\u00a0{signs}\u00a0»\u00a0: un ◻ y est à la place dans les PDF et les images, "
        "le texte reste intact ailleurs."
    )


def capitalized(text: str) -> str:
    """Return `text` with its first letter as at the beginning of a sentence, the others as they are."""
    return text[:1].upper() + text[1:]


def plural(count: int, noun: str, several: str = "") -> str:
    """« 0 initiative », « 1 initiative », « 2 initiatives »; `several` for plurals that do not just take an « s »."""
    return f"{number_text(count)} {noun if count < 2 else several or _with_s(noun)}"


def number_text(number: int | str) -> str:
    """« 1 500 » with a space that no line breaks at; what is not a number stays as it is."""
    text = str(number)
    return f"{int(text):,}".replace(",", " ") if text.isdecimal() else text


def clock_text(remaining_ms: int) -> str:
    """« 12:47 » of what remains, « 0:00 » only at the end; then « +0:35 », the time that was overrun."""
    if remaining_ms < 0:
        return f"+{_minutes(-remaining_ms // 1000)}"
    return _minutes(-(-remaining_ms // 1000))


def left_words(remaining_ms: int) -> str:
    """« Il reste 19 min » of what a clock that counts shows."""
    if remaining_ms <= 0:
        return "Le temps est écoulé"
    minutes = remaining_ms // 60_000
    return f"Il reste {minutes}\u00a0min" if minutes else "Il reste moins d’une minute"


LINK_FOUND = "Retrouvé sur cet ordinateur"
LINK_TYPED = "Refait en ligne de commande"
MY_PHONE = "Mon téléphone"
"""Names of links that nobody typed."""
LINKS = {
    Holder.FACILITATOR: "Lien d’animation",
    Holder.WALL: "Lien de l’écran",
    Holder.RESULTS: "Lien des résultats",
    Holder.DAY: "Accord donné à une journée",
}


def link_name(key: Key) -> str:
    """Return whose link it is, or what it opens where that was not said."""
    return key.name or LINKS[key.holder]


def link_state(key: Key, zone: dt.tzinfo) -> str:
    """« jamais ouvert », « ouvert le 28 novembre 2026 à 14 h 22 », « ne vaut plus »; "" for a link of before."""
    if key.revoked:
        return "ne vaut plus"
    if key.opened_at is None or key.holder is Holder.DAY:
        return ""
    return f"ouvert {moment_text(key.opened_at, zone)}" if key.opened_at else "jamais ouvert"


def moment_text(at_ms: int, zone: dt.tzinfo) -> str:
    """« le 28 novembre 2026 à 14 h 22 » of Unix milliseconds, in the time zone of the workshop."""
    day = dt.datetime.fromtimestamp(at_ms / 1000, zone).date()
    return f"le {date_text(day.isoformat())} à {time_text(at_ms, zone)}"


def date_text(iso: str) -> str:
    """« 25 juin 2026 » of `2026-06-25`; what is not a date stays as it is."""
    try:
        date = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    day = "1er" if date.day == 1 else str(date.day)
    return f"{day}\u00a0{_MONTHS[date.month - 1]}\u00a0{date.year}"


def ends_soon(aside_on: dt.date, erased_on: dt.date) -> str:
    """Say when a workshop is set aside, and when it is erased."""
    aside, erased = date_text(aside_on.isoformat()), date_text(erased_on.isoformat())
    return f"Sera mis de côté le {aside}, puis effacé le {erased}\u202f: exportez ce qui doit rester."


def set_aside_until(erased_on: dt.date) -> str:
    """Say of a workshop that was set aside when it is erased."""
    erased = date_text(erased_on.isoformat())
    return f"Arrivé à son terme, mis de côté, effacé le {erased}."


def date_doubt(kind: str, before: dt.date, now: dt.date) -> str:
    """Say why the machine's date looks wrong: it went `back`, `far` ahead, or facts are `newer`."""
    then, today = date_text(before.isoformat()), date_text(now.isoformat())
    told = {
        "back": f"La date de cet ordinateur est revenue du {then} au {today}.",
        "far": f"La date de cet ordinateur est passée du {then} au {today} d’un coup.",
        "newer": f"Le dernier acte d’un atelier est du {then}, après la date de cet ordinateur (le {today}).",
    }
    return f"{told[kind]} Si elle est juste, il n’y a rien à faire\u202f; sinon, réglez-la."


def time_text(at_ms: int, zone: dt.tzinfo) -> str:
    """« 14 h 22 » of Unix milliseconds, in the time zone of the workshop."""
    at = dt.datetime.fromtimestamp(at_ms / 1000, zone)
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}"


def progress_text(progress: Progress) -> str:
    """« 7 sur 10 complètes, 2 à moitié »; « sans objet » is counted apart: « 5 sur 5 complètes, 5 sans objet »."""
    of = progress.of - progress.aside
    told = (
        [f"{progress.complete} sur {of} {'complète' if progress.complete < 2 else 'complètes'}"] if of else []
    )
    told += [f"{progress.half} à moitié"] if progress.half else []
    told += [f"{progress.aside} {ASIDE}"] if progress.aside else []
    return ", ".join(told)


def code_text(code: str) -> str:
    """« KTZ 4MP »: read aloud and copied in two halves."""
    return f"{code[:3]} {code[3:]}" if len(code) == 6 else code


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _with_s(noun: str) -> str:
    return " ".join(word if word[-1:] in "sxz" else f"{word}s" for word in noun.split(" "))


def note_name(kind: NoteKind) -> str:
    """« Un accord »."""
    return NOTES[kind]


THREE_NOTES = tuple(kind for kind in NoteKind if kind is not NoteKind.NOTE)


def note_kinds(group: Group) -> tuple[NoteKind, ...]:
    """Return the three notes of a group, and the one of before where it says something."""
    return (*THREE_NOTES, NoteKind.NOTE) if group.note else THREE_NOTES


def decision_status(status: DecisionStatus) -> str:
    """« En cours »."""
    return DECISION_STATUSES[status]


def due_text(decision: Decision | PreviousDecision) -> str:
    """Return by when: the date in words, what was written about it, or both; "" where nothing is said."""
    return ", ".join(filter(None, (date_text(decision.due_on) if decision.due_on else "", decision.due)))


def meeting_text(state: Workshop) -> str:
    """Return when the room meets again: « 12 octobre 2026, 14 h à la mairie »; "" where nothing is said."""
    found = state.next_meeting
    return ", ".join(filter(None, (date_text(found.on) if found.on else "", found.about)))


def source_text(state: Workshop, decision: Decision) -> str:
    """Return where a decision comes from: its group and its action; "" for the whole room’s."""
    group = state.group(decision.group) if 0 < decision.group <= len(state.groups) else None
    groups = [group] if group else state.groups
    lines = (each.lines.get(decision.action) for each in groups)
    line = next((line for line in lines if line and not line.removed), None)
    found = ", ".join(filter(None, (group.name if group else "", line.action.told if line else "")))
    return f"D’après\u00a0: {found}" if found else ""


def decision_more(decision: Decision) -> str:
    """Return what is said of a decision besides what, who and when: how far it has come, its stake."""
    status = decision_status(decision.status) if decision.status is not DecisionStatus.TO_DO else ""
    return " · ".join(filter(None, (status, decision.stake)))


def notes_of(group: Group) -> tuple[tuple[str, str], ...]:
    """Return what a group says in the report-back: each note that says something, after its name."""
    every = ((note_name(kind), group.noted(kind)) for kind in NoteKind)
    return tuple((name, text) for name, text in every if text)


_WORKSHOP_WORDS = (
    ("Action", "une façon d’aider les usagers. Chaque carte de la fiche en porte une."),
    ("Articulation", "qui fait quoi, et comment on se passe le relais."),
    ("Continuum", "ce qui va d’un métier à l’autre, avec au milieu ce qui relève des deux."),
    ("Initiative", "une proposition pour mieux travailler ensemble."),
    ("Mission", "ce qu’un métier est chargé de faire."),
    ("Restitution", "chaque table dit aux autres ce qu’elle a trouvé."),
    ("Sans objet", "votre table n’est pas concernée par cette action."),
    ("Synthèse", "ce que disent toutes les tables ensemble, et ce que l’on décide."),
)


def workshop_words(doctrine: Doctrine) -> list[tuple[str, str]]:
    """Return the words of the trade that the phone explains, in alphabetical order."""
    poles = [
        (pole.short, pole.meaning or f"{pole.name}\u00a0: {pole.remit}.")
        for pole in (doctrine.fs, doctrine.cn)
    ]
    return sorted([*_WORKSHOP_WORDS, *poles], key=lambda pair: pair[0].casefold())
