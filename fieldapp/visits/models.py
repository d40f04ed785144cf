"""Home visits and returnees as rows: projections of the ledger, made for the township's pages.

Written only by `project_…`; to change a row, submit a change to the ledger. Times are whole
milliseconds since 1970 UTC, corrected by the phone's clock offset: thousands of visits a second are
written here, and a number is the cheapest thing that both databases keep and compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp import clock, database
from fieldapp.extensions import Base, RecordId
from fieldapp.grids import scope
from fieldapp.ledger import Kind, Settled, keyed_hash_secret
from fieldapp.visits.form import RETURNEE, VISIT
from fieldapp.visits.identity import Trace, contact_key, first_of_each, id_key

# SQLite keeps rows in the order of an INTEGER key, and only of that one.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Visit(Base):
    """One visit to one household. A withdrawn one stays, marked `voided`.

    The key is the record's number and not its random id, so that new rows are written side by side.
    """

    __tablename__ = "visit"

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(sa.String(36))
    version: Mapped[int] = mapped_column(sa.BigInteger)
    grid_id: Mapped[int]
    hh: Mapped[str] = mapped_column(sa.String(36))
    mode: Mapped[str] = mapped_column(sa.String(20))
    result: Mapped[str] = mapped_column(sa.String(20))
    asked_q1: Mapped[bool | None]
    asked_q2: Mapped[bool | None]
    occurred_ms: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    author: Mapped[int | None]
    voided: Mapped[bool]
    flagged: Mapped[bool]


class Returnee(Base):
    """A person who came back or came to stay, as one member registered them.

    id_key, contact_key: keyed hashes of the ID number, and of name and phone; never the values.
    same_as: the record of the same person that came first; None where this one did.
    """

    __tablename__ = "returnee"

    id: Mapped[RecordId]
    version: Mapped[int] = mapped_column(sa.BigInteger)
    grid_id: Mapped[int]
    hh: Mapped[str] = mapped_column(sa.String(36))
    origin: Mapped[str] = mapped_column(sa.String(20))
    wuhan_link: Mapped[str] = mapped_column(sa.String(20))
    measure: Mapped[str] = mapped_column(sa.String(20))
    arrived_on: Mapped[date | None]
    left_origin_on: Mapped[date | None]
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    author: Mapped[int | None]
    voided: Mapped[bool]
    flagged: Mapped[bool]
    id_key: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    contact_key: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    same_as: Mapped[str | None] = mapped_column(sa.String(36))

    @classmethod
    def people(cls) -> sa.Select[Any]:
        """One record for each person, the one that came first."""
        return sa.select(cls).where(cls.same_as.is_(None), ~cls.voided)


def project_visits(session: Session, settled: Sequence[Settled]) -> None:
    """Write each visit over its row. Does not commit: the ledger owns the transaction."""
    rows = [_visit(one) for one in settled if not one.gone]
    database.write(session, Visit.table(), rows, overwrite=True)
    if gone := [one.number for one in settled if one.gone]:
        session.execute(sa.delete(Visit).where(Visit.number.in_(gone)))


def project_returnees(session: Session, settled: Sequence[Settled]) -> None:
    """Write each returnee over their row, and find out anew who of them is the same person."""
    secret = keyed_hash_secret()
    rows = [_returnee(one, secret) for one in settled if not one.gone]
    ids = [one.id for one in settled]
    keys = _keys(session, Returnee.id.in_(ids))  # what a correction takes away counts as well
    database.upsert(session, Returnee.table(), rows)
    if gone := [one.id for one in settled if one.gone]:
        session.execute(sa.delete(Returnee).where(Returnee.id.in_(gone)))
    _match(session, keys | _keys(session, Returnee.id.in_(ids)))


KINDS = (
    Kind("visit", {1: VISIT}, project_visits, (Visit.table(),), keep_days=366),
    Kind(
        "returnee",
        {1: RETURNEE},
        project_returnees,
        (Returnee.table(),),
        keep_days=366,
        hand_over=scope.may_hand_over,
    ),
)


def _visit(one: Settled) -> tuple[Any, ...]:
    """In the order of the columns of `Visit`."""
    id_, number, version, place, fields, author, made_ms, received_ms, flagged, _gone = one
    read = fields.get
    when = read("occurred_at")
    return (
        number, id_, version, place, read("hh") or "", read("mode") or "", read("result") or "",
        read("asked_q1"), read("asked_q2"), _ms(when) if when else made_ms,
        received_ms, author, bool(read("voided")), flagged,
    )  # fmt: skip


def _returnee(one: Settled, secret: bytes) -> dict[str, Any]:
    read = one.fields.get
    arrived, left = read("arrived_at"), read("left_origin_at")
    return {
        "id": one.id,
        "version": one.version,
        "grid_id": one.place,
        "hh": read("stay_at") or "",
        "origin": read("origin") or "",
        "wuhan_link": read("wuhan_link") or "",
        "measure": read("measure") or "",
        "arrived_on": date.fromisoformat(str(arrived)) if arrived else None,
        "left_origin_on": date.fromisoformat(str(left)) if left else None,
        "received_ms": one.received_ms,
        "author": one.author,
        "voided": bool(read("voided")),
        "flagged": one.flagged,
        "id_key": id_key(secret, read("id_no")),
        "contact_key": contact_key(secret, read("name"), read("phone")),
        "same_as": None,
    }


def _keys(session: Session, which: sa.ColumnElement[bool]) -> frozenset[str]:
    found = session.execute(sa.select(Returnee.id_key, Returnee.contact_key).where(which))
    return frozenset(key for row in found for key in row if key)


def _match(session: Session, keys: frozenset[str]) -> None:
    """Settle `same_as` for all who share a key with somebody, however many steps away."""
    reached: frozenset[str] = frozenset()
    linked: sa.ColumnElement[bool] = sa.false()
    while keys > reached:
        reached = keys
        linked = Returnee.id_key.in_(reached) | Returnee.contact_key.in_(reached)
        keys |= _keys(session, linked)
    rows = session.execute(
        sa.select(Returnee.id, Returnee.id_key, Returnee.contact_key, Returnee.same_as)
        .where(linked, ~Returnee.voided)
        .order_by(Returnee.received_ms, Returnee.version)
    ).all()
    same = first_of_each(Trace(row.id, row.id_key, row.contact_key) for row in rows)
    for row in rows:
        if same[row.id] != row.same_as:
            session.execute(
                sa.update(Returnee).where(Returnee.id == row.id).values(same_as=same[row.id])
            )


def _ms(iso: object) -> int:
    moment = datetime.fromisoformat(str(iso))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.LOCAL)
    return int(moment.timestamp() * 1000)
