"""Refuse writes that another site's page set off. No tokens (docs/adr/0005).

A page that a phone keeps may be a week old, and so would its token be. Browsers say for themselves
where a request comes from (Fetch Metadata; RFC 6454 for Origin); we believe them.
"""

from __future__ import annotations

from flask import Flask, abort, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Check every request that may write."""
    app.before_request(refuse_cross_site_writes)


def refuse_cross_site_writes() -> None:
    """403 unless the request comes from a page of ours, or from no browser at all."""
    if request.method not in SAFE_METHODS and not _is_ours():
        abort(403)


def _is_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"

    # Browsers older than Fetch Metadata send an Origin with every POST; what sends neither is no
    # browser, and carries no cookie that somebody else could make it send.
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")
