"""The logs that the engine is tried with: in memory, in SQLite, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sync import MemoryLog
from tests.sync.logs import Log

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """The same test with every implementation there is, each empty."""
    if request.param == "memory":
        yield MemoryLog()
    else:
        database = request.getfixturevalue(f"{request.param}_for_logs")
        with _sql_log(database) as sql_log:
            yield sql_log


@pytest.fixture(scope="session")
def sqlite_for_logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("logs-sqlite")
    with _application(folder, f"sqlite:///{folder}/logs.sqlite") as app:
        yield app


@pytest.fixture(scope="session")
def postgresql_for_logs(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    server = request.getfixturevalue("postgres_server")
    name = server.create()
    with _application(tmp_path_factory.mktemp("logs-postgresql"), server.url(name)) as app:
        yield app
    server.drop(name)


@contextmanager
def _application(folder: Path, url: str) -> Iterator[Flask]:
    from fieldapp.app import create_app
    from fieldapp.extensions import db

    app = create_app({"TESTING": True, "INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url})
    yield app
    with app.app_context():
        db.engine.dispose()


@contextmanager
def _sql_log(app: Flask) -> Iterator[Log]:
    """A log inside a transaction that is undone in the end, so that each test finds it empty."""
    from fieldapp import database
    from tests.sync.logs import ReadSqlLog

    class Undo(Exception):
        pass

    with app.app_context():
        try:
            with database.writing() as session:
                yield ReadSqlLog(session)
                raise Undo
        except Undo:
            pass
