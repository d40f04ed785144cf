"""A small town with boards, and the demo town, loaded once for all that only look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from fieldapp import boards, clock
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from tests.township.town import Town

Act = Callable[..., Any]


@pytest.fixture
def town(app: Flask) -> Town:
    """柳河镇 with its boards."""
    return with_boards(Town(app, now=clock.utc_now()).build())


@pytest.fixture
def act(town: Town) -> Act:
    """Do one thing as the office does: `act(edit.set_text, grid, "scope", "…")`."""

    def do(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with town.app.app_context(), writing():
            return work(*args, by="办公室", **kwargs)

    return do


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo town. Only to look at."""
    from fieldapp.app import create_app
    from fieldapp.demo import load_demo

    folder = tmp_path_factory.mktemp("demo-boards")
    app = create_app(
        {
            "TESTING": True,
            "INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/demo.sqlite",
        }
    )
    with app.app_context():
        load_demo()
    yield app
    with app.app_context():
        db.engine.dispose()


def with_boards(town: Town) -> Town:
    """The town after `load-tree` and `add-member` would have made what is missing."""
    with town.app.app_context(), writing() as session:
        boards.provide(session)
    return town


def grid(town: Town, code: str) -> int:
    """The number of the grid with this code."""
    with town.app.app_context():
        found = scope.grid_of(code)
        assert found is not None
        return found


def card(town: Town, code: str) -> boards.Card:
    """What the board of the grid with this code says now."""
    with town.app.app_context():
        return boards.card_of(scope.grid_of(code) or 0)
