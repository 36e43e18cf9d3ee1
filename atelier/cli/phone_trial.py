"""Reachability test with a phone: a QR code for each address, and a page that reports the visit."""

import io
import socket
import threading
from collections.abc import Container
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue

import click
import segno

from atelier.access.addresses import Addresses
from atelier.cli.common import cannot_listen
from atelier.config import Config
from atelier.network.choice import Choice, keep
from atelier.network.ranking import Candidate
from atelier.serving.listening import CannotListen, PortTaken, close, listen
from atelier.web.http.hosts import own_addresses
from atelier.wording import card_reason

_PAGE = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Essai</title><h1>Ce téléphone atteint l’Atelier.</h1><p>Vous pouvez fermer cette page.</p></html>"
).encode()
NOBODY = "Téléphone : aucun n’est venu ; même Wi-Fi ? VPN coupé ? pare-feu ? sinon, un partage de connexion (guide)"


def tried(config: Config, seconds: float, own: Container[str] | None = None) -> tuple[bool, str]:
    """Wait for a phone for that long; return whether one came, and the sentence that says by which address.

    `own`: the addresses of this machine, which proves nothing when it asks itself.
    """
    addresses = Addresses(config)
    if not addresses.base():
        return False, "Téléphone : cet ordinateur n’a pas d’adresse à lui donner"
    came: SimpleQueue[str] = SimpleQueue()
    try:
        listeners = listen(config.host, config.port)
    except PortTaken:
        return False, "Téléphone : arrêtez d’abord l’Atelier qui occupe ce port, puis recommencez"
    except CannotListen as no:
        return False, f"Téléphone : {cannot_listen(config, no)}"
    servers = [_serving(each, _handler(own_addresses() if own is None else own, came)) for each in listeners]
    _show(addresses, config.port, seconds)
    reached = _wait(came, seconds)
    for server in servers:
        server.shutdown()
    close(listeners)
    return (True, _said(reached, addresses, config)) if reached else (False, NOBODY)


def _show(addresses: Addresses, port: int, seconds: float) -> None:
    candidates = addresses.reach().candidates
    links = [(f"http://{each.host}:{port}", _told(each)) for each in candidates] or [(addresses.base(), "")]
    click.echo(f"\nAvec un téléphone sur le Wi-Fi de la salle ({seconds:.0f} s d’attente) :")
    for number, (link, card) in enumerate(links, start=1):
        click.echo(f"\n{number}. {link}/{f'  {card}' if card else ''}")
        drawn = io.StringIO()
        segno.make(f"{link}/").terminal(out=drawn, compact=True)
        click.echo(drawn.getvalue())
    if len(links) > 1:
        click.echo("Elle ne s’ouvre pas ? Essayez la suivante : la première qui s’ouvre est gardée.")


def _wait(came: "SimpleQueue[str]", seconds: float) -> str:
    try:
        return came.get(timeout=seconds)
    except Empty:
        return ""


def _said(reached: str, addresses: Addresses, config: Config) -> str:
    """Say which address worked; when it is not the one in the QR code, it is from now on."""
    reach = addresses.reach()
    found = next((each for each in reach.candidates if each.address == reached), None)
    if found is None:
        return "Téléphone : il a ouvert l’adresse"
    said = f"Téléphone : il a ouvert http://{found.host}:{config.port}, {_told(found)}"
    if reach.used == found:
        return said
    with suppress(OSError):
        keep(config.sessions, Choice(found.card, found.address))
        return f"{said} ; c’est désormais l’adresse du QR code"
    return f"{said} ; choisissez-la dans « Inviter »"


def _told(candidate: Candidate) -> str:
    return f"« {candidate.card} » ({card_reason(candidate.reason.name)})"


def _serving(listener: socket.socket, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("", 0), handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_address = listener.getsockname()[:2]
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    return server


def _handler(own: Container[str], came: "SimpleQueue[str]") -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer, and note by which address somebody else asked."""
            by = str(self.connection.getsockname()[0]).partition("%")[0]
            with suppress(ConnectionError):  # who hangs up before the answer came here all the same
                self._answer()
            if self.client_address[0] not in own:
                came.put(by)

        def _answer(self) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(_PAGE)))
            self.end_headers()
            self.wfile.write(_PAGE)

        def log_message(self, *_: object) -> None:
            """Nothing is logged of a request."""

    return Handler
