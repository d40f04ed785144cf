"""Where the posts stand. What is entered at them comes with the ledger's kind of that name."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base


class CheckpointPost(Base):
    """One post. `kind`: "round_clock" or "daytime"; `closed_on` is its first day without duty."""

    __tablename__ = "checkpoint_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    grid_id: Mapped[int] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    location: Mapped[str] = mapped_column(sa.String(60))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
