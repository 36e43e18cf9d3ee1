"""Posted forms: refuse fields that the route does not read."""

import re

from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from atelier.web.http.forms import UnknownField
from atelier.web.render.templating import assets


def of_this_version() -> bool:
    """Tell whether the page that sends this form was drawn by this version of the program, or says nothing of it."""
    return request.args.get("version", assets().version) == assets().version


def posted(*fields: str, numbered: re.Pattern[str] | None = None) -> ImmutableMultiDict[str, str]:
    """Return the form. Raises UnknownField when it holds a field that is neither in `fields` nor matches `numbered`.

    A page of another version may know fields that this one does not: what it says besides is what counts.
    """
    unknown = [
        name for name in set(request.form) - set(fields) if not (numbered and numbered.fullmatch(name))
    ]
    if unknown and of_this_version():
        raise UnknownField(f"{request.path}: {sorted(unknown)}")
    return request.form
