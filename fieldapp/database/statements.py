"""Statements that go past SQLAlchemy, which takes longer for them than the database does.

For the few of which every POST /sync consists. Their SQL is written so that both databases take it,
with a `?` for each value.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection

# How many rows SQLite is given in one statement. A row at a time, Python's lock is given up and
# waited for at each; in one piece, others work meanwhile. More only makes the statement longer.
_IN_ONE = 50

# Between rows that come as one text. JSON spells this character out, and names and ids have none.
_END = b"\x1e"
_AS_ONE = {
    "sqlite": "SELECT CAST(GROUP_CONCAT({column}, CHAR(30)) AS BLOB) FROM {table}",
    "postgresql": "SELECT CONVERT_TO(STRING_AGG({column}, CHR(30)), 'UTF8') FROM {table}",
}

# SQLite's driver asks every value that is no text and no number how it wants to be kept. Neither of
# these answers, and to be refused twice takes longer than to keep the value; now each is answered
# by something that calls no Python: an empty dict has None for None.
sqlite3.register_adapter(bool, int)
sqlite3.register_adapter(type(None), {}.get)  # type: ignore[arg-type]  # has other forms, too

# What makes a value the driver's, for each column; None where it is already.
_Converters: TypeAlias = tuple["Callable[[Any], Any] | None", ...]


class Reading(NamedTuple):
    """A connection and its transaction, without the session that costs a request 100 µs."""

    connection: PoolProxiedConnection
    dialect: Dialect


Where: TypeAlias = "Session | Reading"


@contextmanager
def reading(engine: Engine) -> Iterator[Reading]:
    """A transaction of its own in which `ask` and its like read; it ends with the `with`."""
    connection = engine.raw_connection()
    try:
        now = Reading(connection, engine.dialect)
        if _is_sqlite(now.dialect):
            _execute(now, "BEGIN", ())
        yield now
    finally:
        connection.close()  # the pool rolls back


def ask(where: Where, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The rows of a statement, as tuples."""
    now = _reading(where)
    rows: list[Any] = _execute(now, _spelled(sql, now.dialect.name), values).fetchall()
    return rows


def look(engine: Engine, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """`ask` in a transaction of its own, for what is asked once."""
    connection = engine.raw_connection()
    try:
        return ask(Reading(connection, engine.dialect), sql, values)
    finally:
        connection.close()


def lines(where: Where, column: str, table: str, values: Sequence[Any]) -> list[bytes]:
    """The texts of one column of a table or a subquery, as UTF-8, in no order. None may be NULL.

    They leave the database as one value: row by row, Python's lock is given up and waited for as
    often as there are rows, by whoever writes as well. No text may have control characters.
    """
    now = _reading(where)
    sql = _AS_ONE[now.dialect.name].format(column=column, table=table)
    [(together,)] = _execute(now, _spelled(sql, now.dialect.name), values).fetchall()
    return together.split(_END) if together else []


def ask_locked(session: Session, sql: str) -> list[Any]:
    """`ask`, and nobody else gets these rows before this transaction has ended.

    In SQLite's `writing()` nobody else writes anyway.
    """
    sqlite = _is_sqlite(_reading(session).dialect)
    return ask(session, sql if sqlite else sql + " FOR UPDATE")


def change(session: Session, sql: str, values: Sequence[Any]) -> None:
    """The same for a statement that has no rows."""
    now = _reading(session)
    _execute(now, _spelled(sql, now.dialect.name), values)


def among(session: Session, columns: str, table: str, key: str, values: Collection[Any]) -> Any:
    """The `columns` of those rows of `table` whose column `key` has one of `values`.

    All values travel as one parameter, so that it is one statement however many they are.
    """
    asked: list[Any]
    if _is_sqlite(_reading(session).dialect):
        within, asked = "IN (SELECT value FROM json_each(?))", [orjson.dumps([*values]).decode()]
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
    if rows:
        names = tuple(rows[0])
        _write(session, table, names, [*map(itemgetter(*names), rows)], overwrite=False)


def upsert(session: Session, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, or overwrite those whose primary key is there. All rows have the same keys."""
    if rows:
        names = tuple(rows[0])
        _write(session, table, names, [*map(itemgetter(*names), rows)], overwrite=True)


def write(
    session: Session, table: sa.Table, rows: Sequence[Sequence[Any]], *, overwrite: bool = False
) -> None:
    """`insert` or `upsert` rows that have a value for each column, in the order of the table."""
    _write(session, table, tuple(table.columns.keys()), rows, overwrite=overwrite)


def run(connection: Connection, sql: str) -> None:
    """Execute `sql` on SQLAlchemy's connection. Raises SQLAlchemy's errors, as all of these do."""
    _execute(Reading(connection.connection, connection.dialect), sql, ())


def _execute(now: Reading, sql: str, values: Any, *, many: bool = False) -> Any:
    connection, dialect = now
    cursor = connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
    except dialect.loaded_dbapi.Error as error:
        raise sa.exc.DBAPIError.instance(
            sql, values, error, dialect.loaded_dbapi.Error, dialect=dialect
        ) from error
    return cursor


def _write(
    session: Session,
    table: sa.Table,
    names: tuple[str, ...],
    rows: Sequence[Sequence[Any]],
    *,
    overwrite: bool,
) -> None:
    """Handing SQLAlchemy a list of parameters costs it 12 µs a row; given tuples it is under 1."""
    now = _reading(session)
    dialect = now.dialect
    converters = _converters(table, names, dialect)
    if any(converters):
        rows = [_converted(row, converters) for row in rows]
    begun = 0
    if _is_sqlite(dialect):
        while len(rows) - begun >= _IN_ONE:
            sql = _insert(table, names, dialect, overwrite, _IN_ONE)
            _execute(now, sql, [*chain.from_iterable(rows[begun : begun + _IN_ONE])])
            begun += _IN_ONE
    if begun < len(rows):
        _execute(now, _insert(table, names, dialect, overwrite, 1), rows[begun:], many=True)


def _reading(where: Where) -> Reading:
    """The connection of the present transaction; looked up by the session, it costs 20 µs."""
    if isinstance(where, Reading):
        return where
    known: tuple[object, Reading] | None = where.info.get("connection")
    if known is None or known[0] is not where.get_transaction():
        connection = where.connection()
        now = Reading(connection.connection, connection.dialect)
        known = where.info["connection"] = (where.get_transaction(), now)
    return known[1]


def _is_sqlite(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


@cache
def _spelled(sql: str, dialect: str) -> str:
    return sql if dialect == "sqlite" else sql.replace("?", "%s")


@cache
def _insert(
    table: sa.Table, names: tuple[str, ...], dialect: Dialect, overwrite: bool, rows: int
) -> str:
    quote = dialect.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    row = f"({', '.join('?' * len(names))})"
    sql = f"INSERT INTO {quote(table.name)} ({columns}) VALUES {', '.join([row] * rows)}"  # noqa: S608 - ours
    if overwrite:
        keys = [column.name for column in table.primary_key]
        others = ", ".join(f"{quote(it)} = excluded.{quote(it)}" for it in names if it not in keys)
        done = f"UPDATE SET {others}" if others else "NOTHING"
        sql += f" ON CONFLICT ({', '.join(map(quote, keys))}) DO {done}"
    return _spelled(sql, dialect.name)


@cache
def _converters(table: sa.Table, names: tuple[str, ...], dialect: Dialect) -> _Converters:
    return tuple(_converter(table.c[name], dialect) for name in names)


def _converter(column: sa.Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(column.type, sa.Boolean):
        return None  # both drivers take a bool
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _converted(row: Sequence[Any], converters: _Converters) -> list[Any]:
    pairs = zip(row, converters, strict=True)
    return [value if convert is None else convert(value) for value, convert in pairs]
