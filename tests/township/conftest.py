"""A small town, a clerk at the office, and a clock that stands still."""

from __future__ import annotations

import pytest
from flask import Flask

from fieldapp import clock
from tests.township.town import Office, Town


@pytest.fixture
def town(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Town:
    """柳河镇 on 20 February 2020, at ten in the morning there."""
    made = Town(app)
    monkeypatch.setattr(clock, "_now", lambda: made.now)
    return made.build()


@pytest.fixture
def office(town: Town) -> Office:
    """A clerk who is logged in and reads English."""
    return Office(town)
