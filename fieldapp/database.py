"""Everything that depends on which database it is: SQLite on one machine, PostgreSQL for a county.

No other module asks for the dialect.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import Session

from fieldapp.extensions import db

# FULL costs one fsync a commit and loses nothing at a power cut; NORMAL lost acknowledged records
# in 304 of 400 simulated ones (docs/adr/0010).
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-2000",  # KB for each reader's connection; the system keeps the rest of the file
    "wal_autocheckpoint=4000",  # pages, 16 MB: a page that is written often is copied back once
)

# The text of a statement, the names of its parameters in order, and what makes values the driver's.
_Compiled: TypeAlias = tuple[str, list[str], list[tuple[str, Callable[[Any], Any]]]]

# KB. One connection does all the writing of a process: another one's commit would make SQLite
# forget what it has read, and a batch would begin by reading a hundred pages again.
_WRITER_CACHE = "PRAGMA cache_size=-8000"

_MIGRATION_LOCK = 20_200_205  # any number, as long as nobody else uses it

# SQLite has one writer. Waiting for one's turn here is fair and immediate; waiting inside SQLite
# is a sleep of up to 100 ms at a time.
_turn = threading.RLock()
_writers: WeakKeyDictionary[Engine, Engine] = WeakKeyDictionary()


def init_app(app: Flask) -> None:
    """Give every connection our settings. Call before the extensions are bound."""
    url = sa.make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
        app.config["SQLALCHEMY_DATABASE_URI"] = url.render_as_string(hide_password=False)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        (Path(app.instance_path) / url.database).parent.mkdir(parents=True, exist_ok=True)


def prepare(engine: Engine) -> None:
    """Set up the connections of one engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        if engine.url.database and engine.url.database != ":memory:":
            _writers[engine] = _writer_of(engine)


def writer(engine: Engine) -> Engine:
    """Where `writing()` gets its connection from."""
    return _writers.get(engine, engine)


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back if anything is raised.

    What was read before in this session is forgotten, so that every decision to write is made on
    what is true after the write lock was taken.
    """
    session: Session = db.session()
    session.rollback()
    one_writer = is_sqlite(db.engine)
    if one_writer:
        _turn.acquire()
    session.info["bind"] = writer(db.engine)
    try:
        session.connection(execution_options={"writing": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info["bind"]
        if one_writer:
            _turn.release()


def is_sqlite(engine: Engine | Connection) -> bool:
    """Whether the whole database is one file on this machine."""
    return engine.dialect.name == "sqlite"


def damage(session: Session) -> Iterator[str]:
    """What the engine itself finds wrong with its file; PostgreSQL checks when it reads."""
    if session.get_bind().dialect.name == "sqlite":
        for (verdict,) in session.connection().exec_driver_sql("PRAGMA integrity_check(20)"):
            if verdict != "ok":
                yield str(verdict)


def shrink(engine: Engine) -> None:
    """After deleting: empty the write-ahead log too, where deleted values could still be read."""
    if is_sqlite(engine):
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


@contextmanager
def exclusive(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else migrates: the write lock, or PostgreSQL's advisory one."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        yield connection


def ask(session: Session, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The rows of a statement, as tuples, past SQLAlchemy, which takes longer than SQLite does.

    For the few statements of which every POST /sync consists. `sql` has a `?` for each value.
    """
    connection = _connection(session)
    rows: list[Any] = _run(connection, _spelled(sql, connection.dialect.name), values).fetchall()
    return rows


def ask_locked(session: Session, sql: str) -> list[Any]:
    """The same, and nobody else gets these rows before this transaction has ended.

    In SQLite's `writing()` nobody else writes anyway.
    """
    return ask(session, sql if is_sqlite(_connection(session)) else sql + " FOR UPDATE")


def change(session: Session, sql: str, values: Sequence[Any]) -> None:
    """The same for a statement that has no rows."""
    connection = _connection(session)
    _run(connection, _spelled(sql, connection.dialect.name), values)


def among(session: Session, columns: str, table: str, key: str, values: Collection[Any]) -> Any:
    """The `columns` of those rows of `table` whose column `key` has one of `values`.

    All values travel as one parameter, so that it is one statement however many they are.
    """
    asked: list[Any]
    if is_sqlite(_connection(session)):
        within, asked = "IN (SELECT value FROM json_each(?))", [json.dumps([*values])]
    else:
        within, asked = "= ANY(?)", [[*values]]
    sql = f"SELECT {columns} FROM {table} WHERE {key} {within}"  # noqa: S608 - ours
    return ask(session, sql, asked)


def moment(value: Any) -> datetime | None:
    """A moment as `ask` finds it, aware, in UTC."""
    if value is None:
        return None
    read: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def insert(session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all have the same keys."""
    _write(session, table, rows, overwrite=False)


def upsert(session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, or overwrite those whose primary key is there. All rows have the same keys."""
    _write(session, table, rows, overwrite=True)


def _write(
    session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]], *, overwrite: bool
) -> None:
    """One compiled statement for all rows.

    Handing SQLAlchemy a list of parameters costs it 12 µs a row, more than SQLite needs to store
    one; compiled once and given as tuples it is under 1 µs.
    """
    if not rows:
        return
    connection = _connection(session)
    sql, names, converters = _statement(table, tuple(rows[0]), connection.dialect, overwrite)
    if converters:
        rows = [
            {**row, **{name: convert(row[name]) for name, convert in converters}} for row in rows
        ]
    pick = itemgetter(*names)
    values = [pick(row) for row in rows] if connection.dialect.positional else list(rows)
    _run(connection, sql, values, many=True)


def _connection(session: Session) -> Connection:
    """The connection of the present transaction; looked up by the session, it costs 20 µs."""
    known: tuple[object, Connection] | None = session.info.get("connection")
    if known is None or known[0] is not session.get_transaction():
        connection = session.connection()
        known = session.info["connection"] = (session.get_transaction(), connection)
    return known[1]


def _run(connection: Connection, sql: str, values: Any, *, many: bool = False) -> Any:
    """A cursor that has executed `sql`. What the driver raises is raised as SQLAlchemy's error."""
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
    except dialect.loaded_dbapi.Error as error:
        raise sa.exc.DBAPIError.instance(
            sql, values, error, dialect.loaded_dbapi.Error, dialect=dialect
        ) from error
    return cursor


@cache
def _spelled(sql: str, dialect: str) -> str:
    return sql if dialect == "sqlite" else sql.replace("?", "%s")


_statements: dict[tuple[sa.Table, tuple[str, ...], str, bool], _Compiled] = {}


def _statement(
    table: sa.Table, names: tuple[str, ...], dialect: Dialect, overwrite: bool
) -> _Compiled:
    key = (table, names, dialect.name, overwrite)
    known = _statements.get(key)
    if known is None:
        known = _statements[key] = _compile(table, names, dialect, overwrite)
    return known


def _compile(
    table: sa.Table, names: tuple[str, ...], dialect: Dialect, overwrite: bool
) -> _Compiled:
    statement = sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)
    if overwrite:
        keys = [column.name for column in table.primary_key]
        others = {name: statement.excluded[name] for name in names if name not in keys}
        statement = (
            statement.on_conflict_do_update(index_elements=keys, set_=others)
            if others
            else statement.on_conflict_do_nothing(index_elements=keys)
        )
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    columns = [table.c[name] for name in names]
    processors = [(it.name, _processor(it, dialect)) for it in columns]
    converters = [(name, it) for name, it in processors if it is not None]
    return str(compiled), list(compiled.positiontup or names), converters


def _processor(column: sa.Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(column.type, sa.Boolean):
        return None  # both drivers take a bool
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _writer_of(engine: Engine) -> Engine:
    """An engine with one connection to the same file."""
    one = sa.create_engine(engine.url, pool_size=1, max_overflow=0)
    event.listen(one, "connect", _set_pragmas)
    event.listen(one, "connect", lambda driver, _record: driver.execute(_WRITER_CACHE))
    event.listen(one, "begin", _begin)
    event.listen(engine, "engine_disposed", lambda _engine: one.dispose())
    return one


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that DDL is atomic too
    for pragma in PRAGMAS:
        connection.execute("PRAGMA " + pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writing", False)
    _run(connection, "BEGIN IMMEDIATE" if writes else "BEGIN", ())
