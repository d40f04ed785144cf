"""Random secrets, and how they are kept."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, fit for a cookie."""
    return secrets.token_urlsafe(32)


def new_link_token() -> str:
    """144 random bits, fit for an address that is sent by message or printed as a QR code."""
    return secrets.token_urlsafe(18)


def kept(token: str) -> str:
    """What the database keeps of a token; from it the token cannot be found."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
