"""The library in a real PostgreSQL keeps every promise of the one in a file."""

import pytest

from atelier.journal.postgres.store import PostgresStore
from atelier.library.library import Library
from atelier.library.postgres import DatabaseEngine
from tests.support.library_contract import *  # noqa: F403 - its tests are collected here


@pytest.fixture
def library(store: PostgresStore) -> Library:
    return Library(DatabaseEngine(store))
