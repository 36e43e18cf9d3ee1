"""How many texts one person may write. Facilitators type in paper sheets: theirs are not counted."""

from atelier.domain import limits
from atelier.domain.acts import Act
from atelier.domain.refusals import Code, Refused
from atelier.domain.state import Workshop
from atelier.domain.values import Role


def check(state: Workshop, act: Act) -> None:
    """Refuse a text of somebody who wrote as many as one person may, taken back ones included."""
    if act.by.role is Role.PARTICIPANT and state.people[act.by.id].texts >= limits.TEXTS_PER_PERSON:
        raise Refused(Code.TEXT_QUOTA, str(limits.TEXTS_PER_PERSON))
