"""GET /animer/CODE/fil: another page of the desk's feed, or one of some texts only."""

import re

from flask import Blueprint, request

from atelier.web.http.context import context
from atelier.web.http.lookup import facilitated
from atelier.web.render.templating import render_macro
from atelier.web.render.updates import view_of
from atelier.web.screens.desk.feed import KINDS, Filter, feed

feeds = Blueprint("feeds", __name__)


@feeds.get("/animer/<code>/fil")
def page(code: str) -> str:
    """The entries that the filters want, as the list of the desk has them."""
    view = view_of(context(), facilitated(code), "desk")
    return render_macro("desk/feed.html", "feed", entries=feed(view.state, _wanted()), zone=view.zone)


def _wanted() -> Filter:
    asked = request.args
    kind = asked.get("genre", "")
    at, _, name = asked.get("avant", "").partition("/")
    return Filter(
        group=asked.get("groupe", 0, int),
        action=asked.get("action", ""),
        kind=kind if kind in KINDS else "",
        hidden=kind == "hidden",
        starred=kind == "starred",
        since=asked.get("depuis", 0, int),
        before=(int(at), name) if re.fullmatch(r"[0-9]{1,15}", at) else None,
    )
