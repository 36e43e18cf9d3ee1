"""Retention of journals: backups, restoring them, and the purge at the end of their term."""
