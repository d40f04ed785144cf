"""The office keeps its notice boards right: what is missing, what they say, who agreed, badges."""

from __future__ import annotations

from flask import Flask

from fieldapp.boardkeeping import (
    badges,
    board,
    contacts,
    history,
    listing,
    lists,
    merges,
    people,
    sketch,
    texts,
)
from fieldapp.boardkeeping.blueprint import bp

PAGES = (listing, board, texts, lists, sketch, people, contacts, history, badges, merges)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
