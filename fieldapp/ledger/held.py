"""What was held: shown to its author and to the township, released or set aside by a person."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp.ledger.intake import Intake
from fieldapp.ledger.keys import accepted
from fieldapp.ledger.log import SqlLog
from fieldapp.ledger.masking import shown_text
from fieldapp.ledger.models import HeldRow
from fieldapp.ledger.sealing import seal, unseal
from fieldapp.ledger.submit import now_ms, submit
from sync import Json, Origin, Outcome

_ACCEPTED = accepted(HeldRow.change, HeldRow.digest)


@dataclass(frozen=True, slots=True)
class Held:
    """One held change. `content` is the change as sent, sensitive values masked.

    errors: codes by field of the change ("grid", "kind", "form", "id" …) or of its form.
    """

    id: int
    change: str
    member: int | None
    device: int | None
    place: int | None
    errors: Mapping[str, list[str]]
    content: Json
    made_ms: int
    received_ms: int
    settled_ms: int | None
    outcome: str | None
    note: str | None

    @property
    def fields(self) -> dict[str, Json]:
        """The answers in it; none where it is not even a change."""
        fields = self.content.get("fields") if isinstance(self.content, dict) else None
        return fields if isinstance(fields, dict) else {}


def held(
    session: Session, *, open_only: bool = True, member: int | None = None, limit: int = 500
) -> list[Held]:
    """Held changes, the newest first; those since accepted in another way are not listed."""
    query = sa.select(HeldRow).where(~_ACCEPTED).order_by(HeldRow.id.desc()).limit(limit)
    if open_only:
        query = query.where(HeldRow.settled_ms.is_(None))
    if member is not None:
        query = query.where(HeldRow.member == member)
    return [_read(row) for row in session.scalars(query)]


def held_change(session: Session, held_id: int) -> Held | None:
    """One held change, settled or not."""
    row = session.get(HeldRow, held_id)
    return _read(row) if row else None


def count_held(session: Session) -> int:
    """How many wait for somebody to look at them."""
    query = sa.select(sa.func.count()).where(HeldRow.settled_ms.is_(None), ~_ACCEPTED)
    return session.scalar(query) or 0


def release(
    session: Session,
    held_id: int,
    *,
    intake: Intake,
    grid: str | None = None,
    fields: Mapping[str, Json] | None = None,
    without: Collection[str] = (),
) -> Outcome:
    """Submit a held change again on the township's word, in another grid or with other answers.

    without: answers that are left out, because no form asks for them; the held bytes keep them.

    The author stays its author. Whatever is still wrong is in the outcome, and it stays held.
    Raises LookupError if there is no such held change.
    """
    row = session.get(HeldRow, held_id)
    if row is None:
        raise LookupError(held_id)
    item = _original(row)
    if isinstance(item, dict):
        item = item | {"grid": grid or item.get("grid")}
        said = item.get("fields")
        said = said if isinstance(said, dict) else {}
        if fields or without:
            kept = {key: said[key] for key in said if key not in without}
            item["fields"] = {**kept, **(fields or {})}

    origin = Origin(member=row.member, clerk=intake.origin.clerk, device=row.device)
    again = Intake(intake.kinds, intake.grid_of, origin, None, row.received_ms, row.skew_ms)
    arrival = again.arrival(item)
    # The digest of what the phone sent, so that the phone, offering it again, gets `duplicate`.
    [outcome] = submit(session, [arrival._replace(digest=row.digest)])
    if outcome.status != "held":
        row.settled_ms, row.outcome = now_ms(), "released"
        session.flush()
    return outcome


def set_aside(session: Session, held_id: int, *, note: str) -> None:
    """Nothing is to be done about it. Its bytes stay where they are.

    Raises LookupError if there is no such held change.
    """
    row = session.get(HeldRow, held_id)
    if row is None:
        raise LookupError(held_id)
    row.settled_ms, row.outcome, row.note = now_ms(), "set_aside", note
    session.flush()


def hold_unreadable(session: Session, body: bytes, digest: str, origin: Origin) -> None:
    """Keep a body that could not be read at all; the same one is kept once."""
    SqlLog(session).turn()  # so that the same body, arriving twice at once, is kept once
    same = (HeldRow.change == "") & (HeldRow.digest == digest)
    if session.scalar(sa.select(sa.exists().where(same))):
        return
    received = now_ms()
    text = body.decode("utf-8", "backslashreplace")
    content = shown_text(text)
    session.add(
        HeldRow(
            change="", digest=digest, member=origin.member, device=origin.device, place=None,
            errors=json.dumps({"": ["unreadable"]}),
            content=json.dumps(content),
            sealed=seal(json.dumps(text), "held/" + digest) if content != text else None,
            made_ms=received, received_ms=received, skew_ms=0,
        )
    )  # fmt: skip
    session.flush()


def _original(row: HeldRow) -> Any:
    text = unseal(row.sealed, "held/" + row.digest) if row.sealed else row.content
    return json.loads(text)


def _read(row: HeldRow) -> Held:
    return Held(
        row.id, row.change, row.member, row.device, row.place,
        json.loads(row.errors), json.loads(row.content),
        row.made_ms, row.received_ms, row.settled_ms, row.outcome, row.note,
    )  # fmt: skip
