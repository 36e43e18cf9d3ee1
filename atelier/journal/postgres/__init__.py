"""Journals in a PostgreSQL database, which several machines share (docs/decisions/0072-journals-in-postgresql.md)."""
