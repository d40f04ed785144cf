"""GET /, for people who type the bare address."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, make_response, redirect, request, url_for

from fieldapp.accounts import devices

bp = Blueprint("front", __name__)


@bp.get("/")
def front() -> Response:
    """A phone that has joined goes to its own page, anybody else to the office's."""
    has_joined = devices.COOKIE in request.cookies
    page = "phone.shell" if has_joined else "township.overview"
    return make_response(redirect(url_for(page), code=303))


def init_app(app: Flask) -> None:
    """Register the address."""
    app.register_blueprint(bp)
