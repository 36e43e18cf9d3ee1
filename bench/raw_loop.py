"""`python -m bench.raw_loop PORT BYTES`: on a byte from a writer, send BYTES bytes to all readers of its room. No more.

A connection says `r1` or `w1` and a newline first: reader or writer of room 1. A writer gets a byte back for its byte.
`compiled()`: the same in C, where a compiler is there. What one says of costs is not to be mixed with the other.
"""

import contextlib
import selectors
import shutil
import socket
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
BUILT = SOURCE.parent.parent / "build" / "bench" / "raw_loop"


@cache
def compiled() -> Path | None:
    """Return the loop made of the C beside this file, None where nothing compiles it."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    command = [compiler, "-O2", "-D_GNU_SOURCE", "-o", str(BUILT), str(SOURCE)]
    return BUILT if subprocess.run(command, check=False, capture_output=True).returncode == 0 else None


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
