"""What the commands share: the configuration, the journals, and the sentences for what goes wrong."""

import click

from atelier.config import BadConfig, Config, from_environment
from atelier.journal.folder import JournalFolder
from atelier.journal.protocol import Damaged
from atelier.logs import set_up
from atelier.room import Snapshot
from atelier.service import Service, StorageFailed, UnknownWorkshop

BUSY = "Un serveur de l’Atelier travaille déjà sur ce dossier. Arrêtez-le d’abord, ou donnez un autre ATELIER_SESSIONS."


class Code(click.ParamType):
    """A workshop's code as people write it: « k7m 2xp », « K7M-2XP »."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it as the files have it."""
        from atelier.web.finding import normal_code

        return normal_code(value)


UNREADABLE = "disque plein, protégé ou absent"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """L’Atelier : préparer, projeter et garder un atelier d’articulation."""
    set_up()


def configured(**flags: object) -> Config:
    """Return the configuration from flags and environment, or end with a French sentence."""
    try:
        return from_environment(**flags)
    except BadConfig as bad:
        raise click.ClickException(str(bad)) from None


def reading() -> Service:
    """Return a service that only reads, beside a running server or not."""
    return Service(JournalFolder(configured().sessions, read_only=True))


def snapshot_of(service: Service, code: str) -> Snapshot:
    """Return the workshop, or end with a French sentence."""
    try:
        return service.read(code)
    except UnknownWorkshop:
        raise click.ClickException(f"Aucun atelier n’a le code « {code} ».") from None
    except Damaged:
        raise click.ClickException(f"Le fichier de l’atelier {code} est abîmé.") from None
    except StorageFailed:
        raise click.ClickException(
            f"Le fichier de l’atelier {code} ne peut pas être lu : {UNREADABLE}."
        ) from None
