"""Waiting for something that will come, without saying how soon."""

from __future__ import annotations

import time
from collections.abc import Callable


def eventually(holds: Callable[[], object]) -> None:
    """Return as soon as it holds; fail when it has not come within half a minute."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")
