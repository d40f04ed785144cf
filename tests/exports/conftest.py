"""Exports are tried with the small town of tests/syncing."""

from tests.syncing.conftest import head, leader, neighbour, sqlite_model, town

__all__ = ["head", "leader", "neighbour", "sqlite_model", "town"]
