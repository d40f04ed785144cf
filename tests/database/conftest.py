"""Statements are tried with the small town of tests/syncing."""

from tests.syncing.conftest import (
    any_town,
    head,
    leader,
    neighbour,
    postgresql_model,
    postgresql_town,
    sqlite_model,
    town,
)

__all__ = [
    "any_town",
    "head",
    "leader",
    "neighbour",
    "postgresql_model",
    "postgresql_town",
    "sqlite_model",
    "town",
]
