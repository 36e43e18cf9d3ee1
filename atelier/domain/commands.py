"""Every command under one name: `from atelier.domain import commands as c`. They are written in `features/`.

Fields `from_…` say where the room was on the screen that was pressed; left out, nothing is checked
(`domain/preconditions.py`).
"""

from atelier.domain import acts
from atelier.domain.features import *
from atelier.domain.registry import COMMANDS

Command = acts.Command

NAMES = COMMANDS
"""Form name → class: `place-action` → PlaceAction."""
