"""Health, readiness and metrics, for supervisors. No code, key, name or text is in any of them."""

import errno
from ipaddress import ip_address

from flask import Blueprint, Response, abort, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from atelier.runtime.storage import obstacle
from atelier.service.service import StorageFailed
from atelier.web.http.client_address import PEER, forwarded
from atelier.web.http.context import context

pages = Blueprint("supervision", __name__)


@pages.get("/etat")
def health() -> Response:
    """Tell that the server answers, and whether the disk takes what is written."""
    here = context()
    storage = {
        "sessions": errno.errorcode.get(here.service.obstacle(), "ok"),
        "exports": errno.errorcode.get(obstacle(here.config.exports), "ok"),
        "refusing": len(here.service.refusing()),
    }
    try:
        workshops = len(here.service.codes())
    except (
        StorageFailed
    ):  # a database that does not answer, which `storage` says; those in memory go on being shown
        workshops = here.service.open_count()
    return jsonify(state="ok", workshops=workshops, storage=storage)


@pages.get("/etat/pret")
def readiness() -> tuple[Response, int]:
    """Tell a load balancer whether workshops can be written here: 200, or 503 with the reasons."""
    service = context().service
    stuck = {code for code in (service.obstacle(), *service.refusing()) if code}
    reasons = [f"sessions: {errno.errorcode.get(code, code)}" for code in sorted(stuck)]
    return jsonify(ready=not reasons, reasons=reasons), 503 if reasons else 200


@pages.get("/metrics")
def metrics() -> Response:
    """Return Prometheus metrics, to this machine only: 404 for everybody else, through a proxy included."""
    peer = ip_address(request.environ.get(PEER) or request.remote_addr or "0.0.0.0")  # noqa: S104 - no address, no right
    if forwarded(request.environ) or not peer.is_loopback:
        abort(404)
    return Response(generate_latest(context().metrics), content_type=CONTENT_TYPE_LATEST)
