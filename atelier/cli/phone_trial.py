"""One phone tried before the room comes: a QR code in the terminal, and a page that only says that it was reached."""

import io
import threading
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import click
import segno

from atelier.config import Config
from atelier.web.addresses import lan_address

_PAGE = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Essai</title><h1>Ce téléphone atteint l’Atelier.</h1><p>Vous pouvez fermer cette page.</p></html>"
).encode()


def tried(config: Config, seconds: float) -> tuple[bool, str]:
    """Wait for a phone for that long; return whether one came, and the sentence that says so."""
    here, came = lan_address(), threading.Event()
    try:
        server = ThreadingHTTPServer((config.host, config.port), _handler(here, came))
    except OSError:
        return False, "Téléphone : arrêtez d’abord l’Atelier qui occupe ce port, puis recommencez"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = f"http://{here}:{config.port}/"
    click.echo(f"\nAvec un téléphone sur le Wi-Fi de la salle, ouvrez {link} ({seconds:.0f} s d’attente)")
    drawn = io.StringIO()
    segno.make(link).terminal(out=drawn, compact=True)
    click.echo(drawn.getvalue())
    reached = came.wait(seconds)
    server.shutdown()
    server.server_close()
    if reached:
        return True, "Téléphone : il a ouvert l’adresse"
    return (
        False,
        "Téléphone : aucun n’est venu ; même Wi-Fi ? pare-feu ? sinon, un partage de connexion (guide)",
    )


def _handler(here: str, came: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer, and note who asked: this machine itself proves nothing."""
            with suppress(ConnectionError):  # who hangs up before the answer came here all the same
                self._answer()
            if self.client_address[0] not in ("127.0.0.1", here):
                came.set()

        def _answer(self) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(_PAGE)))
            self.end_headers()
            self.wfile.write(_PAGE)

        def log_message(self, *_: object) -> None:
            """Nothing is logged of a request."""

    return Handler
