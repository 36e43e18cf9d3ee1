"""`python -m atelier` and `atelier`: servers run on greenlets, which take over before anything else is imported."""

import sys

from atelier import concurrency

NO_GEVENT = (
    "Il manque gevent, sans quoi l’Atelier ne peut rien servir. Refaites l’installation ; "
    "sur un Mac, elle demande Python 3.12 ou plus récent."
)


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] in (["serve"], ["demo"]):
        _be_a_server()
    from atelier.cli import main as command_line

    command_line()


def _be_a_server() -> None:
    try:
        concurrency.take_over()
    except ImportError:
        sys.exit(NO_GEVENT)
    from atelier.live.transport import pins

    pins.insist()


if __name__ == "__main__":
    main()
