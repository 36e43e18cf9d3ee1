"""Build the archives for Windows and macOS into dist/: `python -m tools.release`.

Each holds the wheel, the locked list of packages, and uv as the package index has it, checked by the hashes of
requirements/bootstrap.txt. Needs the network.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tools.package import DIST, ROOT, built, copied

FILES = ROOT / "deploy" / "desktop"
EXECUTABLE = 0o755 << 16
READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Target:
    """A system: its start file, under which name people see it, and the platforms of uv (tag → name in the archive)."""

    name: str
    start: str
    shown: str
    uv: dict[str, str]


TARGETS = (
    Target("windows", "windows.cmd", "Démarrer l’Atelier.cmd", {"win_amd64": "uv.exe"}),
    Target(
        "macos",
        "macos.command",
        "Démarrer l’Atelier.command",
        {"macosx_11_0_arm64": "uv-arm64", "macosx_10_12_x86_64": "uv-x86_64"},
    ),
)


def fetched_uv(platform: str, into: Path) -> bytes:
    """Return the program uv for a platform tag of wheels. Raises CalledProcessError: no network, a wrong hash."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    wanted = ["--no-deps", "--only-binary", ":all:", "--platform", platform, "--dest", str(into)]
    subprocess.run([*command, *wanted, "-r", str(ROOT / "requirements" / "bootstrap.txt")], check=True)
    (wheel,) = into.glob("uv-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (program,) = [
            name for name in archive.namelist() if name.endswith(("/scripts/uv", "/scripts/uv.exe"))
        ]
        return archive.read(program)


def start_file(target: Target) -> bytes:
    """Return what people open, with the ends of lines that its system reads."""
    text = (FILES / target.start).read_text("utf-8")
    return (text.replace("\n", "\r\n") if target.name == "windows" else text).encode()


def entries(target: Target, wheel: Path, programs: dict[str, bytes]) -> dict[str, tuple[bytes, int]]:
    """Return the files of an archive: name in it → content and rights."""
    return {
        target.shown: (start_file(target), EXECUTABLE),
        "LISEZ-MOI.txt": (
            (FILES / "LISEZ-MOI.txt").read_text("utf-8").replace("\n", "\r\n").encode(),
            READABLE,
        ),
        "LICENCE.txt": ((ROOT / "LICENSE").read_bytes(), READABLE),
        "programme/version.txt": (version_of(wheel).encode() + b"\n", READABLE),
        "programme/run.txt": ((ROOT / "requirements" / "run.txt").read_bytes(), READABLE),
        f"programme/{wheel.name}": (wheel.read_bytes(), READABLE),
        **{f"programme/{name}": (program, EXECUTABLE) for name, program in programs.items()},
    }


def version_of(wheel: Path) -> str:
    """Return the version that a wheel's name says."""
    return wheel.name.split("-")[1]


def write_archive(target: Target, wheel: Path, programs: dict[str, bytes], folder: Path) -> Path:
    """Write the archive of a target into `folder` and return it: one folder inside, as « Extraire tout » expects."""
    root = f"atelier-{version_of(wheel)}"
    path = folder / f"{root}-{target.name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (content, rights) in entries(target, wheel, programs).items():
            info = zipfile.ZipInfo(f"{root}/{name}")
            info.external_attr, info.compress_type = rights, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def main() -> None:
    """Build both archives, and say where they are."""
    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(shutil.copy(built("wheel", copied(Path(folder) / "sources")), DIST))
        for target in TARGETS:
            programs = {
                name: fetched_uv(platform, Path(tempfile.mkdtemp(dir=folder)))
                for platform, name in target.uv.items()
            }
            print(write_archive(target, wheel, programs, DIST))


if __name__ == "__main__":
    main()
