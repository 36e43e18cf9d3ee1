"""Hostile clients of eight kinds: `python -m tests.attacks.hostile KIND COUNT PORT SECONDS` prints what became of them.

None has a cookie. Each sends as fast as it is listened to; once closed it comes again, five times a second at most.
"""

import contextlib
import http.client
import json
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.support.raw import PATH, PONG, Client, Port, event, packed

AGAIN_S = 0.2
BATCH = 500
"""Frames of one `send`: some 5 kB."""
Kind = Callable[[Port, float], None]
"""Misbehaves over one connection until it is closed or the time is up; OSError and EOFError: it was closed."""


def undecodable(port: Port, until: float) -> None:
    """Say what is no packet at all."""
    pour(port, packed("4x") * BATCH, until)


def valid_flood(port: Port, until: float) -> None:
    """Say what a page might, without being one."""
    pour(port, packed(event("phone:holding", {"count": 1})) * BATCH, until)


def pongs(port: Port, until: float) -> None:
    """Answer pings that nobody sent, of both protocols."""
    pour(port, (packed("3") + packed("", PONG)) * (BATCH // 2), until)


def binary(port: Port, until: float) -> None:
    """Announce attachments without end, and send them."""
    announced = packed('459999999-["x",{"_placeholder":true,"num":0}]')
    pour(port, announced + packed(b"\0" * 8_000, 2) * 8, until)


def fragments(port: Port, until: float) -> None:
    """Begin a message and never end it."""
    pour(port, packed("4", final=False) + packed("", 0, final=False) * BATCH, until)


def polling(port: Port, until: float) -> None:
    """Say nonsense by requests, several packets at a time."""
    with connected(port, until) as line:
        body = "\x1e".join(["4x"] * 16)
        sid = json.loads(request(line, "GET", f"{PATH}polling").partition("0")[2])["sid"]
        while time.monotonic() < until:
            request(line, "POST", f"{PATH}polling&sid={sid}", body)


def never_connecting(port: Port, until: float) -> None:
    """Shake hands, then say nothing."""
    with Client(port) as client:
        client.socket.settimeout(max(0.1, until - time.monotonic()))
        while client.socket.recv(1 << 16):
            pass


def dripping(port: Port, until: float) -> None:
    """Announce a form and send a byte of it now and then."""
    with connected(port, until) as line:
        line.sendall(b"POST /preparer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n")
        line.settimeout(1.0)
        while time.monotonic() < until:
            line.sendall(b"x")
            with contextlib.suppress(TimeoutError):
                if line.recv(1 << 16):
                    return


KINDS: dict[str, Kind] = {
    "undecodable": undecodable,
    "valid flood": valid_flood,
    "pongs": pongs,
    "binary": binary,
    "fragments": fragments,
    "polling": polling,
    "never connecting": never_connecting,
    "dripping": dripping,
}


def connected(port: Port, until: float) -> socket.socket:
    """Return a plain connection."""
    line = socket.create_connection(("127.0.0.1", port.port), timeout=5)
    line.settimeout(max(0.1, until - time.monotonic()))
    return line


def request(line: socket.socket, method: str, path: str, body: str = "") -> str:
    """Send one request over a connection that is kept; return the answer's body. Raises OSError when it is refused."""
    line.sendall(
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    answer = http.client.HTTPResponse(line)
    answer.begin()
    content = answer.read().decode()
    if answer.status != http.HTTPStatus.OK:
        raise OSError(answer.status)
    return content


def pour(port: Port, frames: bytes, until: float) -> None:
    """Open a WebSocket and send the same again and again."""
    with Client(port) as client:
        client.socket.settimeout(max(0.1, until - time.monotonic()))
        while time.monotonic() < until:
            client.socket.sendall(frames)


def misbehave(kind: Kind, port: Port, until: float, found: Counter[str]) -> None:
    """Be one hostile client for a while."""
    while time.monotonic() < until:
        found["tries"] += 1
        with contextlib.suppress(TimeoutError):  # the time was up, or nobody listened any more
            try:
                kind(port, until)
            except (OSError, EOFError, http.client.HTTPException) as end:
                if isinstance(end, TimeoutError):
                    raise
                found["closed"] += 1
            else:
                found["closed"] += time.monotonic() < until
        time.sleep(min(AGAIN_S, max(0.0, until - time.monotonic())))


def crowd(kind: str, count: int, port: int, seconds: float) -> Counter[str]:
    """Let `count` of them misbehave at once; return how often they came and how often they were closed."""
    found: Counter[str] = Counter()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=misbehave, args=(KINDS[kind], Port(port), until, found)) for _ in range(count)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def main(arguments: list[Any]) -> None:
    """Misbehave, and say how it went."""
    kind, count, port, seconds = arguments
    print(json.dumps(crowd(kind, int(count), int(port), float(seconds))))


if __name__ == "__main__":
    main(sys.argv[1:])
