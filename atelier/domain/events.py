"""Every event under one name: `from atelier.domain import events as e`. They are written in `features/`."""

from atelier.domain import acts
from atelier.domain.features import *
from atelier.domain.registry import EVENTS

Event = acts.Event

TYPES = EVENTS
"""Stored name → class. A name never changes once published."""
