"""The journal: every fact of a workshop, durable and in order. Knows nothing of HTTP or sockets."""
