"""Static files by their hash: cached for good, compressed once."""

from flask import Blueprint, Response, abort, request

from atelier.web.rendering import assets

static_files = Blueprint("static_files", __name__)


@static_files.get("/static/<digest>/<path:name>")
def serve(digest: str, name: str) -> Response:
    """Return the file that has this name and hash."""
    asset = assets().find(digest, name)
    if asset is None:
        abort(404)
    packed = asset.gzipped if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(packed or asset.body, mimetype=asset.content_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
