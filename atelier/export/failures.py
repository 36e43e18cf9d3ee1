"""Why a document could not be made, and the French sentence that says so."""

import sys

PRINT_INSTEAD = "Vous pouvez aussi ouvrir la fiche dans le navigateur et l’imprimer (Ctrl + P)."
_PANGO = {
    "win32": "Sous Windows, prenez le compte-rendu en DOCX, que Word enregistre en PDF.",
    "darwin": "Pour l’avoir : brew install pango.",
}


def pango_advice(platform: str = sys.platform) -> str:
    """Return what to do on this system where no PDF can be drawn for want of Pango."""
    linux = "Sous Debian ou Ubuntu : apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
    return _PANGO.get(platform, linux)


SENTENCES = {
    "pango": "Le PDF n’a pas pu être fait : il manque Pango sur cet ordinateur. Rien n’est perdu. "
    f"{pango_advice()} {PRINT_INSTEAD}",
    "too-long": "Le PDF demande trop de temps sur cet ordinateur : l’Atelier l’a arrêté. Rien n’est perdu. "
    "Réessayez dans un instant, ou récupérez les fiches groupe par groupe. " + PRINT_INSTEAD,
    "memory": "Le PDF demande trop de mémoire sur cet ordinateur. Rien n’est perdu. "
    "Récupérez les fiches groupe par groupe. " + PRINT_INSTEAD,
    "busy": "Beaucoup de documents sont demandés à la fois. Rien n’est perdu : réessayez dans une minute.",
    "disk": "Le PDF n’a pas pu être écrit : le disque est plein ou protégé. L’atelier, lui, est bien enregistré. "
    "Libérez de la place, puis réessayez.",
    "unknown-document": "Ce document n’existe pas. Choisissez une fiche de groupe, l’ensemble ou le kit papier, "
    "en A3 ou en A4.",
    "nothing-dated": "Aucune décision n’a de date, et la prochaine rencontre n’est pas dite\u00a0: rien à mettre "
    "dans un agenda. Donnez une date à une décision, puis recommencez.",
    "unwanted": "Le document n’était plus attendu : il n’a pas été fait.",
    "failed": "Le PDF n’a pas pu être fait. Rien n’est perdu : l’atelier est bien enregistré. "
    + PRINT_INSTEAD,
}


class ExportFailed(Exception):  # noqa: N818 - what happened, as Refused
    """The document was not made, nothing was left behind. `detail` is for the log, never for the screen."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.sentence = SENTENCES[code]
        self.detail = detail
