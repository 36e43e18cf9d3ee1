"""How long a connection may take, in seconds, and how much it may say; the same on threads and greenlets."""

HEAD_S = 20.0
"""For the head of a request, and for every further piece of its body."""

KEEP_THREADS_S = 15.0
"""Between two requests of a connection; on threads, where each open connection holds one."""

KEEP_GREENLETS_S = 75.0
"""The same on greenlets."""

LEFTOVER_BYTES, LEFTOVER_S = 4 * 1024 * 1024, 1.0
"""What is still read of a body that was refused, so that the refusal arrives."""
