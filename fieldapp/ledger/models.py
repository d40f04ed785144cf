"""The tables behind the ledger: what was said, what came of it, and what a person must look at.

Times are integers, milliseconds since 1970 UTC, and JSON is text: both engines keep them alike, and
an answer to a phone can be put together without reading them.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base

# SQLite keeps rows in the order of an INTEGER key, and only of that one.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Ledger(Base):
    """One row: which history this database is, and its newest sequence number.

    Locking this row is what gives a writer its turn. That makes numbers visible in order on every
    engine, so a pull cannot step over a change that commits late (docs/adr/0012).

    indexed: up to which number ids are in `change_key` and `record_key` (`keys`).
    """

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(sa.String(36))
    head: Mapped[int] = mapped_column(sa.BigInteger)
    indexed: Mapped[int] = mapped_column(sa.BigInteger, default=0)


class ChangeKey(Base):
    """Which number the change with an id has; for the newest, see `keys`."""

    __tablename__ = "change_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger)


class RecordKey(Base):
    """Which number the record of a kind with an id has; for the newest, see `keys`."""

    __tablename__ = "record_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    number: Mapped[int] = mapped_column(sa.BigInteger)


class ChangeRow(Base):
    """One accepted change, as it arrived. Rows are only ever inserted, and deleted by retention.

    previous: the seq of the change to the same record before it. A record's history is found by
    walking back from its version, so this table needs no index by record, which at thousands of
    changes a second would cost more than it gives.
    """

    __tablename__ = "change"

    seq: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(sa.String(36))
    digest: Mapped[str] = mapped_column(sa.String(32))
    kind: Mapped[str] = mapped_column(sa.String(32))
    record: Mapped[str] = mapped_column(sa.String(36))
    previous: Mapped[int | None] = mapped_column(sa.BigInteger)
    base: Mapped[int | None] = mapped_column(sa.BigInteger)
    form: Mapped[int]
    place: Mapped[int]
    member: Mapped[int | None]
    clerk: Mapped[int | None]
    device: Mapped[int | None]
    made_at: Mapped[str] = mapped_column(sa.String(40))
    made_ms: Mapped[int] = mapped_column(sa.BigInteger)
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    skew_ms: Mapped[int] = mapped_column(sa.BigInteger)
    fields: Mapped[str] = mapped_column(sa.Text)


class RecordRow(Base):
    """A record as the changes have made it; `version` is the seq of the last of them.

    number is the seq of the change that began it; author, made_ms and received_ms are of that one.
    """

    __tablename__ = "record"
    __table_args__ = (sa.Index("ix_record_place_version", "place", "version"),)

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(sa.String(36))
    kind: Mapped[str] = mapped_column(sa.String(32))
    version: Mapped[int] = mapped_column(sa.BigInteger)
    place: Mapped[int]
    fields: Mapped[str] = mapped_column(sa.Text)
    writer: Mapped[str] = mapped_column(sa.String(24))
    author: Mapped[int | None]
    made_ms: Mapped[int] = mapped_column(sa.BigInteger)
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    disputed: Mapped[str | None] = mapped_column(sa.Text)
    marks: Mapped[str | None] = mapped_column(sa.Text)


class SecretRow(Base):
    """A sensitive value, sealed; elsewhere it stands only masked. The newest seq holds."""

    __tablename__ = "secret"

    record: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]


class DepartureRow(Base):
    """A record that left a grid at `version`, for phones that still have it."""

    __tablename__ = "departure"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    record: Mapped[str] = mapped_column(sa.String(36), primary_key=True)


class ConflictRow(Base):
    """Two values for one field. Both stay here after the dispute is settled."""

    __tablename__ = "conflict"

    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(32))
    record: Mapped[str] = mapped_column(sa.String(36), index=True)
    kept: Mapped[str] = mapped_column(sa.Text)
    arrived: Mapped[str] = mapped_column(sa.Text)


class HeldRow(Base):
    """Something an authenticated device sent that a person has to look at. Never thrown away.

    content: the change as sent, as JSON; or the whole body, where it could not be read at all.
    settled_ms: when it was released or set aside; `outcome` says which, `note` why.
    """

    __tablename__ = "held"
    __table_args__ = (sa.UniqueConstraint("change", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change: Mapped[str] = mapped_column(sa.String(64))
    digest: Mapped[str] = mapped_column(sa.String(32))
    member: Mapped[int | None]
    device: Mapped[int | None]
    place: Mapped[int | None] = mapped_column(index=True)
    errors: Mapped[str] = mapped_column(sa.Text)
    content: Mapped[str] = mapped_column(sa.Text)
    sealed: Mapped[bytes | None]
    made_ms: Mapped[int] = mapped_column(sa.BigInteger)
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    skew_ms: Mapped[int] = mapped_column(sa.BigInteger)
    settled_ms: Mapped[int | None] = mapped_column(sa.BigInteger)
    outcome: Mapped[str | None] = mapped_column(sa.String(16))
    note: Mapped[str | None] = mapped_column(sa.Text)
