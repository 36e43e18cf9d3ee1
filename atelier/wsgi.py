"""For gunicorn: `gunicorn -k gevent -w 1 --worker-connections 20000 'atelier.wsgi:app()'`.

One worker a folder of journals, or several behind nginx, each a gunicorn of its own (deploy/README.md). `-w 1` also
means restart, not reload (HUP).
"""

import atexit
import logging
from typing import Any

from atelier.config import from_environment
from atelier.live.transport import compat
from atelier.runtime import watchdog
from atelier.runtime.concurrency import tune_gc
from atelier.runtime.logs import set_up

log = logging.getLogger("atelier")


def app() -> Any:
    """Return the WSGI application, configured by ATELIER_… variables. gunicorn has called gevent in before this."""
    compat.insist()
    from atelier.app import create_program
    from atelier.serving import many_files
    from atelier.web.http import sentences

    config = from_environment()
    set_up(json_lines=config.json_logs)
    many_files()
    if config.hides_people:
        log.warning("proxy.unnamed: %s", sentences.PROXY_UNNAMED)
    program = create_program(config)
    atexit.register(program.close)
    watchdog.start(program.jobs)
    tune_gc()
    return program.app
