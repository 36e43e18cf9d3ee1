"""From plain values to a doctrine, and back: every fault of what a file, a form or the library says, by its place."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from atelier.doctrines.shape import DOCTRINE, Fault, Found, Path
from atelier.domain.colours import APART, OURS, PAPER, TEXT, contrast, distance, readable
from atelier.domain.doctrine import DefaultMission, Doctrine, Landmark, Pole, Script, SheetAction
from atelier.domain.limits import LINES_WITH_FREE
from atelier.domain.values import Phase, Side

_NEITHER = ("les deux", "coordination", "autre")
"""What people and missions of neither pole are called."""


class FaultyDoctrine(ValueError):  # noqa: N818 - says what it is
    """What is wrong, in the order of the sheet."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.path} {fault.reason} {fault.detail}".strip() for fault in faults))
        self.faults = faults


def doctrine_of_plain(plain: Any) -> Doctrine:
    """Return the doctrine that `plain` says, its texts cleaned. Raises FaultyDoctrine."""
    found = Found()
    made = DOCTRINE(plain, (), found)
    if not found.faults:
        _check_together(made, found)
    if found.faults:
        raise FaultyDoctrine(tuple(found.faults))
    return _built(made)


def plain_of(doctrine: Doctrine) -> dict[str, Any]:
    """Return a doctrine as the plain values of a file: in its order, without what is empty."""
    return {name: _plain(value) for name, value in asdict(doctrine).items() if value not in ("", ())}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items() if each not in ("", ())}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Phase | Side) else value


def _built(made: dict[str, Any]) -> Doctrine:
    lists = {
        "instructions": tuple(made["instructions"]),
        "stakes": tuple(dict.fromkeys(made["stakes"])),
        "scale": tuple(made["scale"]),
        "fs": Pole(**made["fs"]),
        "cn": Pole(**made["cn"]),
        "actions": tuple(
            SheetAction(**each | {"examples": tuple(each["examples"])}) for each in made["actions"]
        ),
        "missions": tuple(
            DefaultMission(side=Side(each["side"]), text=each["text"]) for each in made["missions"]
        ),
        "agenda": tuple(_script(each) for each in made["agenda"]),
        "landmarks": tuple(Landmark(**each | {"items": tuple(each["items"])}) for each in made["landmarks"]),
    }
    return Doctrine(**made | lists)


def _script(made: dict[str, Any]) -> Script:
    lists = {"say": tuple(made["say"]), "groups_do": tuple(made["groups_do"])}
    return Script(**made | {"phase": Phase(made["phase"])} | lists)


def _check_together(made: dict[str, Any], found: Found) -> None:
    """Note what is wrong between values that are right alone."""
    _apart(found, [(("scale", n), word) for n, word in enumerate(made["scale"])])
    for key in ("id", "label", "short"):
        _apart(found, [(("actions", n, key), each[key]) for n, each in enumerate(made["actions"])])
    for key in ("name", "short"):
        _apart(found, [((arm, key), made[arm][key]) for arm in ("fs", "cn")], _NEITHER)
    if len(made["actions"]) + made["free_lines"] > LINES_WITH_FREE:
        found.add(("free_lines",), "too-many", LINES_WITH_FREE - len(made["actions"]))
    if [each["phase"] for each in made["agenda"]] != list(Phase):
        found.add(("agenda",), "phases", ", ".join(Phase))
    _check_colours(made, found)


def _apart(found: Found, said: Iterable[tuple[Path, str]], before: Iterable[str] = ()) -> None:
    known = set(before)
    for path, words in said:
        if words.casefold() in known:
            found.add(path, "twin", words)
        known.add(words.casefold())


def _check_colours(made: dict[str, Any], found: Found) -> None:
    colours = {arm: made[arm]["colour"] or ours for arm, ours in OURS.items()}
    for arm, colour in colours.items():
        if contrast(colour, PAPER) < TEXT:
            found.add((arm, "colour"), "too-pale", readable(colour, TEXT, PAPER))
    if distance(*colours.values()) < APART:
        found.add(("cn", "colour"), "alike")
