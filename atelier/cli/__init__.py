"""The command line. Each command calls the service or the export, like any other surface."""

from atelier.cli import checking, reading, relocation, retention, serving  # noqa: F401 - importing them registers their commands
from atelier.cli.parts import main

__all__ = ["main"]
