"""Stories told in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.fixtures import *  # noqa: F403 - pytest finds fixtures by the names in conftest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser, so that nobody can forget the mark."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
