"""A small town with boards, and a clerk at the console who looks after them."""

from __future__ import annotations

import pytest
from flask import Flask

from fieldapp import clock
from tests.boards.conftest import with_boards
from tests.township.town import Office, Town


@pytest.fixture
def town(app: Flask) -> Town:
    """柳河镇 with its boards."""
    return with_boards(Town(app, now=clock.utc_now()).build())


@pytest.fixture
def office(town: Town) -> Office:
    """A clerk who is logged in and reads English."""
    return Office(town)
