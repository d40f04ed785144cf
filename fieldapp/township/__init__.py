"""The township's console: what the office sees of the field, and what it decides."""

from __future__ import annotations

from flask import Flask

from fieldapp.accounts import clerk_required
from fieldapp.township import (
    cases,
    conflicts,
    held,
    invitations,
    isolation,
    losses,
    overview,
    people,
    releasing,
    visits,
)
from fieldapp.township.blueprint import bp
from fieldapp.township.frame import clock_words, frame, grid_name, moment

PAGES = (
    overview, visits, isolation, cases, releasing, held, conflicts, losses, people, invitations,
)  # fmt: skip

bp.context_processor(frame)


@bp.before_request
@clerk_required
def only_for_clerks() -> None:
    """Every page here is for somebody who is logged in; a new one cannot forget it."""


def init_app(app: Flask) -> None:
    """Register the console's pages."""
    app.jinja_env.filters |= {
        "clock_words": clock_words,
        "grid_name": grid_name,
        "moment": moment,
    }
    app.register_blueprint(bp)
