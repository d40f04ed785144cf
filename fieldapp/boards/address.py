"""Where codes lead. From `BASE_URL`: a sheet on a wall outlives a request."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import current_app

# Names that hold within one network only (RFC 6761, RFC 6762, RFC 8375, ICANN's "internal").
_AT_HOME = ("localhost", "local", "internal", "home.arpa", "lan")


def base() -> str:
    """What every address on boards and badges begins with."""
    return str(current_app.config["BASE_URL"]).rstrip("/")


def address_of(code: str) -> str:
    """Where a board's QR code leads."""
    return f"{base()}/b/{code}"


def badge_address_of(code: str) -> str:
    """Where a badge's QR code leads."""
    return f"{base()}/m/{code}"


def is_reachable() -> bool:
    """Whether a resident's phone can open these addresses, as far as the address itself tells."""
    host = (urlsplit(base()).hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(tuple(f".{name}" for name in _AT_HOME))
