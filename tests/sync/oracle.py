"""What must come of a history, worked out again from its beginning and in the plainest way."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tests.sync.towns import Kept, Said

Clash = tuple[int, str, str, str]  # seq, field, value that stood, value that arrived


def replay(history: Sequence[Said]) -> tuple[dict[str, Kept], set[Clash]]:
    """The records, and the contradictions met on the way."""
    by_record: dict[str, list[Said]] = {}
    for said in history:
        by_record.setdefault(said.record, []).append(said)

    records, clashes = {}, set()
    for name, changes in by_record.items():
        records[name], found = _one_record(changes)
        clashes |= found
    return records, clashes


def _one_record(changes: Sequence[Said]) -> tuple[Kept, set[Clash]]:
    fields, disputed, clashes = {}, set(), set()
    for n, change in enumerate(changes):
        for name, value in change.fields.items():
            last = _last_to_say(changes[:n], name)
            unseen = last is not None and last.seq > (change.base or 0)
            if unseen and last.writer != change.writer and fields[name] != value:
                clashes.add((change.seq, name, json.dumps(fields[name]), json.dumps(value)))
                disputed.add(name)
            elif not unseen:
                disputed.discard(name)
            fields[name] = value
    return Kept(changes[-1].seq, _place(changes), fields, frozenset(disputed)), clashes


def _last_to_say(changes: Sequence[Said], name: str) -> Said | None:
    return next((one for one in reversed(changes) if name in one.fields), None)


def _place(changes: Sequence[Said]) -> str:
    """Where the last one said that it is who had seen where it was."""
    first, *later = changes
    mover = first
    for change in later:
        knew = (change.base or 0) >= mover.seq or change.writer == mover.writer
        if change.grid != mover.grid and knew:
            mover = change
    return mover.grid
