"""Looking after a running system: backup, restore, retention, integrity."""

from __future__ import annotations

from flask import Flask

from fieldapp.upkeep.cli import COMMANDS


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)


__all__ = ["init_app"]
