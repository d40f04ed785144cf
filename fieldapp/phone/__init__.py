"""The member's side on the phone: the shell that works without a network, and who is using it."""

from __future__ import annotations

from flask import Flask

from fieldapp.phone import duty, shell
from fieldapp.phone.views import bp


def init_app(app: Flask) -> None:
    """Register the addresses under /phone and make the phone's script ready."""
    app.register_blueprint(bp)
    shell.prepare(app)


__all__ = ["duty", "init_app"]
