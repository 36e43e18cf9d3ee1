"""Scope of an address: private (known to its own network only, no key needed) or public."""

import ipaddress
import re

_LOCAL_SUFFIXES = (".local", ".localhost", ".home", ".lan", ".home.arpa", ".internal")
_LABEL = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)


def is_private(host: str) -> bool:
    """Tell whether `host` (a name or an address, brackets allowed) means nothing on the Internet."""
    host = host.strip("[]").partition("%")[0].rstrip(".").lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # A name of one word is one of this network's; one that begins with a figure may be an address in disguise.
        return host.endswith(_LOCAL_SUFFIXES) or bool(_LABEL.fullmatch(host))
    return not address.is_global
