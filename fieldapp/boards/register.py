"""Which id leads to which grid: boards come into being, are replaced, and are never forgotten."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.boards import ids
from fieldapp.boards.models import Badge, Board, BoardEdition
from fieldapp.grids import Refused, scope
from fieldapp.i18n import N_


def provide(session: Session) -> int:
    """A board for each open grid, a badge for each member on duty, who has none; how many are new.

    In `writing()`. Called after whatever makes grids or members; doing it twice changes nothing.
    """
    day, tree = clock.today(), scope.tree()
    has = set(session.scalars(sa.select(Board.grid_id).where(Board.retired_at.is_(None))))
    led_away = set(session.scalars(sa.select(Board.grid_id).where(Board.leads_to.is_not(None))))
    grids = [one.id for one in tree.units.values() if not one.closed]
    new = [new_board(session, one) for one in grids if one not in has | led_away]

    badged = set(session.scalars(sa.select(Badge.member_id)))
    serving = [who for who, all_of in tree.duties.items() if any(d.holds_on(day) for d in all_of)]
    badges = [new_badge(session, one) for one in serving if one not in badged]
    if new or badges:
        changed(session)
    return len(new) + len(badges)


def new_board(session: Session, grid_id: int) -> str:
    """A fresh id for a grid's board. In `writing()`."""
    fresh = _unused(session, Board)
    session.add(Board(id=fresh, grid_id=grid_id, made_at=clock.utc_now()))
    session.flush()
    return fresh


def new_badge(session: Session, member_id: int) -> str:
    """A fresh id for a member's badge. In `writing()`."""
    fresh = _unused(session, Badge)
    session.add(Badge(id=fresh, member_id=member_id, made_at=clock.utc_now()))
    session.flush()
    return fresh


def board_of_grid(session: Session, grid_id: int) -> Board:
    """The board of a grid that is in use. Raises Refused where there is none."""
    query = sa.select(Board).where(Board.grid_id == grid_id, Board.retired_at.is_(None))
    found = session.scalars(query).first()
    if found is None:
        raise Refused.because(N_("This grid has no notice board."))
    return found


def changed(session: Session) -> None:
    """Tell every process that a board changed. In `writing()`, after the last write."""
    session.flush()
    session.merge(BoardEdition(id=1, token=secrets.token_hex(16)))
    session.flush()


def _unused(session: Session, model: type[Board] | type[Badge]) -> str:
    """An id that neither a board nor a badge ever had: people type both into the same field."""
    while True:
        fresh = ids.new_id()
        if not any(session.get(one, fresh) for one in (model, Board, Badge)):
            return fresh
