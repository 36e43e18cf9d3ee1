"""`python -m atelier` and `atelier`: servers run on greenlets, which take over before anything else is imported."""

import sys

from atelier.runtime import concurrency

NO_GEVENT = (
    "Il manque gevent, sans quoi l’Atelier ne peut rien servir. Refaites l’installation ; "
    "sur un Mac, elle demande Python 3.12 ou plus récent."
)

NO_PACKAGES = (
    "Il manque le paquet Python « {} ». Dans le dossier de l’Atelier : « make install », puis « .venv/bin/atelier » "
    "au lieu de « python3 -m atelier »."
)


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] in (["serve"], ["demo"]):
        _be_a_server()
    try:
        from atelier.cli import main as command_line
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("atelier"):
            raise
        sys.exit(NO_PACKAGES.format(missing.name))
    command_line()


def _be_a_server() -> None:
    try:
        concurrency.take_over()
    except ImportError:
        sys.exit(NO_GEVENT)
    from atelier.live.transport import compat

    compat.insist()


if __name__ == "__main__":
    main()
