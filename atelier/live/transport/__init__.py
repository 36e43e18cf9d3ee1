"""WebSocket transport under engine.io: one writer a socket, one encoded frame a room. docs/decisions says why."""
