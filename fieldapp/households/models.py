"""Households and the people in them as rows: projections of the ledger, for the township's pages.

Written only by `project_…`; to change a row, submit a change to the ledger. Only what pages list,
count or search is here; the whole record is in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp import database
from fieldapp.extensions import Base, RecordId
from fieldapp.grids import scope
from fieldapp.households.form import HOUSEHOLD, HOUSEHOLD_1, PERSON, PERSON_1
from fieldapp.households.survivors import survivors
from fieldapp.ledger import Kind, Settled

# Lived in at least for a part of the year: the households that a campaign has to reach.
OCCUPIED = ("resident", "rented", "seasonal")


class Household(Base):
    """One household. `walk_no`: its place on the round that its grid's leader walks.

    merged_into: as it was said. survivor: the household that remains, however many merges away;
    whatever is recorded of this one counts for that one. Both are null for a file that stands.
    """

    __tablename__ = "household"

    id: Mapped[RecordId]
    version: Mapped[int] = mapped_column(sa.BigInteger)
    grid_id: Mapped[int] = mapped_column(index=True)
    hh_no: Mapped[str] = mapped_column(sa.String(20))
    address_text: Mapped[str] = mapped_column(sa.String(60))
    head_name: Mapped[str] = mapped_column(sa.String(50))
    nickname: Mapped[str | None] = mapped_column(sa.String(20))
    walk_no: Mapped[int | None]
    occupied: Mapped[str] = mapped_column(sa.String(20))
    resident_n: Mapped[int]
    away_n: Mapped[int]
    voided: Mapped[bool]
    flagged: Mapped[bool]
    merged_into: Mapped[str | None] = mapped_column(sa.String(36))
    survivor: Mapped[str | None] = mapped_column(sa.String(36))

    @classmethod
    def standing(cls) -> sa.ColumnElement[bool]:
        """Whether a row is a file of its own: neither a mistake nor merged into another.

        Of files merged into each other one remains, though each of them was withdrawn.
        """
        return cls.survivor.is_(None) & (~cls.voided | cls.merged_into.is_not(None))


class Person(Base):
    """One person of a household (`hh`). Neither telephone nor ID number: no list needs them.

    merged_into, survivor: as with a household.
    """

    __tablename__ = "person"

    id: Mapped[RecordId]
    version: Mapped[int] = mapped_column(sa.BigInteger)
    grid_id: Mapped[int] = mapped_column(index=True)
    hh: Mapped[str] = mapped_column(sa.String(36), index=True)
    name: Mapped[str] = mapped_column(sa.String(50))
    nickname: Mapped[str | None] = mapped_column(sa.String(20))
    sex: Mapped[str | None] = mapped_column(sa.String(1))
    age: Mapped[int | None]
    birth_year: Mapped[int | None]
    relation: Mapped[str | None] = mapped_column(sa.String(20))
    voided: Mapped[bool]
    flagged: Mapped[bool]
    merged_into: Mapped[str | None] = mapped_column(sa.String(36))
    survivor: Mapped[str | None] = mapped_column(sa.String(36))

    @classmethod
    def standing(cls) -> sa.ColumnElement[bool]:
        """Whether a row is a file of its own: neither a mistake nor merged into another.

        Of files merged into each other one remains, though each of them was withdrawn.
        """
        return cls.survivor.is_(None) & (~cls.voided | cls.merged_into.is_not(None))


def project_households(session: Session, settled: Sequence[Settled]) -> None:
    """Write each household over its row. Does not commit: the ledger owns the transaction."""
    rows = [_envelope(one) | _household(one.fields) for one in settled if not one.gone]
    database.upsert(session, Household.table(), rows)
    _remove(session, Household, settled)
    _settle_merges(session, Household, settled)


def project_people(session: Session, settled: Sequence[Settled]) -> None:
    """Write each person over their row. Does not commit: the ledger owns the transaction."""
    rows = [_envelope(one) | _person(one.fields) for one in settled if not one.gone]
    database.upsert(session, Person.table(), rows)
    _remove(session, Person, settled)
    _settle_merges(session, Person, settled)


KINDS = (
    Kind("household", {1: HOUSEHOLD_1, 2: HOUSEHOLD}, project_households, (Household.table(),)),
    Kind(
        "person",
        {1: PERSON_1, 2: PERSON},
        project_people,
        (Person.table(),),
        hand_over=scope.may_hand_over,
    ),
)


def _envelope(one: Settled) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "grid_id": one.place,
        "voided": bool(one.fields.get("voided")),
        "flagged": one.flagged,
        "merged_into": one.fields.get("merged_into") if one.fields.get("voided") else None,
        "survivor": None,
    }


def _household(fields: Mapping[str, Any]) -> dict[str, Any]:
    read = fields.get
    return {
        "hh_no": read("hh_no") or "",
        "address_text": read("address_text") or "",
        "head_name": read("head_name") or "",
        "nickname": read("nickname"),
        "walk_no": read("walk_no"),
        "occupied": read("occupied") or "resident",
        "resident_n": read("resident_n") or 0,
        "away_n": read("away_n") or 0,
    }


def _person(fields: Mapping[str, Any]) -> dict[str, Any]:
    read = fields.get
    return {
        "hh": read("hh") or "",
        "name": read("name") or "",
        "nickname": read("nickname"),
        "sex": read("sex"),
        "age": read("age"),
        "birth_year": read("birth_year"),
        "relation": read("relation"),
    }


def _remove(session: Session, model: type[Base], settled: Sequence[Settled]) -> None:
    gone = [one.id for one in settled if one.gone]
    if gone:
        table = model.table()
        session.execute(sa.delete(model).where(table.c.id.in_(gone)))


def _settle_merges(
    session: Session, model: type[Household] | type[Person], settled: Sequence[Settled]
) -> None:
    """Find out anew which files remain, where one of `settled` was merged or came apart again."""
    if not any("merged_into" in one.fields for one in settled):
        return
    table = model.table()
    query = sa.select(table.c.id, table.c.merged_into, table.c.survivor).where(
        table.c.merged_into.is_not(None) | table.c.survivor.is_not(None)
    )
    merged = session.execute(query).all()
    remaining = survivors({row.id: row.merged_into for row in merged if row.merged_into})
    for row in merged:
        survivor = remaining.get(row.id)
        if survivor != row.survivor:
            update = sa.update(table).where(table.c.id == row.id)
            session.execute(update.values(survivor=survivor))
