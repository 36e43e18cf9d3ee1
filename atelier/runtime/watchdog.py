"""systemd's watchdog: pings it from the server's own loop, so that a server that hangs is started again.

Source: sd_notify(3). Does nothing where systemd does not ask for it (`WatchdogSec=`).
"""

import os
import socket

from atelier.runtime.background import BackgroundJobs

ALIVE = b"WATCHDOG=1"


def start(jobs: BackgroundJobs) -> bool:
    """Ping twice within each interval that systemd allows; return whether it asked for it."""
    address, allowed_us = os.environ.get("NOTIFY_SOCKET", ""), os.environ.get("WATCHDOG_USEC", "")
    if not address or not allowed_us.isdigit():
        return False
    jobs.repeat("watchdog", lambda: ping(address), int(allowed_us) / 2_000_000, first_s=0)
    return True


def ping(address: str) -> None:
    """Send one sign of life to the datagram socket `address`; `@…` is an abstract one. Raises OSError."""
    name = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(ALIVE, name)
