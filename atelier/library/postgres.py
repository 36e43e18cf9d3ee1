"""The library's rows in the database that nodes share."""

from collections.abc import Callable, Sequence
from typing import Any

from atelier.journal.postgres.store import PostgresStore
from atelier.library.engines import Run


class DatabaseEngine:
    """Tables in the database of `store`, which made them."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def transaction(self, work: Callable[[Run], Any]) -> Any:
        """Return what `work` returns, durably."""
        with self._store.connections.one() as connection, connection.transaction():

            def run(query: str, *given: object) -> Sequence[Any]:
                cursor = connection.execute(query.format(schema="atelier").encode(), given)
                return cursor.fetchall() if cursor.description else ()

            return work(run)

    def reading(self, work: Callable[[Run], Any]) -> Any:
        """Return what `work` returns."""
        return self.transaction(work)
