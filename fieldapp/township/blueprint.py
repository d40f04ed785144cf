"""The console of the township office: every page behind a clerk's login."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("township", __name__, url_prefix="/township")
