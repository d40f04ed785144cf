"""What every test may ask for: an app of its own, on SQLite or on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.postgres import PostgresServer, running_server

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Playwright

MakeApp = Callable[..., "Flask"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server, started when the first test asks for it."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a PostgreSQL database with all tables, migrated once, for tests to copy."""
    name = postgres_server.create()
    _migrate(postgres_server.url(name), tmp_path_factory.mktemp("instance"))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with all tables, migrated once, for tests to copy."""
    folder = tmp_path_factory.mktemp("migrated")
    file = folder / "fieldapp.sqlite"
    _migrate(f"sqlite:///{file}", folder)
    return file


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, migrated_postgres: str) -> Iterator[str]:
    """The address of a PostgreSQL database without records that no other test sees."""
    name = postgres_server.create(template=migrated_postgres)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a SQLite database without records that no other test sees."""
    file = shutil.copy(migrated_sqlite, tmp_path)
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_database_url(request: pytest.FixtureRequest) -> str:
    """The same test once with each database."""
    url: str = request.getfixturevalue(f"{request.param.replace('postgresql', 'postgres')}_url")
    return url


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers. Here, because a process may have only one of it for all folders."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Make an app: `make_app(url, SETTING=…)`. Its secrets lie in the test's folder."""
    # Not at the top: tests of sync/ and of forms run without the web application, and say so.
    from fieldapp.app import create_app
    from fieldapp.extensions import db

    with ExitStack() as at_the_end:

        def make(url: str, **settings: Any) -> Flask:
            app = create_app(
                {
                    "TESTING": True,
                    "INSTANCE": str(tmp_path / "instance"),
                    "SQLALCHEMY_DATABASE_URI": url,
                    **settings,
                }
            )
            with app.app_context():
                at_the_end.callback(db.engine.dispose)
            return app

        yield make


@pytest.fixture
def app(make_app: MakeApp, sqlite_url: str) -> Flask:
    """The whole application on a fresh SQLite database."""
    return make_app(sqlite_url)


@pytest.fixture
def any_database_app(make_app: MakeApp, any_database_url: str) -> Flask:
    """The whole application, once on SQLite and once on PostgreSQL."""
    return make_app(any_database_url)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody's browser that has never been here."""
    return app.test_client()


def _migrate(url: str, folder: Path) -> None:
    from fieldapp.app import create_app
    from fieldapp.extensions import db

    app = create_app({"INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        db.engine.dispose()
