"""The Flask application: its routes, its cookie, and what every request passes through on its way."""

import datetime as dt
import io
from typing import Any

import flask
from flask import Flask, Response, request

from atelier.config import Config
from atelier.limits import FORM_BYTES
from atelier.web.http import errors, security, sentences
from atelier.web.http.client_address import ClientAddress, Misled
from atelier.web.http.hosts import Hosts
from atelier.web.http.sessions import Sessions
from atelier.web.render.static_files import StaticFiles
from atelier.web.render.templating import assets
from atelier.web.routes.about import pages
from atelier.web.routes.acts import acts
from atelier.web.routes.control import local
from atelier.web.routes.danger_zone import ending
from atelier.web.routes.day_documents import day_documents
from atelier.web.routes.day_rooms import day_rooms
from atelier.web.routes.days import days
from atelier.web.routes.definitions import definitions
from atelier.web.routes.desk_admin import facilitating
from atelier.web.routes.directory import directory
from atelier.web.routes.directory_files import directory_files
from atelier.web.routes.directory_owner import directory_owner
from atelier.web.routes.drafts import drafts
from atelier.web.routes.feed import feeds
from atelier.web.routes.gather import gatherings
from atelier.web.routes.home import home
from atelier.web.routes.in_words import words
from atelier.web.routes.join import door
from atelier.web.routes.kept_results import kept_results
from atelier.web.routes.links import links
from atelier.web.routes.own_sheet import own_sheet
from atelier.web.routes.photos import photos
from atelier.web.routes.plenary import plenaries
from atelier.web.routes.pole_colours import pole_colours
from atelier.web.routes.programme import programmes
from atelier.web.routes.recovery import recovery
from atelier.web.routes.results import results
from atelier.web.routes.screens import screens
from atelier.web.routes.sequel import sequel
from atelier.web.routes.sheets import sheets
from atelier.web.routes.supervision import pages as supervision
from atelier.web.routes.texts import texts
from atelier.web.routes.transcription import transcriptions
from atelier.web.routes.vote import votes

_BLUEPRINTS = (
    home,
    sequel,
    recovery,
    local,
    door,
    screens,
    own_sheet,
    kept_results,
    definitions,
    acts,
    facilitating,
    texts,
    transcriptions,
    photos,
    links,
    results,
    feeds,
    votes,
    pole_colours,
    sheets,
    gatherings,
    days,
    day_rooms,
    day_documents,
    programmes,
    plenaries,
    words,
    drafts,
    ending,
    directory,
    directory_owner,
    directory_files,
    pages,
    supervision,
)


class Request(flask.Request):
    """A request whose files stay in memory: they are small, and a temporary file would keep what they show."""

    def _get_file_stream(self, *_told: object, **_more: object) -> io.BytesIO:
        return io.BytesIO()


def flask_app(config: Config, secret: bytes) -> Flask:
    """Return the application with all its routes; it answers once it was given its context."""
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.request_class = Request
    app.session_interface = Sessions()
    app.json.sort_keys = False  # type: ignore[attr-defined]  # a cookie forgets the oldest first: its order counts
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="atelier",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=366),
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=500,
    )
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.register(app)
    _guard(app, config)
    return app


def wrap(app: Flask, config: Config) -> None:
    """Put in front of the application, and of the sockets in it, what looks at every request first."""
    app.wsgi_app = StaticFiles(app.wsgi_app, assets())  # type: ignore[method-assign]
    app.wsgi_app = Hosts(app.wsgi_app, config)  # type: ignore[method-assign]
    app.wsgi_app = ClientAddress(app.wsgi_app, config.proxies, Misled(config))  # type: ignore[method-assign]
    app.wsgi_app = security.SafeHeaders(app.wsgi_app)  # type: ignore[method-assign]


def allows_sockets(config: Config, origin: str, environ: dict[str, Any] | None = None) -> bool:
    """Tell whether a page of `origin` may open a socket."""
    return security.same_origin({**(environ or {}), "HTTP_ORIGIN": origin}, config.only_origin)


def _guard(app: Flask, config: Config) -> None:
    @app.before_request
    def refuse_foreign_writes() -> Response | None:
        if request.method in ("GET", "HEAD", "OPTIONS") or security.same_origin(
            request.environ, config.only_origin
        ):
            return None
        return errors.said(403, sentences.FOREIGN)

    @app.after_request
    def protect(response: Response) -> Response:
        return security.compressed(security.protect(response, request), request)
