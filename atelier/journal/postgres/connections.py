"""Connections to PostgreSQL: opened when needed, kept, given to one caller at a time; its errors as errno.

psycopg's own pool makes threads, which are greenlets in a server, while most callers here are native threads.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection, errors, waiting

from atelier.runtime.concurrency import greenlets, native_lock, on_the_loop

PATIENCE_S = 5
"""Seconds until a connection is made or given up, and until a silent network counts as cut."""
STATEMENT_S = 15
"""Seconds after which the server gives a statement up; less than COMMIT_TIMEOUT_S."""
_IDLE = 16

_ERRNO: tuple[tuple[type[psycopg.Error], int], ...] = (
    (errors.DiskFull, errno.ENOSPC),
    (errors.OutOfMemory, errno.ENOMEM),
    (errors.ReadOnlySqlTransaction, errno.EROFS),
    (errors.InsufficientPrivilege, errno.EACCES),
    (errors.InvalidPassword, errno.EACCES),
    (errors.InvalidAuthorizationSpecification, errno.EACCES),
    (errors.InvalidCatalogName, errno.ENOENT),
    (errors.QueryCanceled, errno.ETIMEDOUT),
    (errors.LockNotAvailable, errno.EBUSY),
    (psycopg.OperationalError, errno.EHOSTUNREACH),
    (psycopg.InterfaceError, errno.EHOSTUNREACH),
    (errors.SyntaxErrorOrAccessRuleViolation, errno.EIO),
    (psycopg.InternalError, errno.EIO),
)

_SETTINGS = """
select set_config('statement_timeout', %s, false), set_config('synchronous_commit', case confirmed when 'off' then 'on'
    else confirmed end, false) from current_setting('synchronous_commit') as confirmed
"""
"""An acknowledgement means a disk: where the whole server was set to less, not for us."""


class Connections:
    """Connections to one database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._idle: list[Connection] = []
        self._lock = native_lock()
        self._closed = False
        _wait_on_any_thread()

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """Lend a connection, each statement of which is a transaction. Raises OSError, or psycopg's IntegrityError."""
        with translated():
            connection = self._idle_one() or self.fresh()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def fresh(self) -> Connection:
        """Return a new connection, the caller's own. Raises psycopg.Error."""
        connection = psycopg.connect(
            self.url, autocommit=True, connect_timeout=PATIENCE_S, application_name="atelier",
            keepalives_idle=PATIENCE_S, keepalives_interval=1, keepalives_count=PATIENCE_S,
            tcp_user_timeout=PATIENCE_S * 1000,
        )  # fmt: skip
        connection.execute(_SETTINGS, [f"{STATEMENT_S}s"])
        return connection

    def close(self) -> None:
        """Close what is idle; what is lent is closed when it comes back."""
        self._closed = True
        for connection in self._emptied():
            connection.close()

    def _idle_one(self) -> Connection | None:
        while True:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            if connection is None or _is_alive(connection):
                return connection
            connection.close()

    def _give_back(self, connection: Connection) -> None:
        if connection.closed or connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            # The server went: what is idle went with it.
            for each in (connection, *self._emptied()):
                each.close()
            return
        with self._lock:
            kept = not self._closed and len(self._idle) < _IDLE
            if kept:
                self._idle.append(connection)
        if not kept:
            connection.close()

    def _emptied(self) -> list[Connection]:
        with self._lock:
            idle, self._idle = self._idle, []
        return idle


@contextmanager
def translated() -> Iterator[None]:
    """Translate psycopg's errors into OSError, but those of integrity, which say what the data are."""
    try:
        yield
    except psycopg.IntegrityError:
        raise
    except psycopg.Error as error:
        number = next((number for kind, number in _ERRNO if isinstance(error, kind)), errno.EIO)
        raise OSError(number, " ".join(str(error).split())[:300] or type(error).__name__) from error


def _is_alive(connection: Connection) -> bool:
    """Tell whether the server still holds an idle connection, as far as the socket tells without asking."""
    try:
        connection.pgconn.consume_input()  # its last words, if it is gone
        connection.pgconn.consume_input()
    except psycopg.Error:
        return False
    return connection.pgconn.status == psycopg.pq.ConnStatus.OK


def _wait_on_any_thread() -> None:
    """Have psycopg wait as the thread demands: greenlets of the loop let others go on, native threads just wait."""
    if greenlets() and waiting.wait is not _wait:
        waiting.wait = _wait


_cooperating = waiting.wait


def _wait(*arguments: Any, **named: Any) -> Any:
    wait = _cooperating if on_the_loop() else getattr(waiting, "wait_c", _cooperating)
    return wait(*arguments, **named)
