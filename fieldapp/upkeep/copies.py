"""Copying the whole database to a file and back, while phones go on sending."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from fieldapp import database, ledger, schema
from fieldapp.extensions import db


class Unfit(Exception):
    """The file cannot be restored; the present database was not touched."""


def back_up(path: Path) -> None:
    """Write a consistent copy of the database to `path`, checked before it gets its name.

    The keys in the instance folder are not in it: docs/deploy.md says where they are kept.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    half.unlink(missing_ok=True)
    if database.is_sqlite(db.engine):
        # All pages in one step: with a pause between steps a busy server would make the copy start
        # again at every write, and never finish.
        with closing(_sqlite(_file())) as source, closing(_sqlite(half)) as target:
            source.backup(target, pages=-1)
        _check(half)
    else:
        _run("pg_dump", "--format=custom", f"--file={half}", _libpq_url())
    half.replace(path)


def restore(path: Path) -> str:
    """Make the database what it was when `path` was written; returns the new epoch.

    Phones see the new epoch and offer again all that they sent in the last 30 days, so what came
    in since the backup comes in again. Raises Unfit.
    """
    if not path.is_file():
        raise Unfit(f"no such file: {path}")
    if database.is_sqlite(db.engine):
        _check(path)
        with closing(_sqlite(path)) as source, closing(_sqlite(_file())) as target:
            source.backup(target, pages=-1)
    else:
        _run(
            "pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner",
            f"--dbname={_libpq_url()}", str(path),
        )  # fmt: skip
    db.session.remove()
    db.engine.dispose()
    schema.upgrade()
    with database.writing() as session:
        return ledger.new_history(session)


def _check(path: Path) -> None:
    try:
        with closing(_sqlite(path)) as copy:
            [(verdict,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
            copy.execute("SELECT epoch FROM ledger").fetchone()
    except sqlite3.DatabaseError as error:
        raise Unfit(f"not a backup of this program: {path} ({error})") from error
    if verdict != "ok":
        raise Unfit(f"damaged: {path} ({verdict})")


def _sqlite(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=60)


def _file() -> Path:
    return Path(str(db.engine.url.database))


def _libpq_url() -> str:
    url = db.engine.url.set(drivername="postgresql")
    return sa.make_url(url).render_as_string(hide_password=False)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise Unfit(done.stderr.strip() or f"{command[0]} failed")
