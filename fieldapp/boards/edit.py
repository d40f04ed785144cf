"""Changes of what boards say. Each leaves a row in the history and holds at once, everywhere.

All in `writing()`; `by` is the clerk's name. All raise Refused. What is already so changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.boards import checks, roles
from fieldapp.boards.card import Service
from fieldapp.boards.models import BoardEdit, BoardLine, BoardText
from fieldapp.boards.register import changed
from fieldapp.boards.texts import PARTS, PER_ROLE
from fieldapp.extensions import db
from fieldapp.grids import Refused, scope
from fieldapp.i18n import N_

SORTS = ("duty", "service", "hotline")
MOST_LINES = 20


def set_text(grid_id: int, part: str, raw: str, *, by: str, role: str = "") -> bool:
    """Say one text of a grid's board; "" leaves it to the levels above. Whether it was a change.

    part: a key of `texts.PARTS`; the two that are said for each role need `role`.
    """
    session, key = db.session(), _key(part, role)
    _grid(grid_id)
    text = _checked(part, raw)
    known = session.get(BoardText, (grid_id, key))
    before = known.text if known else ""
    if text == before:
        return False
    if known is None:
        session.add(BoardText(grid_id=grid_id, part=key, text=text))
    elif text:
        known.text = text
    else:
        session.delete(known)
    back = {"what": "text", "part": part, "role": role, "text": before}
    record(session, grid_id, by=by, part=part, subject=role, before=before, after=text, back=back)
    return True


def set_lines(grid_id: int, sort: str, lines: Iterable[Service], *, by: str) -> bool:
    """Replace the list of one sort at a grid; an empty one leaves it to the levels above.

    sort: "duty" (only titles), "service", or "hotline" (title and phone; without a phone it takes
    that title off the boards from here on downward). A line without a title is left out.
    """
    session = db.session()
    _grid(grid_id)
    if sort not in SORTS:
        raise Refused.because(N_("There is no such list."))
    new = [_line(sort, one) for one in lines if one.title.strip()]
    if len(new) > MOST_LINES:
        raise Refused.because(N_("A board has room for %(most)s lines of a list."), most=MOST_LINES)
    old = list(
        session.scalars(
            sa.select(BoardLine)
            .where(BoardLine.grid_id == grid_id, BoardLine.sort == sort)
            .order_by(BoardLine.position, BoardLine.id)
        )
    )
    before = [Service(one.title, one.place, one.hours, one.phone) for one in old]
    if before == new:
        return False
    for one in old:
        session.delete(one)
    session.add_all(
        BoardLine(grid_id=grid_id, sort=sort, position=position, **line._asdict())
        for position, line in enumerate(new)
    )
    words = ("\n".join(" ".join(filter(None, line)) for line in lines) for lines in (before, new))
    back = {"what": "lines", "sort": sort, "lines": [list(one) for one in before]}
    record(session, grid_id, by=by, part=sort, before=next(words), after=next(words), back=back)
    return True


def history(grid_ids: Iterable[int], *, most: int = 200) -> list[BoardEdit]:
    """The last changes at these grids, the newest first."""
    query = sa.select(BoardEdit).where(BoardEdit.grid_id.in_(list(grid_ids)))
    return list(db.session().scalars(query.order_by(BoardEdit.id.desc()).limit(most)))


def record(
    session: Session,
    grid_id: int,
    *,
    by: str,
    part: str,
    subject: str = "",
    before: str,
    after: str,
    back: Mapping[str, Any] | None = None,
) -> None:
    """Write down one change, and let every process know. back: as `undo` reads it."""
    session.add(
        BoardEdit(
            grid_id=grid_id,
            at=clock.utc_now(),
            by=by[:50],
            part=part,
            subject=subject[:100],
            before=before,
            after=after,
            back=None if back is None else dict(back),
        )
    )
    changed(session)


def _key(part: str, role: str) -> str:
    if part not in PARTS or (part in PER_ROLE) != bool(role) or (role and role not in roles.ROLES):
        raise Refused.because(N_("A board has no such text."))
    return f"{part}:{role}" if role else part


def _checked(part: str, raw: str) -> str:
    kind = PARTS[part]
    if kind.sort == "phone":
        return checks.number(raw)
    return checks.count(raw) if kind.sort == "count" else checks.text(raw, longest=kind.longest)


def _line(sort: str, one: Service) -> Service:
    title = checks.text(one.title, longest=100 if sort == "duty" else 60, needed=True)
    if sort == "duty":
        return Service(title)
    phone = checks.number(one.phone)
    if sort == "hotline":
        return Service(title, phone=phone)
    place, hours = (checks.text(text, longest=60) for text in (one.place, one.hours))
    return Service(title, place, hours, phone)


def _grid(grid_id: int) -> None:
    if grid_id not in scope.tree().units:
        raise Refused.because(N_("There is no such grid."))
