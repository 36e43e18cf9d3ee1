"""A plausible setup for tests that need one; the doctrine's own ten actions."""

import datetime as dt

from atelier.doctrines.loading import default_setup, load
from atelier.domain.setup import Setup
from atelier.publisher import Publisher

TODAY = dt.date(2026, 6, 25)


def a_setup() -> Setup:
    """Return the default setup of the first doctrine, on a fixed day."""
    return default_setup(load("articulation"), TODAY)


PUBLISHER = Publisher(
    body="Préfecture des Vosges", address="1 place Foch, Épinal", director="La préfète", host="Un hébergeur, Nancy",
    contact="atelier@vosges.example", dpo="dpo@vosges.example",
)  # fmt: skip
"""Who answers for a public server."""
