"""Everything that depends on which database it is: SQLite on one machine, PostgreSQL for a county.

No other module asks for the dialect. Here is what a connection and a transaction are;
`statements` are those that go past SQLAlchemy.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session

from fieldapp.database.statements import (
    Where,
    among,
    ask,
    ask_locked,
    change,
    insert,
    lines,
    look,
    moment,
    reading,
    run,
    upsert,
    write,
)
from fieldapp.extensions import db

__all__ = [
    "PRAGMAS",
    "Where",
    "among",
    "ask",
    "ask_locked",
    "change",
    "damage",
    "exclusive",
    "init_app",
    "insert",
    "is_sqlite",
    "lines",
    "look",
    "moment",
    "prepare",
    "reading",
    "shrink",
    "upsert",
    "when_committed",
    "write",
    "writer",
    "writing",
]

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
        notes = session.info.get("committed", {}).get(session.get_transaction(), ())
        session.commit()
        for note in notes:
            note()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("committed", None)
        del session.info["bind"]
        if one_writer:
            _turn.release()


def when_committed(session: Session, note: Callable[[], None]) -> None:
    """Call `note` once `writing()` has this transaction on disk, before anybody else has the turn.

    Never, if it is rolled back, or is not one of `writing()`.
    """
    by_transaction = session.info.setdefault("committed", {})
    by_transaction.setdefault(session.get_transaction(), []).append(note)


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
    run(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")
