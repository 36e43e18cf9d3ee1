"""One PostgreSQL server for all tests here, a database each."""

from itertools import count

import psycopg
import pytest

from atelier.journal.postgres.store import PostgresStore
from tests.support import postgres

_number = count(1)


@pytest.fixture(scope="session")
def cluster():
    with postgres.cluster() as running:
        yield running


@pytest.fixture
def url(cluster):
    return cluster.create(f"atelier{next(_number)}")


@pytest.fixture
def store(url):
    opened = PostgresStore(url)
    yield opened
    opened.close()


@pytest.fixture
def spoil(url):
    """A function that runs a statement behind the program's back."""

    def run(statement, *given):
        with psycopg.connect(url, autocommit=True, options="-c search_path=atelier") as connection:
            connection.execute(statement, given)

    return run
