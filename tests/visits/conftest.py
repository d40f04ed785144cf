"""The same small town as the office's tests."""

from __future__ import annotations

from tests.township.conftest import town

__all__ = ["town"]
