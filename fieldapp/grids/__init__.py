"""The tree of grids, the duties of people in it, and who may see what."""

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.grids import scope
from fieldapp.grids.refused import Problem, Refused

__all__ = ["Problem", "Refused", "init_app"]


def init_app(app: Flask) -> None:
    """Let every page say when the people in it are invented."""
    app.context_processor(lambda: {"demo": _is_demo()})


def _is_demo() -> bool:
    try:
        return scope.is_demo()
    except SQLAlchemyError:  # the page that says "the database does not answer" has to be drawn
        return False
