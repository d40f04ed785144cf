"""POST /sync: HTTP for the engine. docs/sync.md is the protocol."""

from __future__ import annotations

from flask import Flask

from fieldapp.syncing.views import bp


def init_app(app: Flask) -> None:
    """Register the addresses under /sync."""
    app.register_blueprint(bp)


__all__ = ["init_app"]
