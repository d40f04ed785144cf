"""The tables are what the models say, on both databases, and no migration loses a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.engine import Connection

from fieldapp import database
from fieldapp.extensions import Base, db
from fieldapp.schema import MIGRATIONS
from tests.postgres import PostgresServer

# For each migration, how to put a row in before it runs, and how to see that it is still there.
Fill = Callable[[Connection], None]
Look = Callable[[Connection], bool]


def _nothing(_connection: Connection) -> None:
    """Before the first migration there is no table to put a row into."""


def _one_grid(connection: Connection) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO grid (id, level, kind, name, path) VALUES (7, 1, 'town', '虎庄镇', '/7/')"
        )
    )


def _the_grid_is_there(connection: Connection) -> bool:
    return connection.scalar(sa.text("SELECT name FROM grid")) == "虎庄镇"


def _there_are_tables(connection: Connection) -> bool:
    return sa.inspect(connection).has_table("grid")


def _one_household(connection: Connection) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO household (id, version, grid_id, hh_no, address_text, head_name,"
            " occupied, resident_n, away_n, voided, flagged)"
            " VALUES ('h', 1, 7, '001', '1组1号', '王德发', 'resident', 2, 0, :no, :no)"
        ),
        {"no": False},
    )


def _the_household_stands(connection: Connection) -> bool:
    row = connection.execute(sa.text("SELECT head_name, merged_into, survivor FROM household"))
    return tuple(row.one()) == ("王德发", None, None)


def _one_case(connection: Connection) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO isolation_case (id, version, grid_id, hh, person, kind, state, days,"
            " slots_due, registered_on, received_ms, voided, flagged) VALUES ('c', 1, 7, 'h', 'p',"
            " 'home_isolation', 'isolating', 14, 28, '2026-11-20', 1, :no, :no)"
        ),
        {"no": False},
    )


def _the_case_stands_under_the_first_rule(connection: Connection) -> bool:
    days = connection.scalar(
        sa.text(
            "SELECT rule.days FROM isolation_case one"
            " JOIN isolation_rule rule ON rule.kind = one.kind WHERE one.released_on IS NULL"
        )
    )
    return days == 14


def _one_change_and_its_record(connection: Connection) -> None:
    connection.execute(sa.text("INSERT INTO ledger (id, epoch, head) VALUES (1, 'e', 4)"))
    connection.execute(
        sa.text(
            "INSERT INTO change (seq, id, digest, kind, record, form, place, made_at, made_ms,"
            " received_ms, skew_ms, fields)"
            " VALUES (4, 'c', 'd', 'visit', 'r', 1, 7, '', 1, 1, 0, '')"
        )
    )
    connection.execute(
        sa.text(
            "INSERT INTO record (id, kind, version, place, fields, writer, number, made_ms,"
            " received_ms) VALUES ('r', 'visit', 4, 7, '{}', 'd1', 4, 1, 1)"
        )
    )


def _both_are_found_by_their_ids(connection: Connection) -> bool:
    row = connection.execute(
        sa.text(
            "SELECT change.digest, record.fields, indexed FROM ledger, change_key ck"
            " JOIN change ON change.seq = ck.seq JOIN record_key rk ON rk.id = change.record"
            " JOIN record ON record.number = rk.number WHERE ck.id = 'c' AND rk.kind = 'visit'"
        )
    )
    return tuple(row.one()) == ("d", "{}", 4)


ROWS: dict[str, tuple[Fill, Look]] = {
    "0001": (_nothing, _there_are_tables),
    "0002": (_one_grid, _the_grid_is_there),
    "0003": (_one_household, _the_household_stands),
    "0004": (_one_case, _the_case_stands_under_the_first_rule),
    "0005": (_one_change_and_its_record, _both_are_found_by_their_ids),
    "0006": (_one_grid, _the_grid_is_there),
    "0007": (_one_grid, _the_grid_is_there),
    "0008": (_one_grid, _the_grid_is_there),
}

SCRIPT = ScriptDirectory(str(MIGRATIONS))


def test_models_and_migrations_agree(any_database_app: Flask) -> None:
    with any_database_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_a_start_migrates_an_empty_database_and_the_next_start_changes_nothing(app: Flask) -> None:
    from fieldapp.schema import upgrade

    with app.app_context():
        before = _revision()
        upgrade()

        assert _revision() == before == SCRIPT.get_current_head()


def test_there_is_one_line_of_migrations() -> None:
    assert len(SCRIPT.get_heads()) == 1


@pytest.mark.parametrize("revision", [one.revision for one in SCRIPT.walk_revisions()])
def test_a_migration_keeps_the_rows_that_are_there(
    empty_database: sa.Engine, revision: str
) -> None:
    fill, look = ROWS[revision]
    before = SCRIPT.get_revision(revision).down_revision
    with database.exclusive(empty_database) as connection:
        if before:
            command.upgrade(_config(connection), str(before))
        fill(connection)

    with database.exclusive(empty_database) as connection:
        command.upgrade(_config(connection), revision)

    with empty_database.connect() as connection:
        assert look(connection)


def test_a_migration_that_fails_half_way_leaves_nothing_behind(empty_database: sa.Engine) -> None:
    with suppress(ZeroDivisionError), database.exclusive(empty_database) as connection:
        command.upgrade(_config(connection), "head")
        raise ZeroDivisionError

    with empty_database.connect() as connection:
        assert sa.inspect(connection).get_table_names() == []


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """A database without a single table, once of each sort."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.sqlite"
        engine = sa.create_engine(url)
        database.prepare(engine)
        yield engine
        engine.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create()
    engine = sa.create_engine(server.url(name).replace("postgresql:", "postgresql+psycopg:", 1))
    yield engine
    engine.dispose()
    server.drop(name)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
