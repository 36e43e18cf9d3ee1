"""Process infrastructure: greenlets, child processes, logging, disk errors, control of a running server."""
