"""GET /healthz, for whatever watches the server."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, jsonify, make_response
from sqlalchemy.exc import SQLAlchemyError

from fieldapp import ledger
from fieldapp.extensions import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    """200 when the database answers, else 503."""
    try:
        ledger.epoch(db.session())
    except (SQLAlchemyError, sa.exc.NoResultFound):
        return make_response(jsonify(status="database unavailable"), 503)
    return make_response(jsonify(status="ok"))


def init_app(app: Flask) -> None:
    """Register the address."""
    app.register_blueprint(bp)
