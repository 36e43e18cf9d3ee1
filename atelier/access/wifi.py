"""The Wi-Fi that a room joins first, as its facilitator typed it: beside the journals, never in one of them."""

import json
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path

from atelier.runtime.private_file import replace_private

_SUFFIX = ".wifi"

Network = tuple[str, str]
"""Name and password; the password is empty where there is none."""


class WifiNetworks(MutableMapping[str, Network]):
    """Networks by workshop, a file each. A disk that takes nothing costs them at the next start, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Network] = {}
        for path in folder.glob(f"*{_SUFFIX}"):
            if path.with_suffix(".db").exists():
                with suppress(OSError, ValueError):
                    name, password = json.loads(path.read_text(encoding="utf-8"))
                    self._known[path.stem] = (str(name), str(password))
            else:  # its workshop was erased by another program
                _forget(path)

    def __getitem__(self, code: str) -> Network:
        return self._known[code]

    def __setitem__(self, code: str, network: Network) -> None:
        self._known[code] = network
        with suppress(OSError):
            replace_private(self._path(code), json.dumps(network).encode())

    def __delitem__(self, code: str) -> None:
        del self._known[code]
        _forget(self._path(code))

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def _path(self, code: str) -> Path:
        return self._folder / f"{code}{_SUFFIX}"


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
