"""Notice boards and badges to print: sheets, pictures, the browser's own print page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of the office on which printing is ordered."""
    # Not at the top: the press is of this package too, and starts without the web application.
    from fieldapp.posters import badging, ordering, printing, webpage  # noqa: F401 - their pages
    from fieldapp.posters.blueprint import bp

    app.register_blueprint(bp)
