"""This machine on its networks: its cards, which of their addresses a phone reaches, the one that was chosen."""
