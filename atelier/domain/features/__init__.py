"""The workshop by subject: each file holds its commands, its events, and the functions that decide, evolve, undo them.

This is the only list of the files. `commands.py` and `events.py` make all of it reachable under one name.
"""

# In the order in which people read about them: docs/protocol.md keeps it.
# isort: off
from atelier.domain.features.lifecycle import *
from atelier.domain.features.people import *
from atelier.domain.features.entrance import *
from atelier.domain.features.wall import *
from atelier.domain.features.clock import *
from atelier.domain.features.agenda import *
from atelier.domain.features.pen import *
from atelier.domain.features.answers import *
from atelier.domain.features.sheet import *
from atelier.domain.features.initiatives import *
from atelier.domain.features.gatherings import *
from atelier.domain.features.missions import *
from atelier.domain.features.vote import *
from atelier.domain.features.report import *
from atelier.domain.features.photos import *
from atelier.domain.features.decisions import *
from atelier.domain.features.follow_up import *
from atelier.domain.features.late import *
from atelier.domain.features.undo import *
from atelier.domain.registry import check
# isort: on

check()
