"""`atelier demo`: serve as `serve` does; a simulated room plays in another process, which ends with the server."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import webbrowser
from typing import NamedTuple

import click

from atelier.access.addresses import Addresses
from atelier.config import Config
from atelier.demo.cast import Cast
from atelier.demo.script import Cue
from atelier.runtime.processes import environment, lower_priority

PHASES = {
    "missions": "remits",
    "articulations": "articulations",
    "restitution": "report-back",
    "synthese": "synthesis",
}
"""As one types them, and as the journal calls them."""

ENOUGH = "enough"
"""The last word of a server that ends as it should."""

FAILED = 3
"""The exit status after the sentence that says what went wrong."""

PATIENCE_S = 3.0


class Part(NamedTuple):
    """Options of a rehearsal: `speed` 60 plays an hour in a minute; `until` is a key of `PHASES`, or "".

    `answers_first`: each answers alone before the tables place.
    """

    port: int
    create_key: str
    speed: float
    opened: bool
    until: str
    answers_first: bool = False


def rehearse(
    config: Config, speed: float, opened: bool, until: str = "", answers_first: bool = False
) -> None:
    """Serve and play until told to stop; the workshop stays to be looked at after the last act.

    `speed`: 60 plays an hour in a minute, 0 does not wait. `until`: the phase from which on somebody else
    facilitates, "" for none. `answers_first`: each answers alone before the tables place.
    """
    from atelier.serving import serve_forever

    cast = CastProcess(Part(config.port, config.create_key, speed, opened, until, answers_first))
    try:
        serve_forever(config, cast.start)
    finally:
        cast.stop()


class CastProcess:
    """The cast's process: its standard input stays open for as long as it may play."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def start(self) -> None:
        """Start playing, in the background."""
        process = self._process = subprocess.Popen(
            [sys.executable, "-m", "atelier.demo.process"],
            stdin=subprocess.PIPE,
            env=environment(),
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
        )
        lower_priority(process.pid)
        if process.stdin is not None:
            process.stdin.write(json.dumps(self._part._asdict()).encode() + b"\n")
            process.stdin.flush()
        threading.Thread(target=self._watch, args=(process,), daemon=True).start()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        process, self._stopping = self._process, True
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.write(ENOUGH.encode())
            process.stdin.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        status = process.wait()
        if not self._stopping and status != FAILED:  # then it said itself what went wrong
            click.echo(
                f"Les participants simulés se sont arrêtés ({status}). "
                "L’Atelier tourne encore : tout reste à regarder.",
                err=True,
            )


def main() -> None:
    """Read the part on standard input and play it; end with that input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl + C is for the server, whose end is ours
    part = Part(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_play_or_say, args=(part,), daemon=True).start()
    if sys.stdin.read().strip() != ENOUGH:
        click.echo("Le serveur s’est arrêté d’un coup : la répétition aussi.", err=True)
    os._exit(0)  # whatever thread still waits for an answer


def _play_or_say(part: Part) -> None:
    try:
        _play(part)
    except TimeoutError:
        _stopped("cet ordinateur est trop occupé, l’Atelier n’a pas répondu à temps.")
    except Exception as error:
        _stopped(str(error) or type(error).__name__)


def _stopped(why: str) -> None:
    click.echo(f"La répétition s’est arrêtée : {why} L’Atelier tourne encore.", err=True)
    os._exit(FAILED)


def _play(part: Part) -> None:
    here = f"http://localhost:{part.port}"
    cast = Cast(here, part.create_key, part.answers_first)
    desk = here + cast.facilitators_link()
    click.echo("La répétition commence. Pour l’arrêter : Ctrl + C.")
    click.echo(f"  Poste d’animation  {desk}")
    click.echo(f"  Écran à projeter   {here}/ecran/{cast.code}  (après avoir ouvert le poste d’animation)")
    click.echo(f"  Participer aussi   {here}/r/{cast.code}")
    click.echo(f"  … sur un téléphone {Addresses(Config(port=part.port)).join(cast.code) or here}")
    if part.opened:
        webbrowser.open(desk)
    cast.run(part.speed, lambda cue: _opens(cue, part.until))
    if part.until:
        click.echo(
            f"À vous d’animer : ouvrez « {part.until.capitalize()} » au poste d’animation, les groupes suivront."
        )
        cast.follow(part.speed)
    for sentence in cast.refused:
        click.echo(f"  Refusé : {sentence}")
    click.echo(f"La répétition est finie : {cast.saved()} actes confirmés. Tout reste à regarder.")


def _opens(cue: Cue, phase: str) -> bool:
    return cue.command == "open-phase" and cue.fields["phase"] == PHASES.get(phase)


if __name__ == "__main__":
    main()
