"""Takes the last change of something back: as a new change, which the history shows like any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from fieldapp.boards import edit, folk, photos, succession
from fieldapp.boards.card import Service
from fieldapp.boards.models import BoardEdit
from fieldapp.extensions import db
from fieldapp.grids import Refused
from fieldapp.i18n import N_


def undo(edit_id: int, *, by: str) -> int:
    """Bring back what was there before this change; at which grid. In `writing()`.

    Raises Refused where something newer was said of the same thing, or where it cannot be.
    """
    session = db.session()
    one = session.get(BoardEdit, edit_id)
    if one is None or one.back is None:
        raise Refused.because(N_("This change cannot be undone."))
    same = (getattr(BoardEdit, key) == getattr(one, key) for key in ("grid_id", "part", "subject"))
    newest = session.scalar(sa.select(sa.func.max(BoardEdit.id)).where(*same))
    if newest != one.id:
        raise Refused.because(N_("There is a newer change of the same thing. Undo that one first."))
    _bring_back(one.grid_id, one.back, by=by)
    return one.grid_id


def undoable(edits: Iterable[BoardEdit]) -> set[int]:
    """Which of these rows, the newest first, are the last word on their thing."""
    seen: set[tuple[int, str, str]] = set()
    found = set()
    for one in edits:
        thing = (one.grid_id, one.part, one.subject)
        if thing not in seen and one.back is not None:
            found.add(one.id)
        seen.add(thing)
    return found


def _bring_back(grid_id: int, back: Mapping[str, Any], *, by: str) -> None:
    match back["what"]:
        case "text":
            edit.set_text(grid_id, back["part"], back["text"], by=by, role=back["role"])
        case "lines":
            lines = [Service(*line) for line in back["lines"]]
            edit.set_lines(grid_id, back["sort"], lines, by=by)
        case "contact":
            folk.change_contact(back["contact"], folk.Contact(**back["given"]), by=by)
        case "end_contact":
            folk.end_contact(back["contact"], by=by)
        case "return_contact":
            folk.return_contact(back["contact"], by=by)
        case "sketch":
            photos.show_sketch(grid_id, back["digest"], by=by)
        case "end_lead":
            succession.end_lead(back["grid"], by=by)
        case _:
            _bring_back_person(back, by=by)


def _bring_back_person(back: Mapping[str, Any], *, by: str) -> None:
    whose = {"member_id": back.get("member"), "contact_id": back.get("contact")}
    match back["what"]:
        case "member":
            told = {key: back[key] for key in ("duty", "hours", "deputy")}
            folk.set_member(back["member"], by=by, **told)
        case "photo":
            folk.set_photo_of(back["digest"], by=by, **whose)
        case "withdraw":
            folk.withdraw_consent(by=by, **whose)
