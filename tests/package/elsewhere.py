"""Run the program as another system would see it: `python -m tests.package.elsewhere win32|darwin COMMAND…`.

Libraries are imported first, since those here were built for here; then what the other system lacks is taken away, and
only after that the program is imported. What a real Windows does with files and sockets, this cannot show.
"""

import importlib
import importlib.abc
import importlib.metadata
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from types import ModuleType

NOT_ON_WINDOWS = {
    "modules": ("fcntl", "grp", "pwd", "resource", "syslog", "termios", "pty", "tty", "posix", "posixpath"),
    os: (
        *(
            "fork",
            "forkpty",
            "posix_spawn",
            "posix_spawnp",
            "getuid",
            "geteuid",
            "getgid",
            "setuid",
            "chown",
            "fchown",
        ),
        *("sched_setscheduler", "sched_getaffinity", "setpriority", "nice", "killpg", "setsid", "mkfifo"),
        *("pread", "pwrite", "posix_fadvise", "sync"),
    ),
    signal: (
        "SIGHUP",
        "SIGKILL",
        "SIGUSR1",
        "SIGUSR2",
        "SIGCHLD",
        "SIGPIPE",
        "pthread_sigmask",
        "alarm",
        "setitimer",
    ),
    socket: ("AF_UNIX", "MSG_DONTWAIT", "SO_REUSEPORT", "socketpair"),
    select: ("epoll",),
}
NOT_ON_MACOS = {
    "modules": ("spwd",),
    os: ("sched_setscheduler", "sched_getaffinity", "posix_fadvise", "O_PATH"),
    signal: ("sigtimedwait", "sigwaitinfo"),
    socket: ("AF_NETLINK", "AF_PACKET"),
    select: ("epoll",),
}
LACKS = {"win32": NOT_ON_WINDOWS, "darwin": NOT_ON_MACOS}
LIBRARIES = (
    *(
        "asyncio",
        "ctypes.util",
        "http.server",
        "logging.handlers",
        "multiprocessing",
        "sqlite3",
        "subprocess",
        "tempfile",
    ),
    *(
        "shutil",
        "uuid",
        "webbrowser",
        "zipfile",
        "wsgiref.simple_server",
        "concurrent.futures",
        "gevent.pywsgi",
    ),
    *(
        "gevent.monkey",
        "flask",
        "flask_socketio",
        "engineio",
        "socketio",
        "click",
        "sqlite_utils",
        "filelock",
    ),
    *("platformdirs", "ifaddr", "segno", "docx", "xlsxwriter", "pyrage", "zopfli", "wsproto", "cachetools"),
)


class Absent(importlib.abc.MetaPathFinder):
    """Finds nothing where the other system has nothing."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> None:
        """Raise ModuleNotFoundError for what is hidden."""
        if fullname in self._names:
            raise ModuleNotFoundError(f"{fullname} is not on {sys.platform}", name=fullname)


def become(platform: str) -> None:
    """Take away what `platform` lacks."""
    for name in LIBRARIES:
        importlib.import_module(name)
    lacks = dict(LACKS[platform])
    hidden = lacks.pop("modules")
    for module, names in lacks.items():
        for name in names:
            with suppress(AttributeError):
                delattr(module, name)
    for name in hidden:
        if not name.startswith("posix"):
            sys.modules.pop(name, None)
    sys.meta_path.insert(0, Absent(hidden))
    sys.platform = platform


NEED_PANGO = {f"atelier.export.{name}" for name in ("printing", "kit_pages", "day_pages", "leaflet_pages")}
"""Loaded by the worker alone, when a PDF is asked for."""


def main() -> None:
    """Become the other system, import every module of the program, then run its command line."""
    platform, *command = sys.argv[1:]
    if "serve" in command:
        # Greenlets first: gevent's own parts for this system look for what is then taken away.
        importlib.import_module("gevent.monkey").patch_all()
    become(platform)
    from tests.support.tree import modules

    for name in modules():
        if name not in {"atelier.__main__", "atelier.wsgi", *NEED_PANGO}:
            importlib.import_module(name)
    from atelier.__main__ import main as atelier

    sys.argv = ["atelier", *command]
    atelier()


if __name__ == "__main__":
    main()
