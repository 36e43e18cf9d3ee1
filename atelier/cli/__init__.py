"""The command line. Each command calls the service or the export, like any other surface."""

from atelier.cli import check, importation, records, relocation, retention, serve, transfer  # noqa: F401 - importing registers commands
from atelier.cli.common import main

__all__ = ["main"]
