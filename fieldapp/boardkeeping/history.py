"""Who changed what on boards, when, from what to what; and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import Response, flash, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp.boardkeeping import saving
from fieldapp.boardkeeping.blueprint import bp, clerk, unit_of
from fieldapp.boardkeeping.lists import COLUMNS, list_name
from fieldapp.boards import edit, undo
from fieldapp.boards.models import BoardEdit
from fieldapp.boards.pages import role_name
from fieldapp.boards.roles import ROLES
from fieldapp.boards.texts import LABELS
from fieldapp.grids import scope
from fieldapp.grids.scope import Unit
from fieldapp.township.once import new_id

MOST = 200
PICTURES = ("photo", "sketch")


class Told(NamedTuple):
    """One change, in words."""

    edit: BoardEdit
    code: str
    grid: str
    what: str
    before: str
    after: str
    can_go_back: bool


def told(rows: Sequence[BoardEdit]) -> list[Told]:
    """The changes in words, the newest first as they come."""
    last = undo.undoable(rows)
    return [_told(one, can_go_back=one.id in last) for one in rows]


@bp.get("/history")
def all_history() -> Response:
    """The last changes anywhere."""
    return _page(None, {})


@bp.get("/grids/<code>/history")
def history(code: str) -> Response:
    """The changes of what one grid says."""
    return _page(unit_of(code), {})


@bp.post("/grids/<code>/history/<int:edit_id>/undoing")
def undo_edit(code: str, edit_id: int) -> Response:
    """Take the last change of something back."""
    unit = unit_of(code)

    def work(_session: Session) -> str:
        undo.undo(edit_id, by=clerk())
        flash(_("Undone. What was there before holds again, on all boards that show it."), "fine")
        return url_for("boardkeeping.history", code=unit.code)

    return saving.taken(work, lambda errors: _page(unit, errors))


def _page(unit: Unit | None, errors: saving.Errors) -> Response:
    grids = scope.tree().units if unit is None else [unit.id]
    body = render_template(
        "boardkeeping/history.html",
        unit=unit,
        history=told(edit.history(grids, most=MOST)),
        refused=errors.get(saving.ANYWHERE, ""),
        most=MOST,
        new_id=new_id,
    )
    return Response(body, 422 if errors else 200)


def _what(part: str) -> str:
    return list_name(part) if part in COLUMNS else _(LABELS.get(part, part))


def _told(one: BoardEdit, *, can_go_back: bool) -> Told:
    subject = role_name(one.subject) if one.subject in ROLES else one.subject
    before, after = one.before, one.after
    if one.part in PICTURES:
        before, after = (_("a picture") if text else "" for text in (before, after))
    return Told(
        one,
        scope.code_of(one.grid_id),
        scope.name_of(one.grid_id),
        " · ".join(filter(None, (_what(one.part), subject))),
        before,
        after,
        can_go_back,
    )
