"""What is being typed on the desks of workshops in a database that nodes share."""

from atelier.journal.postgres.store import PostgresStore
from atelier.runtime.concurrency import off_the_loop
from atelier.service.drafts import Draft

_THERE = "(select id from atelier.workshops where code = %s and not aside)"


class SharedDrafts:
    """Keeps drafts durably, a row a field."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def of(self, code: str) -> dict[str, Draft]:
        """Return the drafts of a workshop by field; none where they cannot be read."""
        query = f"select field, text, desk, at from atelier.drafts where workshop = {_THERE}"  # noqa: S608 - ours
        try:
            return {field: Draft(*rest) for field, *rest in self._store.rows(query, code)}
        except OSError:
            return {}

    def keep(self, code: str, field: str, draft: Draft) -> None:
        """Keep what a field says, durably; an empty text takes it away. Raises OSError."""
        if draft.text:
            query = (
                f"insert into atelier.drafts select id, %s, %s, %s, %s from {_THERE} as there "  # noqa: S608 - ours
                "on conflict (workshop, field) do update "
                "set text = excluded.text, desk = excluded.desk, at = excluded.at"
            )
            off_the_loop(self._store.run, query, field, *draft, code)
        else:
            query = f"delete from atelier.drafts where workshop = {_THERE} and field = %s"  # noqa: S608 - ours
            off_the_loop(self._store.run, query, code, field)

    def forget(self, code: str, kinds: tuple[str, ...] = ("",)) -> None:
        """Delete the drafts whose field begins with one of `kinds`, all by default. Raises OSError."""
        query = f"delete from atelier.drafts where workshop = {_THERE} and field like any(%s)"  # noqa: S608 - ours
        self._store.run(query, code, [f"{kind}%" for kind in kinds])
