"""The ledger: every change anybody made, and the one way anything synced is written."""

from fieldapp.ledger.held import (
    Held,
    count_held,
    held,
    held_change,
    hold_unreadable,
    release,
    set_aside,
)
from fieldapp.ledger.history import Dispute, Said, count_flagged, flagged, history, in_full, record
from fieldapp.ledger.intake import Intake
from fieldapp.ledger.kind import Kind, Review, Settled, kinds, register
from fieldapp.ledger.retention import purge
from fieldapp.ledger.sealing import keyed_hash_secret
from fieldapp.ledger.submit import (
    begin_history,
    epoch,
    new_history,
    now_ms,
    rebuild,
    settled,
    submit,
    submit_items,
)
from fieldapp.ledger.together import open_queue, submit_together
from sync import Arrival, Origin, Outcome, Record
from sync.change import Errors

__all__ = [
    "Arrival",
    "Dispute",
    "Errors",
    "Held",
    "Intake",
    "Kind",
    "Origin",
    "Outcome",
    "Record",
    "Review",
    "Said",
    "Settled",
    "begin_history",
    "count_flagged",
    "count_held",
    "epoch",
    "flagged",
    "held",
    "held_change",
    "history",
    "hold_unreadable",
    "in_full",
    "keyed_hash_secret",
    "kinds",
    "new_history",
    "now_ms",
    "open_queue",
    "purge",
    "rebuild",
    "record",
    "register",
    "release",
    "set_aside",
    "settled",
    "submit",
    "submit_items",
    "submit_together",
]
