"""What the console keeps for itself: forms already taken, and alarms somebody has seen."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base, Time


class TakenForm(Base):
    """A console form that was taken. The browser may send it again by itself; then `answer` holds.

    answer: the address the first sending was redirected to.
    """

    __tablename__ = "taken_form"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    answer: Mapped[str] = mapped_column(sa.String(300))
    taken_at: Mapped[Time]


class SeenLoss(Base):
    """A clerk has taken note of a loss that a phone reported; the report itself stays."""

    __tablename__ = "seen_loss"

    loss_id: Mapped[str] = mapped_column(sa.ForeignKey("loss.id"), primary_key=True)
    clerk_id: Mapped[int] = mapped_column(sa.ForeignKey("clerk.id"))
    seen_at: Mapped[Time]
