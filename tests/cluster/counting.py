"""What authors were told, beside what the database holds of their workshop."""

from atelier.domain import events as e
from tests.support.waiting import wait_until

PATIENCE_S = 60


def kept(store, code):
    """What the database holds of a workshop, as the ledger reads it."""
    journal = store.open(code)
    recorded = list(journal.read())
    texts = [each.fact.event.text for each in recorded if isinstance(each.fact.event, e.InitiativePosted)]
    accepted = [(each.op, each.seq) for each in journal.operations()]
    return {each.seq: each.head for each in recorded}, accepted, texts


def more_is_taken(authors):
    """Wait until the nodes have answered some more acts."""

    def taken():
        return sum(len(author.told) for author in authors)

    enough = taken() + 30
    wait_until(lambda: taken() >= enough, PATIENCE_S, "nobody is answered")
