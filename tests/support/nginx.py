"""nginx as deploy/ sets it up: the shipped files, with other ports and places, and without the certificate."""

import re
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.running import free_port
from tests.support.tree import ROOT

PROGRAM = "/usr/sbin/nginx"
SITE = "atelier.exemple.fr"
CHANGES = re.findall(
    r"-e 's/(.+?)/(.+?)/'", (ROOT / "docs" / "scale.md").read_text(encoding="utf-8").partition("sed")[2]
)
"""What docs/scale.md has administrators replace where several nodes share a database."""


class Nginx:
    """The shipped configuration at work in `folder`, in front of the processes on these two ports.

    Without a certificate, in the clear on `port`; with `tls`, on `tls_port` by https, and `port` leads there.
    `database`: changed as docs/scale.md says, for nodes that may take each other's workshops.
    """

    def __init__(
        self, folder: Path, ports: Sequence[int], *, tls: bool = False, database: bool = False
    ) -> None:
        self._folder = folder
        self.certificate = folder / "cert.pem"
        self.port, self.tls_port = free_port(), free_port()
        self.base = f"https://{SITE}" if tls else f"http://127.0.0.1:{self.port}"
        main, site = ((ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "atelier.conf"))
        site = _replaced(site, "/var/cache/nginx/atelier", f"{folder}/cache")
        site = self._encrypted(site) if tls else self._in_the_clear(site)
        if database:
            for shipped, wanted in CHANGES:
                site = _replaced(site, shipped, wanted)
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

    def _encrypted(self, site: str) -> str:
        site = _certified(site, self._folder)
        site = re.sub(r"    listen \[::\]:.*\n", "", site)
        site = _replaced(site, "listen 443 ", f"listen 127.0.0.1:{self.tls_port} ")
        return re.sub(r"listen 80\b", f"listen 127.0.0.1:{self.port}", site)

    def _in_the_clear(self, site: str) -> str:
        site = re.sub(r"server \{\n    listen 80\b.*?\n\}\n", "", site, flags=re.S)
        site = re.sub(r"    listen \[::\]:.*\n", "", site)
        site = _replaced(site, "listen 443 ssl http2", f"listen 127.0.0.1:{self.port}")
        site = _replaced(site, f"server_name {SITE};", "server_name 127.0.0.1;")
        return re.sub(r"    ssl_.*;\n", "", site)


def _certified(site: str, folder: Path) -> str:
    """Put a certificate made for the purpose in the place of the site's."""
    made = ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem", "-subj", f"/CN={SITE}"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made], check=True, capture_output=True
    )
    live = f"/etc/letsencrypt/live/{SITE}"
    site = _replaced(site, f"{live}/fullchain.pem", f"{folder}/cert.pem")
    return _replaced(site, f"{live}/privkey.pem", f"{folder}/key.pem")


def check_shipped(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let nginx read both files as they are shipped, but for the places and a certificate made for the purpose."""
    main, site = ((ROOT / "deploy" / name).read_text() for name in ("nginx.conf", "atelier.conf"))
    site = _certified(site, folder)
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
