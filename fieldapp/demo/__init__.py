"""The demo town: real places, published sizes, invented people."""

from flask import Flask

from fieldapp.demo.cli import demo_login, load_demo_command
from fieldapp.demo.load import FIRST_LEADER, load_demo

__all__ = ["FIRST_LEADER", "init_app", "load_demo"]


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(load_demo_command)
    app.cli.add_command(demo_login)
