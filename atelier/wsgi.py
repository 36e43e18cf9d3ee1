"""For a permanent server: `gunicorn -k gevent -w 1 'atelier.wsgi:app()'`, one worker a folder of journals."""

import atexit
from typing import Any

from atelier.app import create_program
from atelier.config import from_environment
from atelier.serving import many_files


def app() -> Any:
    """Return the WSGI application, configured by ATELIER_… variables. gunicorn has called gevent in before this."""
    many_files()
    program = create_program(from_environment())
    atexit.register(program.close)
    return program.app
