"""What becomes of an id: found, replaced by a new one, led to another grid's board, revoked.

All but the finding in `writing()`; `by` is the clerk's name. All raise Refused.
"""

from __future__ import annotations

import sqlalchemy as sa

from fieldapp import clock
from fieldapp.boards import checks
from fieldapp.boards.content import Content
from fieldapp.boards.edit import record
from fieldapp.boards.models import Badge, Board
from fieldapp.boards.register import board_of_grid, changed, new_badge, new_board
from fieldapp.extensions import db
from fieldapp.grids import Refused, scope
from fieldapp.grids.models import Member
from fieldapp.i18n import N_

REASON_LENGTH = 100


def board_in_use(content: Content, code: str) -> Board | None:
    """The board an id leads to today, however often its grid was merged; None where to nothing."""
    seen: set[str] = set()
    board = content.boards.get(code)
    while board is not None and board.leads_to is not None and board.id not in seen:
        seen.add(board.id)
        board = content.boards.get(board.leads_to)
    if board is None or board.retired_at is not None:
        return None
    unit = content.tree.units.get(board.grid_id)
    return None if unit is None or unit.closed else board


def renew_board(grid_id: int, *, by: str) -> str:
    """Give a grid's board another id; what hangs on the wall leads nowhere from now on."""
    session = db.session()
    old = board_of_grid(session, grid_id)
    old.retired_at = clock.utc_now()
    session.flush()
    fresh = new_board(session, grid_id)
    record(session, grid_id, by=by, part="board", before=old.id, after=fresh)
    return fresh


def lead_board(from_grid: int, to_grid: int, *, by: str) -> None:
    """Two grids became one: whoever scans the first one's old board gets the second's page."""
    session = db.session()
    old, new = board_of_grid(session, from_grid), board_of_grid(session, to_grid)
    if old.id == new.id:
        raise Refused.because(N_("A board cannot lead to itself."))
    if scope.unit(to_grid).closed:
        raise Refused.because(N_("The grid that the board would lead to is closed."))
    old.retired_at, old.leads_to = clock.utc_now(), new.id
    back = {"what": "end_lead", "grid": from_grid}
    for grid_id in (from_grid, to_grid):
        record(session, grid_id, by=by, part="board", before=old.id, after=new.id, back=back)


def end_lead(from_grid: int, *, by: str) -> None:
    """The grids were not merged after all: the old board is good again."""
    session = db.session()
    query = sa.select(Board).where(Board.grid_id == from_grid, Board.leads_to.is_not(None))
    old = session.scalars(query.order_by(Board.retired_at.desc())).first()
    if old is None:
        raise Refused.because(N_("This grid's board leads to no other."))
    before = old.leads_to or ""
    old.retired_at = old.leads_to = None
    record(session, from_grid, by=by, part="board", before=before, after=old.id)


def revoke_badge(member_id: int, *, by: str, reason: str = "") -> bool:
    """The member's badge says "not valid" from this moment. Whether there was one that was."""
    why = checks.text(reason, longest=REASON_LENGTH)
    session = db.session()
    query = sa.select(Badge).where(Badge.member_id == member_id, Badge.revoked_at.is_(None))
    valid = list(session.scalars(query))
    for one in valid:
        one.revoked_at, one.reason = clock.utc_now(), why or None
        _record(member_id, by=by, before=one.id, after=why)
    return bool(valid)


def issue_badge(member_id: int, *, by: str) -> str:
    """A new badge; an earlier one is not valid any more."""
    session = db.session()
    if session.get(Member, member_id) is None:
        raise Refused.because(N_("There is no such person."))
    revoke_badge(member_id, by=by)
    fresh = new_badge(session, member_id)
    _record(member_id, by=by, before="", after=fresh)
    return fresh


def _record(member_id: int, *, by: str, before: str, after: str) -> None:
    session = db.session()
    member = session.get(Member, member_id)
    for grid_id in {duty.grid_id for duty in scope.duties_of(member_id)}:
        subject = member.name if member else ""
        record(session, grid_id, by=by, part="badge", subject=subject, before=before, after=after)
    changed(session)
