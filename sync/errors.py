"""Everything the engine can raise.

SyncError
└── BadCursor          the client's cursor is not one we issued

What an author sends is never an error to the engine: a change that cannot be accepted is *held*.
"""


class SyncError(Exception):
    """Base of all sync errors."""


class BadCursor(SyncError):
    """Not a cursor of ours. The client is told to start again from nothing."""
