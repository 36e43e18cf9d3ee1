"""`link`: what looks after the workshops of this machine."""

import click

from atelier.cli.parts import BUSY, configured, main, snapshot_of
from atelier.config import secret_of
from atelier.domain import commands as c
from atelier.domain.values import Holder
from atelier.journal.folder import FolderBusy, JournalFolder
from atelier.service import HOST, Service
from atelier.web.keys import hash_of, new_key_id, secret_for


@main.command()
@click.argument("code")
def link(code: str) -> None:
    """Refaire un lien d’animation, quand il a été perdu (serveur arrêté)."""
    config = configured()
    folder = JournalFolder(config.sessions)
    try:
        folder.hold()
    except FolderBusy:
        raise click.ClickException(BUSY) from None
    service = Service(folder)
    key_id = new_key_id()
    secret = secret_for(secret_of(config.sessions), code, key_id)
    snapshot_of(service, code)
    service.handle(code, c.IssueKey(holder=Holder.FACILITATOR, key_hash=hash_of(secret)), HOST, key_id)
    service.close()
    folder.release()
    click.echo(f"http://localhost:{config.port}/animer/{code}?cle={secret}")
