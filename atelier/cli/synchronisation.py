"""Which service copies a folder elsewhere: OneDrive and the like, told by the names and marks that they leave."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from atelier.config import Config


class Service(NamedTuple):
    """`names`: of its folder, a pattern; `marks`: files it leaves there; `variables`: of the system, that name it."""

    name: str
    names: str
    marks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


SERVICES = (
    Service("OneDrive", r"OneDrive( - .+|-.+)?", (".849C9593-D756-4E56-8D6E-42412F2A707B",),
            ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")),
    Service("Dropbox", r"Dropbox( \(.+\)|-.+)?", (".dropbox", ".dropbox.cache")),
    Service("iCloud", r"iCloud ?Drive.*|Mobile Documents|com~apple~CloudDocs"),
    Service("Google Drive", r"Google ?Drive(-.+)?|Mon Drive|My Drive", (".tmp.drivedownload", ".tmp.driveupload")),
    Service("kDrive", r"kDrive.*", (".sync_*.kdrive.db",)),
    Service("Nextcloud", r"Nextcloud.*", (".nextcloudsync.log", ".sync_*.db", "._sync_*.db")),
    Service("ownCloud", r"ownCloud.*", (".owncloudsync.log",)),
    Service("pCloud", r"pCloud ?Drive.*"),
    Service("Proton Drive", r"Proton ?Drive.*"),
    Service("MEGA", r"MEGA(sync)?", (".megaignore",)),
)  # fmt: skip
CLOUD_STORAGE = "CloudStorage"
"""Where macOS puts the folder of every such service: `~/Library/CloudStorage/NAME-ACCOUNT`."""

WORKSHOPS = (
    "Les ateliers sont dans un dossier que {name} recopie ailleurs ({folder}). Un atelier en cours peut s’y abîmer, "
    "et ce qu’on efface ici peut y rester. Mettez-les hors de ce dossier (ATELIER_SESSIONS)."
)
DOCUMENTS = (
    "Les documents sont dans un dossier que {name} recopie ailleurs ({folder}) : ce qu’on efface ici peut y rester. "
    "Un autre dossier : ATELIER_EXPORTS."
)


def service_of(folder: Path) -> str:
    """Return the name of the service that copies this folder elsewhere, "" where none is seen."""
    places = (folder, *folder.parents)
    for service in SERVICES:
        if any(_is_of(service, place) for place in places):
            return service.name
    for above, place in zip(places[1:], places, strict=False):
        if above.name == CLOUD_STORAGE:
            return place.name.partition("-")[0]
    return ""


def warnings(config: Config) -> Iterator[tuple[bool, str]]:
    """Yield, of the folders that are copied elsewhere, whether it harms and a sentence."""
    if not config.database_url and (name := service_of(config.sessions)):
        yield True, WORKSHOPS.format(name=name, folder=config.sessions)
    if name := service_of(config.exports):
        yield False, DOCUMENTS.format(name=name, folder=config.exports)


def _is_of(service: Service, place: Path) -> bool:
    if re.fullmatch(service.names, place.name, re.IGNORECASE):
        return True
    roots = (os.environ.get(name) for name in service.variables)
    if any(root and PurePath(root) == place for root in roots):
        return True
    return any(_found(place, mark) for mark in service.marks)


def _found(place: Path, mark: str) -> bool:
    try:
        return next(place.glob(mark), None) is not None
    except OSError:  # a folder that we may cross and not list
        return False
