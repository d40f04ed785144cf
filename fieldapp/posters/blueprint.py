"""The office's pages for printing: every one behind a clerk's login."""

from __future__ import annotations

from flask import Blueprint

from fieldapp.accounts import clerk_required
from fieldapp.township.frame import frame

bp = Blueprint("posters", __name__, url_prefix="/township/posters")
bp.context_processor(frame)


@bp.before_request
@clerk_required
def only_for_clerks() -> None:
    """As on the township's other pages; a new one cannot forget it."""
