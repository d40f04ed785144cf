"""What the program's processes have imported when they begin; see `program`."""

import alembic.command
import flask.cli
import sqlalchemy.dialects.sqlite
import waitress.runner
import waitress.server

import fieldapp.app
import fieldapp.cli

__all__ = ["alembic", "fieldapp", "flask", "sqlalchemy", "waitress"]
