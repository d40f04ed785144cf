"""Bring the database's tables up to this release's models, at every start."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from fieldapp import database
from fieldapp.extensions import db

MIGRATIONS = Path(__file__).parent / "migrations"


def init_app(app: Flask) -> None:
    """Set up the connections and migrate. All parts must have imported their models before."""
    with app.app_context():
        database.prepare(db.engine)
        upgrade()


def upgrade() -> None:
    """Run the migrations that are missing, all or none; one process at a time."""
    script = ScriptDirectory(str(MIGRATIONS))
    with db.engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_heads() == tuple(script.get_heads()):
            return
    with database.exclusive(db.engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
