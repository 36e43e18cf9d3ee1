"""The address that a facilitator chose, kept beside the journals for this machine."""

import json
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from atelier.network.ranking import Candidate
from atelier.runtime.private_file import replace_private

NAME = ".adresses.json"


class Choice(NamedTuple):
    """What was chosen: the address, of the card named so."""

    card: str
    address: str


def kept(folder: Path) -> Choice | None:
    """Return what was chosen on this machine; None when nothing was, or when that cannot be read."""
    stored = _read(folder).get(socket.gethostname())
    try:
        return Choice(str(stored["card"]), str(stored["address"])) if stored else None
    except (TypeError, LookupError):
        return None


def keep(folder: Path, choice: Choice | None) -> None:
    """Keep a choice, or forget it. Folders that several machines share keep one for each. Raises OSError."""
    stored = _read(folder) | {socket.gethostname(): choice and choice._asdict()}
    chosen = {name: each for name, each in stored.items() if each}
    replace_private(folder / NAME, json.dumps(chosen, ensure_ascii=False).encode())


def followed(choice: Choice | None, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate that was chosen: that address, else another one of that card (a new lease); else None."""
    if choice is None:
        return None
    same = [each for each in candidates if each.address == choice.address]
    of_card = [each for each in candidates if each.card == choice.card]
    return next(iter([*same, *of_card]), None)


def _read(folder: Path) -> dict[str, Any]:
    try:
        stored = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}
