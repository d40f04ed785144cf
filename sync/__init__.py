"""The sync engine: values and pure functions on the standard library.

A phone pushes changes and pulls records. What that means, message by message, is docs/sync.md;
the numbers in `engine` point there. This package knows no HTTP, no SQL and no form.
"""

from sync.change import Arrival, Change, Departure, Fields, Json, Mark, Origin, Outcome, Record
from sync.cursor import Cursor, scope_tag
from sync.engine import Page, pull, push
from sync.errors import BadCursor, SyncError
from sync.log import ChangeLog, Entry, News
from sync.memory import MemoryLog
from sync.merge import Conflict

__all__ = [
    "Arrival",
    "BadCursor",
    "Change",
    "ChangeLog",
    "Conflict",
    "Cursor",
    "Departure",
    "Entry",
    "Fields",
    "Json",
    "Mark",
    "MemoryLog",
    "News",
    "Origin",
    "Outcome",
    "Page",
    "Record",
    "SyncError",
    "pull",
    "push",
    "scope_tag",
]
