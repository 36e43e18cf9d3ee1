"""The journal in a real PostgreSQL keeps every promise of the one in files."""

from tests.support.journal_contract import *  # noqa: F403 - its tests are collected here
