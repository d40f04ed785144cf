"""How a console form is sent back to be put right; nothing was written."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """Raised inside a write transaction, which it ends; `errors` are codes by field."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors
