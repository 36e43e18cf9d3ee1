"""`python -m bench.raw_loop PORT BYTES`: on a byte from a writer, send BYTES bytes to all readers of its room. No more.

A connection says `r1` or `w1` and a newline first: reader or writer of room 1. A writer gets a byte back for its byte.
"""

import contextlib
import selectors
import socket
import sys
from collections import defaultdict


def main(port: int, size: int) -> None:
    """Serve until told to stop."""
    frame, rooms = b"x" * size, defaultdict(list)
    selector = selectors.DefaultSelector()
    listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    selector.register(listener, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            connection = key.fileobj
            assert isinstance(connection, socket.socket)
            if connection is listener:
                connection, _ = listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                role = connection.recv(10).decode().strip()
                connection.setblocking(False)
                if role[0] == "r":
                    rooms[role[1:]].append(connection.send)
                else:
                    selector.register(connection, selectors.EVENT_READ, rooms[role[1:]])
                connection.send(b"!")
            elif connection.recv(100):
                for send in key.data:
                    with contextlib.suppress(BlockingIOError):
                        send(frame)
                connection.send(b".")
            else:
                selector.unregister(connection)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
