"""The commands about grids and people; what has a feature of its own brings its own commands."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands."""
