"""Tables of journals in PostgreSQL, in a schema of their own, made by the first who opens them."""

from psycopg import Connection

from atelier.journal.protocol import Damaged
from atelier.journal.schema import LIBRARY

OLDEST_SERVER = 150_000
"""The oldest version of PostgreSQL that is supported, as the server numbers them."""
VERSION = 2
_LOCK = 0x61_74_65_6C
"""Key of the advisory lock under which tables are made."""

TABLES = """
create schema if not exists atelier;
create table atelier.version (number integer not null);
create table atelier.workshops (
    id bigint generated always as identity primary key,
    code text not null unique,
    seq integer not null default 0,
    head text not null default '',
    aside boolean not null default false
) with (fillfactor = 50);
create table atelier.events (
    workshop bigint not null references atelier.workshops on delete cascade,
    seq integer not null, head text not null, at bigint not null, role text not null, actor text not null,
    type text not null, version integer not null, data text not null, sum bigint not null,
    primary key (workshop, seq)
);
create table atelier.operations (
    workshop bigint not null references atelier.workshops on delete cascade,
    actor text not null, op text not null, seq integer not null, sum bigint not null,
    primary key (workshop, actor, op)
);
create index on atelier.operations (workshop, seq);
create table atelier.settings (
    workshop bigint not null references atelier.workshops on delete cascade,
    name text not null, value text not null,
    primary key (workshop, name)
);
create table atelier.attachments (
    workshop bigint not null references atelier.workshops on delete cascade,
    id text not null, body bytea not null,
    primary key (workshop, id)
);
create table atelier.states (
    workshop bigint primary key references atelier.workshops on delete cascade,
    body bytea not null
);
create table atelier.drafts (
    workshop bigint not null references atelier.workshops on delete cascade,
    field text not null, text text not null, desk text not null, at bigint not null,
    primary key (workshop, field)
);
create table atelier.server (name text primary key, value bytea not null);
create table atelier.erasures (n bigint generated always as identity primary key, line text not null);
"""

STEPS = (TABLES, LIBRARY.format(schema="atelier", bytes="bytea"))
"""What makes each version of the one before."""


def prepare(connection: Connection) -> None:
    """Bring the tables to this version. Raises Damaged when a newer version of the program made them."""
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        found = version_of(connection)
        for number, step in enumerate(STEPS[found:], found + 1):
            connection.execute(step.encode())
            connection.execute("insert into atelier.version values (%s)", [number])
    if found > VERSION:
        raise Damaged(f"tables of version {found}, expected {VERSION}")


def version_of(connection: Connection) -> int:
    """Return the version of the tables, 0 where there are none."""
    if connection.execute("select to_regclass('atelier.version')").fetchone() == (None,):
        return 0
    found = connection.execute("select max(number) from atelier.version").fetchone()
    return int(found[0]) if found else 0


def is_prepared(connection: Connection) -> bool:
    """Tell whether the tables are there, as this version wants them or newer."""
    return version_of(connection) >= VERSION
