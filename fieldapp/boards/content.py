"""Everything that boards say, in memory: read once for each state, known by two short tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from fieldapp import clock, database
from fieldapp.boards.models import (
    Badge,
    Board,
    BoardConsent,
    BoardContact,
    BoardEdit,
    BoardLine,
    BoardMember,
    BoardText,
)
from fieldapp.extensions import Base, db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.grids.scope import Served

M = TypeVar("M", bound=Base)

_EDITION = "SELECT token FROM board_edition WHERE id = 1"


@dataclass
class Content:
    """One state of all boards. Read by many threads; only `pages` is added to, by `pages.kept`.

    texts: by grid and part. lines: by grid and sort. boards: by id; code_of: the one in use, by
    grid. consents: (member, contact, number) that may be published. edits: how many, and the last
    day, by grid. duties: by grid, whenever they hold.
    """

    token: str = ""
    tree: scope.Tree = field(default_factory=scope.Tree)
    boards: dict[str, Board] = field(default_factory=dict)
    code_of: dict[int, str] = field(default_factory=dict)
    badges: dict[str, Badge] = field(default_factory=dict)
    texts: dict[int, dict[str, str]] = field(default_factory=dict)
    lines: dict[int, dict[str, list[BoardLine]]] = field(default_factory=dict)
    contacts: dict[int, list[BoardContact]] = field(default_factory=dict)
    details: dict[int, BoardMember] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    consents: set[tuple[int | None, int | None, str]] = field(default_factory=set)
    edits: dict[int, tuple[int, date]] = field(default_factory=dict)
    duties: dict[int, list[Served]] = field(default_factory=dict)
    pages: dict[Any, Any] = field(default_factory=dict)


def present() -> Content:
    """What boards say in the present transaction."""
    session, tree = db.session(), scope.tree()
    found = database.ask(session, _EDITION)
    token = found[0][0] if found else ""
    kept = cast(Content | None, current_app.extensions.get("boards"))
    if kept is None or kept.token != token or kept.tree is not tree:
        kept = _read(session, token, tree)
        current_app.extensions["boards"] = kept
    return kept


def _read(session: Session, token: str, tree: scope.Tree) -> Content:
    found = Content(token=token, tree=tree)
    _read_ids(session, found)
    for text in _rows(session, BoardText):
        found.texts.setdefault(text.grid_id, {})[text.part] = text.text
    for line in _rows(session, BoardLine, BoardLine.position, BoardLine.id):
        found.lines.setdefault(line.grid_id, {}).setdefault(line.sort, []).append(line)
    _read_people(session, found)
    edits = sa.select(BoardEdit.grid_id, sa.func.count(), sa.func.max(BoardEdit.at)).group_by(
        BoardEdit.grid_id
    )
    for grid_id, count, last in session.execute(edits):
        found.edits[grid_id] = (count, clock.local_day(last))
    return found


def _read_ids(session: Session, found: Content) -> None:
    for board in _rows(session, Board, Board.made_at):
        found.boards[board.id] = board
        if board.retired_at is None:
            found.code_of[board.grid_id] = board.id
    for badge in _rows(session, Badge, Badge.made_at):
        found.badges[badge.id] = badge


def _read_people(session: Session, found: Content) -> None:
    for served in sorted(
        (duty for duties in found.tree.duties.values() for duty in duties), key=lambda d: d.id
    ):
        found.duties.setdefault(served.grid_id, []).append(served)
    served_or_badged = found.tree.duties.keys() | {one.member_id for one in found.badges.values()}
    found.members = {one.id: one for one in _rows(session, Member) if one.id in served_or_badged}
    found.details = {one.member_id: one for one in _rows(session, BoardMember)}
    for contact in _rows(session, BoardContact, BoardContact.id):
        if contact.ended_at is None:
            found.contacts.setdefault(contact.grid_id, []).append(contact)
    found.consents = {
        (one.member_id, one.contact_id, one.phone)
        for one in _rows(session, BoardConsent)
        if one.withdrawn_at is None
    }


def _rows(session: Session, model: type[M], *order: Any) -> Sequence[M]:
    """All rows, as values with the model's names: they outlive the transaction."""
    found = session.execute(sa.select(model.table()).order_by(*order)).all()
    return cast(Sequence[M], found)
