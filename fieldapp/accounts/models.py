"""Phones that may speak for a member, links that let a phone in, and the township's clerks.

Secrets are kept as SHA-256: they are random and long, so a slow hash would protect nothing more.
Passwords are not random, and get argon2.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base, Moment, Time


class Device(Base):
    """One browser on one phone, speaking for one member.

    pending: changes still on the phone when it last spoke. lost: changes that vanished from it.
    skew_s: by how much its clock is ahead. install: the id its store gave itself.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[Time]
    expires_at: Mapped[Time]
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    last_contact_at: Mapped[datetime | None] = mapped_column(Moment)
    pending: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    skew_s: Mapped[int] = mapped_column(default=0)
    install: Mapped[str | None] = mapped_column(sa.String(36))
    build: Mapped[str | None] = mapped_column(sa.String(40))
    browser: Mapped[str | None] = mapped_column(sa.String(40))


class Loss(Base):
    """A phone noticed that changes it had kept are gone. `id` is the phone's, so it counts once."""

    __tablename__ = "loss"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    device_id: Mapped[int] = mapped_column(sa.ForeignKey("device.id"), index=True)
    count: Mapped[int]
    noticed_at: Mapped[Time]


class Enrolment(Base):
    """A link that lets one phone in, once. `device_id` is the phone that used it."""

    __tablename__ = "enrolment"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    expires_at: Mapped[Time]
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    device_id: Mapped[int | None] = mapped_column(sa.ForeignKey("device.id"))


class Clerk(Base):
    """Somebody in the township office who logs in with a password."""

    __tablename__ = "clerk"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(50), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(200))


class ConsoleSession(Base):
    """One login of a clerk. `request_id` is the login form's: sent twice, it is one login."""

    __tablename__ = "console_session"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    clerk_id: Mapped[int] = mapped_column(sa.ForeignKey("clerk.id"), index=True)
    request_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    created_at: Mapped[Time]
    last_seen_at: Mapped[Time]
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class LoginAttempt(Base):
    """A try to log in that did not succeed, or is still being checked.

    Counted for the name, whether or not somebody has it, and for the address it came from.
    """

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    address_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    at: Mapped[Time] = mapped_column(index=True)
