"""French translations of click's own messages (usage, options, invalid values)."""

from types import ModuleType

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

MESSAGES = {
    # help
    "Usage:": "Utilisation :",
    "Options": "Options ",
    "Commands": "Commandes ",
    "Positional arguments": "Arguments ",
    "Show this message and exit.": "Dire ceci, et rien d’autre.",
    "env var: {var}": "variable : {var}",
    "default: {default}": "par défaut : {default}",
    "(dynamic)": "(calculé)",
    "required": "obligatoire",
    "deprecated": "abandonné",
    # errors
    "Aborted!": "Abandonné.",
    "Error: {message}": "Erreur : {message}",
    "Error: invalid input": "Erreur : réponse non comprise",
    "Try '{command} {option}' for help.": "Pour de l’aide : {command} {option}",
    "Missing command.": "Il manque la commande.",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "Missing parameter: {param_name}": "Il manque le paramètre « {param_name} »",
    "Missing {param_type}": "Il manque : {param_type}",
    "No such option {name!r}.": "L’option « {name} » n’existe pas.",
    "No such command {name!r}.": "La commande « {name} » n’existe pas.",
    "Invalid value: {message}": "Cela ne convient pas : {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} ne convient pas : {message}",
    "Could not open file {filename!r}: {message}": "Le fichier « {filename} » ne s’ouvre pas : {message}",
    "unknown error": "cause inconnue",
    "Option {name!r} does not take a value.": "L’option « {name} » ne prend pas de valeur.",
    "Argument {name!r} takes {nargs} values.": "L’argument « {name} » prend {nargs} valeurs.",
    "Value must be an iterable.": "Il faut plusieurs valeurs.",
    # values
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "Choose from:\n\t{choices}": "Choisissez parmi :\n\t{choices}",
    "Choice({choices})": "un choix parmi {choices}",
    "{value} is not in the range {range}.": "{value} n’est pas dans l’intervalle {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "« {value} » n’est ni oui ni non.",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre entier.",
    "{name} {filename!r} does not exist.": "{name} « {filename} » : il n’existe pas.",
    "{name} {filename!r} is a file.": "« {filename} » est un fichier.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier.",
    "{name} {filename!r} is not readable.": "{name} « {filename} » : il ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{name} « {filename} » : on ne peut pas y écrire.",
    "{name} {filename!r} is not executable.": "{name} « {filename} » : il ne peut pas être exécuté.",
}
PLURALS = {
    "Got unexpected extra argument ({args})": ("Argument en trop : {args}", "Arguments en trop : {args}"),
    "Did you mean {possibility}?": (
        "Vouliez-vous dire {possibility} ?",
        "(Vouliez-vous dire l’un de ceux-ci : {possibilities} ?)",
    ),
    "Option {name!r} requires an argument.": (
        "L’option « {name} » demande une valeur.",
        "L’option « {name} » demande {nargs} valeurs.",
    ),
    "Takes {nargs} values but 1 was given.": (
        "Il faut {nargs} valeurs, une seule est donnée.",
        "Il faut {nargs} valeurs, {len} sont données.",
    ),
    "{len_type} values are required, but {len_value} was given.": (
        "Il faut {len_type} valeurs, {len_value} est donnée.",
        "Il faut {len_type} valeurs, {len_value} sont données.",
    ),
    "{value!r} is not {choice}.": (
        "« {value} » n’est pas {choice}.",
        "« {value} » n’est pas l’un de ceux-ci : {choices}.",
    ),
}
NEVER_SAID_HERE = (
    "d", "{editor}", "Windows error", "Unknown standard stream", "Couldn't detect Bash", "Shell completion",
    "DeprecationWarning", "Could not determine name", "No options defined", "Arguments take exactly one",
    "Name '{name}' defined twice", "Boolean option {decl!r}", "Invalid start character", "Unknown color",
    "Do you want to continue?", "Confirm the action", "%(prog)s", "Show the version", "Press any key",
    "Repeat for confirmation", "Error: The two entered values", "{value!r} is not a valid UUID",
    "{value!r} does not match",
)  # fmt: skip
"""Prefixes of click's messages for features that our commands do not use."""

MODULES: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, termui, types)
YES_OR_NO = {"oui": True, "non": False}
METAVARS = {click.STRING: "texte", click.INT: "nombre"}


def speak_french() -> None:
    """Patch click's gettext functions with our translations, in this process."""
    for module in MODULES:
        for name, said in (("_", _one), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, said)
    for kind, metavar in METAVARS.items():
        kind.name = metavar
    types.BoolParamType.bool_states |= YES_OR_NO


def confirmed(question: str) -> bool:
    """Ask, and tell whether the answer is yes: click itself only takes English ones."""
    answer = click.prompt(f"{question} [o/N]", default="n", show_default=False, prompt_suffix=" ")
    return str(answer).strip().lower() in {"o", "oui", "y", "yes"}


def confirm(question: str) -> None:
    """Ask, and end unless the answer is yes."""
    if not confirmed(question):
        raise click.Abort


def _one(message: str) -> str:
    return MESSAGES.get(message, message)


def _counted(one: str, several: str, count: int) -> str:
    if one not in PLURALS:
        return one if count == 1 else several
    return PLURALS[one][count > 1]
