"""Advice on the machine's firewall. A hint only: whether it blocks, a phone must try."""

import shutil
import subprocess
import sys
from pathlib import Path

UFW = Path("/etc/ufw/ufw.conf")
WAIT_S = 5


def firewall_advice(port: int) -> str:
    """Return one sentence for this machine."""
    if sys.platform == "win32":
        return (
            "Pare-feu de Windows : acceptez « réseaux privés » au premier lancement ; sinon, en administrateur : "
            f'netsh advfirewall firewall add rule name="Atelier" dir=in action=allow protocol=TCP localport={port}'
        )
    if sys.platform == "darwin":
        return "Pare-feu de macOS : Réglages, Réseau, Coupe-feu ; autorisez Python quand macOS le demande"
    return _linux(port)


def _linux(port: int) -> str:
    if _ufw():
        return f"Pare-feu ufw actif : sudo ufw allow {port}/tcp"
    if _firewalld():
        return f"Pare-feu firewalld actif : sudo firewall-cmd --add-port={port}/tcp"
    return (
        "Pare-feu : ni ufw ni firewalld. Si un téléphone ne vient pas, le Wi-Fi isole peut-être ses appareils"
    )


def _ufw() -> bool:
    try:
        return "ENABLED=yes" in UFW.read_text(encoding="utf-8").replace(" ", "")
    except OSError:
        return False


def _firewalld() -> bool:
    command = shutil.which("firewall-cmd")
    if command is None:
        return False
    try:
        told = subprocess.run([command, "--state"], capture_output=True, timeout=WAIT_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0
