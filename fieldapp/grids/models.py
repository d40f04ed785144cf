"""The tree of grids, the codes they carry, and who has a duty in which of them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base


class Grid(Base):
    """One unit of the tree: a town, a village, an area, a group of households, a school.

    Its identity is `id`. Names repeat (45 of 839 in one city) and codes change with each edition,
    so neither may be used to say which unit is meant.
    """

    __tablename__ = "grid"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    level: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(30))
    name: Mapped[str] = mapped_column(sa.String(60))
    official_name: Mapped[str | None] = mapped_column(sa.String(60))
    path: Mapped[str] = mapped_column(sa.String(200))


class GridCode(Base):
    """A code and when it was in force; `valid_to` is the first day it no longer is.

    An old code still finds its grid.
    """

    __tablename__ = "grid_code"

    code: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class GridLevel(Base):
    """What a tree calls the units of one level. Depth and names are data, tree by tree."""

    __tablename__ = "grid_level"

    root_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name_zh: Mapped[str] = mapped_column(sa.String(30))
    name_en: Mapped[str] = mapped_column(sa.String(60))


class Member(Base):
    """A person who serves in the tree. The phone number is how the town tells people apart."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(50))
    phone: Mapped[str] = mapped_column(sa.String(20), unique=True)


class Duty(Base):
    """Who serves which grid, as what, and when; `valid_to` is the first day they no longer do."""

    __tablename__ = "duty"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(20))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class TreeEdition(Base):
    """One row that says which state of the tree and its duties this is.

    `token` is random and new at every change: whoever kept something worked out from the tree
    (`scope`) reads only this row to know whether it still holds. A counter would not do, because
    a number given out in a transaction that was rolled back is given out again.
    """

    __tablename__ = "tree_edition"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(sa.String(32))
    demo: Mapped[bool]
