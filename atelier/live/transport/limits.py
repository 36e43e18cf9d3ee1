"""Every limit of the transport, in one place."""

MESSAGE_BYTES = 32 * 1024
"""The longest message a client may send, on either transport. Ours are a few hundred bytes."""

QUEUE_BYTES = 1024 * 1024
"""What may wait for one reader; then it is dropped, and catches up by its position when it is back."""

QUEUE_SECONDS = 10.0
"""How long anything may wait for one reader; then it is dropped likewise."""

SEND_BUFFER_BYTES = 128 * 1024
"""What the kernel may hold for one reader. Left to itself Linux takes up to 4 MB each, which nobody counts."""

INCOMING_RATE, INCOMING_BURST = 50.0, 200.0
"""Frames a second that are read from one client, and at once; beyond them it is read more slowly, nothing is lost."""

LONGEST_PAUSE_S = 5.0
"""A pause in which a client that hung up meanwhile is not noticed."""

RECEIVE_BYTES = 16 * 1024
"""Read from a socket at a time."""

LINGER_SECONDS, LINGER_BYTES = 1.0, 4 * 1024 * 1024
"""What is still read and thrown away after a close frame, so that the other side gets to see it."""

SLICE = 500
"""Readers served in a row before others get a turn: some 4 ms."""

PING_INTERVAL_S, PING_TIMEOUT_S = 20, 15
"""engine.io's own ping: how a connection that died without a word is found. Phones watch the beat instead."""
