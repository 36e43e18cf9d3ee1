"""WebSockets under engine.io: one owner of all that leaves a socket, one frame a room. docs/decisions says why."""
