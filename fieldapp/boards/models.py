"""What boards say beyond the tree and its duties, which ids lead to them, and who changed what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base, Moment, Time

ID_LENGTH = 8


class Board(Base):
    """An id on a wall. It is never deleted, so that it is never given out again.

    A grid has one that is not retired. leads_to: the board that took this one's place, if any.
    """

    __tablename__ = "board"

    id: Mapped[str] = mapped_column(sa.String(ID_LENGTH), primary_key=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    made_at: Mapped[Time]
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    leads_to: Mapped[str | None] = mapped_column(sa.ForeignKey("board.id"))


class Badge(Base):
    """An id on a member's badge. Revoked ones stay, so that they are never given out again.

    reason: why it was revoked, in the clerk's words.
    """

    __tablename__ = "badge"

    id: Mapped[str] = mapped_column(sa.String(ID_LENGTH), primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    made_at: Mapped[Time]
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(sa.String(100))


class BoardText(Base):
    """One text of a grid's board. part: a key of `texts.PARTS`, with the role if it has one."""

    __tablename__ = "board_text"

    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    text: Mapped[str] = mapped_column(sa.String(1000))


class BoardLine(Base):
    """One line of a list of a grid's board. `sort`: "duty", "service" or "hotline"."""

    __tablename__ = "board_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    sort: Mapped[str] = mapped_column(sa.String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(100))
    place: Mapped[str] = mapped_column(sa.String(60))
    hours: Mapped[str] = mapped_column(sa.String(60))
    phone: Mapped[str] = mapped_column(sa.String(20))


class BoardContact(Base):
    """Somebody on a board who has no duty in the tree and no login: a policeman, a mediator.

    role: a key of `roles.ROLES`, or the town's own word. private: the number is their own, so it
    is shown only with their consent.
    """

    __tablename__ = "board_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(50))
    role: Mapped[str] = mapped_column(sa.String(20))
    phone: Mapped[str] = mapped_column(sa.String(20))
    private: Mapped[bool]
    deputy: Mapped[bool]
    duty: Mapped[str] = mapped_column(sa.String(200))
    hours: Mapped[str] = mapped_column(sa.String(60))
    photo: Mapped[str | None] = mapped_column(sa.String(64))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class BoardMember(Base):
    """What boards say of a member beyond name and duties. An empty text: what their role says."""

    __tablename__ = "board_member"

    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    deputy: Mapped[bool]
    duty: Mapped[str] = mapped_column(sa.String(200))
    hours: Mapped[str] = mapped_column(sa.String(60))
    photo: Mapped[str | None] = mapped_column(sa.String(64))


class BoardConsent(Base):
    """A person's word that this number of theirs may be published, and when it was taken back.

    It holds for the number it was given for, and for no later one. how: a key of `folk.HOW_GIVEN`.
    """

    __tablename__ = "board_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("board_contact.id"), index=True)
    phone: Mapped[str] = mapped_column(sa.String(20))
    given_at: Mapped[Time]
    recorded_by: Mapped[str] = mapped_column(sa.String(50))
    how: Mapped[str | None] = mapped_column(sa.String(20))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(sa.String(50))


class BoardPhoto(Base):
    """A picture as it is served, known by the SHA-256 of its bytes. JPEG, 60 KB at most."""

    __tablename__ = "board_photo"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)


class BoardEdit(Base):
    """One change of what boards say: where, who, when, what, before and after in words.

    grid_id: the grid from which on downward it shows. part: a key of `texts.LABELS`. subject: whom
    or which line it is about. back: what `undo` does to bring the earlier state again, None where
    that cannot be.
    """

    __tablename__ = "board_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    at: Mapped[Time]
    by: Mapped[str] = mapped_column(sa.String(50))
    part: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(100))
    before: Mapped[str] = mapped_column(sa.Text)
    after: Mapped[str] = mapped_column(sa.Text)
    back: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)


class BoardEdition(Base):
    """One row that says which state of all boards this is: new at every change."""

    __tablename__ = "board_edition"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(sa.String(32))
