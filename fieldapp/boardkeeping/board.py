"""One board: everything it says, where each thing comes from, and the way to change it."""

from __future__ import annotations

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from fieldapp import boards
from fieldapp.boardkeeping import folks, origins
from fieldapp.boardkeeping.blueprint import bp, unit_of
from fieldapp.boardkeeping.history import told
from fieldapp.boardkeeping.listing import lacks_of
from fieldapp.boardkeeping.lists import list_name
from fieldapp.boards import edit
from fieldapp.boards.content import Content, present
from fieldapp.boards.pages import board_values, role_name
from fieldapp.boards.texts import LABELS, PARTS, PER_ROLE
from fieldapp.grids.scope import Unit
from fieldapp.township.once import see

PLAIN = tuple(part for part in PARTS if part not in PER_ROLE)
LISTS = {"duty": True, "service": False, "hotline": False}  # whether the nearest replaces the rest


@bp.get("/grids/<code>")
def board(code: str) -> Response:
    """The board of one grid, to be looked through and changed."""
    unit, content = unit_of(code), present()
    if unit.id not in content.code_of:
        return see(url_for("boardkeeping.merges"))
    chain = origins.chain(content, unit)
    people = [(one, folks.of_unit(content, one)) for one in chain]
    rows = edit.history([unit.id], most=5)
    body = render_template(
        "boardkeeping/board.html",
        unit=unit,
        above=chain[:0:-1],
        card=boards.card_of(unit.id),
        people=people,
        lacks=lacks_of(content, unit, people[0][1]),
        reach=origins.reach(content, unit, "contact"),
        texts=[(part, _(LABELS[part]), origins.of_text(content, unit, part)) for part in PLAIN],
        lists=[(sort, list_name(sort), origins.of_list(content, unit, sort)) for sort in LISTS],
        role_texts=_role_texts(content, unit),
        has_picture=bool(content.texts.get(unit.id, {}).get("sketch")),
        role_name=role_name,
        history=told(rows),
        address=boards.address_of(content.code_of[unit.id]),
    )
    return Response(body)


@bp.get("/grids/<code>/preview")
def preview(code: str) -> Response:
    """What residents see, with a word above it that this is the office's view of it."""
    unit = unit_of(code)
    if unit.id not in present().code_of:
        return see(url_for("boardkeeping.merges"))
    values = board_values(boards.card_of(unit.id))
    return Response(render_template("boardkeeping/preview.html", at=unit, kept=None, **values))


def _role_texts(
    content: Content, unit: Unit
) -> list[tuple[str, list[tuple[str, str, origins.Said]]]]:
    """For each role somebody has on a board here or below: what it does and when."""
    used = {
        one.role
        for grid in (*unit.path[:-1], *content.tree.at_or_below(unit.id))
        for one in folks.of_unit(content, content.tree.units[grid])
    }
    return [
        (
            role_name(role),
            [
                (f"{part}:{role}", _(LABELS.get(part, PARTS[part].label)), said)
                for part in PER_ROLE
                for said in [origins.of_text(content, unit, f"{part}:{role}")]
            ],
        )
        for role in boards.ROLES
        if role in used
    ]
