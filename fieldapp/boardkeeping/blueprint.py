"""The office's pages about boards: every one behind a clerk's login."""

from __future__ import annotations

from flask import Blueprint, abort
from flask_login import current_user

from fieldapp.accounts import clerk_required
from fieldapp.grids import scope
from fieldapp.grids.scope import Unit
from fieldapp.township.frame import frame

bp = Blueprint("boardkeeping", __name__, url_prefix="/township/boards")
bp.context_processor(frame)


@bp.before_request
@clerk_required
def only_for_clerks() -> None:
    """As on the township's other pages; a new one cannot forget it."""


def unit_of(code: str) -> Unit:
    """The grid an address names, or 404."""
    grid_id = scope.grid_of(code)
    return abort(404) if grid_id is None else scope.unit(grid_id)


def clerk() -> str:
    """Who acts, as the history names them."""
    return str(current_user.name)
