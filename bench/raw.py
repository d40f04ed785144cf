"""One table with the two keys nobody can do without: what the product is measured beside.

The id by which a repeated change is known, and the grid by which a phone asks.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.database import PRAGMAS

INSERT = "INSERT INTO visit (id, record, grid, made_at, fields) VALUES (?, ?, ?, ?, ?)"


def connect(path: Path, *, one_thread: bool = True) -> sqlite3.Connection:
    """A connection with the product's settings; commits are by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=one_thread)
    for pragma in PRAGMAS:
        connection.execute("PRAGMA " + pragma)
    return connection


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the table, empty."""
    connection.execute(
        "CREATE TABLE visit (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, record TEXT, grid TEXT,"
        " made_at TEXT, fields TEXT)"
    )
    connection.execute("CREATE INDEX by_grid ON visit (grid, seq)")


def row(change: Mapping[str, Any]) -> tuple[str, ...]:
    """A visit as `INSERT` takes it."""
    fields = json.dumps(change["fields"])
    return change["id"], change["record"], change["grid"], change["made_at"], fields
