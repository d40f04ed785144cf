"""What happens when two people edited the same record without seeing each other's edit.

Pure functions over values. Merging happens only on the server: a phone shows the records it was
told with its own unsent edits laid over them, and never settles anything.
"""

from __future__ import annotations

from typing import NamedTuple

from sync.change import PLACE, Fields, Json, Mark, Record


class Conflict(NamedTuple):
    """Two values for one field, set by two writers of whom the later had not seen the earlier."""

    name: str
    kept: Json
    arrived: Json


def merge(
    record: Record, fields: Fields, *, base: int | None, mark: Mark
) -> tuple[Record, tuple[Conflict, ...]]:
    """Lay `fields` over `record`, field by field; the later arrival wins.

    Arrival order and not the devices' clocks, which in the field are often days off. A field is in
    conflict only if another writer set it after the author last looked *and* the values differ. It
    stays disputed until somebody who has seen both values says which it is.
    """
    seen = base or 0
    unseen = {name for name in fields if _unseen(record.mark(name), seen, mark.writer)}
    conflicts = tuple(
        Conflict(name, record.fields.get(name), fields[name])
        for name in fields
        if name in unseen and record.fields.get(name) != fields[name]
    )
    settled = {name for name in fields if name not in unseen and seen >= record.mark(name).seq}
    marks = {name: record.mark(name) for name in (*record.fields, PLACE)}
    marks.update(dict.fromkeys(fields, mark))
    merged = record._replace(
        version=mark.seq,
        fields={**record.fields, **fields},
        writer=mark.writer,
        disputed=(record.disputed - settled) | {conflict.name for conflict in conflicts},
        marks=marks,
    )
    return merged, conflicts


def move(record: Record, place: int, *, base: int | None, mark: Mark) -> Record:
    """Put a merged record where its author says that it is.

    Somebody who has not seen that it was moved names the old place without meaning to move it back.
    """
    if place == record.place or _unseen(record.mark(PLACE), base or 0, mark.writer):
        return record
    return record._replace(place=place, marks={**record.marks, PLACE: mark})


def _unseen(last: Mark, seen: int, writer: str) -> bool:
    return last.seq > seen and last.writer != writer
