"""Settled records and held changes, for programs: `flask export`, `flask held`."""

from __future__ import annotations

from flask import Flask

from fieldapp.exports.cli import export_records, list_held


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(export_records)
    app.cli.add_command(list_held)


__all__ = ["init_app"]
