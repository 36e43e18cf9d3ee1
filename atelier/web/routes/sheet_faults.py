"""What is wrong with a doctrine, in French: beside the fields of its form, and with the line of its file."""

from atelier import wording
from atelier.doctrines.shape import Fault
from atelier.doctrines.toml_file import line_of

_SAID = {
    "missing": "il manque.",
    "unknown-key": "ce nom n’existe pas dans une fiche. Corrigez-le, ou enlevez la ligne.",
    "not-text": "un texte entre guillemets est attendu.",
    "not-a-number": "un nombre entier de 0 à {detail} est attendu.",
    "not-a-list": "une liste entre crochets est attendue.",
    "not-a-table": "une table est attendue, comme [fs].",
    "not-a-flag": "true (oui) ou false (non) est attendu.",
    "not-a-choice": "une de ces valeurs est attendue\u00a0: {detail}.",
    "not-a-colour": "une couleur s’écrit comme #1f4fa3.",
    "not-a-slug": "des minuscules sans accent, des chiffres et des traits d’union sont attendus, 40 au plus.",
    "empty": "le texte manque.",
    "text-too-long": "le texte est trop long\u00a0: {detail} caractères au plus.",
    "text-unreadable": "le texte contient des caractères que l’atelier ne peut pas garder.",
    "too-many": "il y en a trop\u00a0: {detail} au plus.",
    "too-few": "il en faut au moins {detail}.",
    "twin": "«\u00a0{detail}\u00a0» est déjà pris. Choisissez d’autres mots.",
    "too-pale": "la couleur est trop pâle pour être lue sur fond clair. Essayez {detail}.",
    "alike": "la couleur est trop proche de celle de l’autre métier. Choisissez-en une plus différente.",
    "phases": "les cinq étapes sont attendues, dans cet ordre\u00a0: {detail}.",
    "not-toml": "le fichier ne se lit plus ici. Il manque sans doute un guillemet, un crochet ou un signe =.",
}
_ONE_OF_A_LIST = {
    "actions": "action", "missions": "mission", "agenda": "étape", "landmarks": "repère",
}  # fmt: skip


def sentence(fault: Fault) -> str:
    """Return what is wrong with a value, to stand beside its field."""
    return wording.capitalized(_SAID[fault.reason].replace("{detail}", fault.detail))


def with_line(text: str, fault: Fault) -> str:
    """« Ligne 37, table [cn], « colour » : … » of a file."""
    at = f"Ligne {line_of(text, fault.path)}"
    where = "" if fault.path[:1] == ("",) else "".join(f", {each}" for each in _where(fault))
    return f"{at}{where}\u00a0: {_SAID[fault.reason].replace('{detail}', fault.detail)}"


def _where(fault: Fault) -> list[str]:
    path = list(fault.path)
    told = []
    if len(path) > 1 and isinstance(path[1], int) and path[0] in _ONE_OF_A_LIST:
        told.append(f"{_ONE_OF_A_LIST[str(path[0])]} {path[1] + 1}")
        path = path[2:]
    elif len(path) > 1 and path[0] in ("fs", "cn"):
        told.append(f"table [{path[0]}]")
        path = path[1:]
    return [
        *told,
        *(f"texte {each + 1}" if isinstance(each, int) else f"«\u00a0{each}\u00a0»" for each in path),
    ]
