"""A cursor is a bookmark in the ledger: "I have everything of my grids up to here"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from sync.errors import BadCursor

_FORM = re.compile(r"c(\d{1,18})\.([0-9a-f]{12})", re.ASCII)


class Cursor(NamedTuple):
    """Opaque to clients, who only ever send back the last one they were given.

    scope: which grids of which history it speaks of; another tag means that it says nothing.
    """

    seq: int
    scope: str

    def __str__(self) -> str:
        return f"c{self.seq}.{self.scope}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Raises BadCursor if it is not one of ours."""
        found = _FORM.fullmatch(text)
        if not found:
            raise BadCursor(text)
        return cls(int(found[1]), found[2])


def scope_tag(epoch: str, places: Iterable[int]) -> str:
    """What a cursor is valid for: one database history, one set of grids."""
    text = epoch + ":" + ",".join(map(str, sorted(places)))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
