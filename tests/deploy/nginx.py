"""nginx as deploy/ sets it up: the shipped files, with other ports and places, and without the certificate."""

import re
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.house.tree import ROOT
from tests.running import free_port

PROGRAM = "/usr/sbin/nginx"


class Nginx:
    """The shipped configuration at work in `folder`, in front of the processes on these two ports."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        self._folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        main, site = ((ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "atelier.conf"))
        site = self._placed(site)
        for shipped, port in zip((8001, 8002), ports, strict=True):
            site = _replaced(site, f"server 127.0.0.1:{shipped} ", f"server 127.0.0.1:{port} ")
        main = _replaced(main, "user www-data;", "user root;")
        main = _replaced(main, "/run/nginx.pid", f"{folder}/nginx.pid")
        main = _replaced(main, "/var/log/nginx/error.log", f"{folder}/nginx.log")
        main = _replaced(main, "/etc/nginx/atelier.conf", f"{folder}/atelier.conf")
        (folder / "nginx.conf").write_text(main)
        (folder / "atelier.conf").write_text(site)

    def start(self) -> "Nginx":
        """Start and wait until it takes connections."""
        self._process = subprocess.Popen([*self._command(), "-g", "daemon off;"])
        deadline = time.monotonic() + 10
        while not _answers(self.port):
            assert self._process.poll() is None, (self._folder / "nginx.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return self

    def stop(self) -> None:
        """Stop it at once."""
        self._process.terminate()
        self._process.wait(10)

    def _command(self) -> list[str]:
        return [PROGRAM, "-p", str(self._folder), "-c", str(self._folder / "nginx.conf")]

    def _placed(self, site: str) -> str:
        site = _replaced(site, "/var/cache/nginx/atelier", f"{self._folder}/cache")
        site = _replaced(site, "listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        site = _replaced(site, "    listen [::]:443 ssl http2;\n", "")
        # The first server only leads from http to https.
        site = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", site, count=1, flags=re.S)
        return re.sub(r"    ssl_.*;\n", "", site)


def check_shipped(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let nginx read both files as they are shipped, but for the places and a certificate made for the purpose."""
    made = ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem", "-subj", "/CN=atelier.exemple.fr"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made], check=True, capture_output=True
    )
    main, site = ((ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "atelier.conf"))
    live = "/etc/letsencrypt/live/atelier.exemple.fr"
    site = _replaced(site, f"{live}/fullchain.pem", f"{folder}/cert.pem")
    site = _replaced(site, f"{live}/privkey.pem", f"{folder}/key.pem")
    site = _replaced(site, "/var/cache/nginx/atelier", f"{folder}/cache")
    main = _replaced(main, "/etc/nginx/atelier.conf", f"{folder}/atelier.conf")
    main = _replaced(main, "/run/nginx.pid", f"{folder}/nginx.pid")
    main = _replaced(main, "/var/log/nginx/error.log", f"{folder}/nginx.log")
    (folder / "nginx.conf").write_text(main)
    (folder / "atelier.conf").write_text(site)
    command = [PROGRAM, "-t", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text, f"deploy/ no longer says « {old} »"
    return text.replace(old, new)
