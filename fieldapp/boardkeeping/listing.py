"""All boards by the tree, and what is missing on each or worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from flask import Response, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.boardkeeping import folks
from fieldapp.boardkeeping.blueprint import bp
from fieldapp.boards.compose import compose
from fieldapp.boards.content import Content, present
from fieldapp.grids import scope
from fieldapp.grids.scope import Unit
from fieldapp.htmx import render
from fieldapp.i18n import N_
from fieldapp.township.places import villages

LACKS = {
    "nobody": N_("Nobody is responsible at this level."),
    "no_phone": N_("No telephone at all: %(names)s"),
    "unpublished": N_("Own number not published, because no consent is recorded: %(names)s"),
    "no_scope": N_("The area is not described."),
    "merged": N_("Merged: whoever scans it gets the board of %(names)s."),
}
FILTERS = {
    "": N_("Everything"),
    "any": N_("Only where something is missing"),
    "nobody": N_("Nobody responsible"),
    "no_phone": N_("Somebody without any telephone"),
    "unpublished": N_("Own number not published"),
    "no_scope": N_("Area not described"),
    "merged": N_("Merged into another board"),
}
NOT_MISSING = {"unpublished", "merged"}  # as somebody decided it


class Row(NamedTuple):
    """One board. depth: how far down in the tree; lacks: sentences by what they are about."""

    unit: Unit
    depth: int
    people: list[folks.Shown]
    lacks: dict[str, str]
    changed: date | None
    has_board: bool


@bp.get("/")
def boards() -> Response:
    """The list, narrowed to a place or to one sort of lack."""
    content = present()
    place = scope.grid_of(request.args.get("grid", ""))
    lack = request.args.get("lack", "")
    all_rows = list(_rows(content))
    rows = [one for one in all_rows if _is_wanted(one, place, lack)]
    return render(
        "boardkeeping/list.html",
        block="rows",
        rows=rows,
        total=len(all_rows),
        lacking=sum(_is_lacking(one) for one in all_rows),
        place=scope.unit(place) if place is not None else None,
        lack=lack if lack in FILTERS else "",
        places=[("", _("Everywhere")), *((one.code, one.name) for one in villages())],
        filters=[(code, _(words)) for code, words in FILTERS.items()],
        as_of=clock.utc_now(),
    )


def lacks_of(content: Content, unit: Unit, people: list[folks.Shown]) -> dict[str, str]:
    """What is missing on the board of a grid, or worth a look."""
    if unit.id not in content.code_of:
        return _merged(content, unit)
    card = compose(content, unit.id)
    named: dict[str, list[str]] = {
        "nobody": [] if people else [""],
        "no_phone": [one.name for one in card.people_on if one.grid == unit.name and not one.phone],
        "unpublished": [one.name for one in people if one.own and one.phone and not one.published],
        "no_scope": [] if card.scope else [""],
    }
    return {
        lack: _(LACKS[lack], names="、".join(dict.fromkeys(names)))
        for lack, names in named.items()
        if names
    }


def _merged(content: Content, unit: Unit) -> dict[str, str]:
    led = [one for one in content.boards.values() if one.grid_id == unit.id and one.leads_to]
    if not led:
        return {}
    target = content.boards[led[-1].leads_to or ""].grid_id
    sentence = LACKS["merged"]
    return {"merged": _(sentence, names=content.tree.units[target].name)}


def _rows(content: Content) -> Iterator[Row]:
    for unit in _depth_first(content, None):
        people = folks.of_unit(content, unit)
        has_board = unit.id in content.code_of
        yield Row(
            unit,
            len(unit.path),
            people,
            lacks_of(content, unit, people),
            compose(content, unit.id).changed if has_board else None,
            has_board,
        )


def _depth_first(content: Content, grid_id: int | None) -> Iterator[Unit]:
    for one in content.tree.below.get(grid_id, ()):
        unit = content.tree.units[one]
        if not unit.closed:
            yield unit
            yield from _depth_first(content, one)


def _is_wanted(row: Row, place: int | None, lack: str) -> bool:
    if place is not None and place not in row.unit.path:
        return False
    if lack == "any":
        return _is_lacking(row)
    return lack not in LACKS or lack in row.lacks


def _is_lacking(row: Row) -> bool:
    return bool(row.lacks.keys() - NOT_MISSING)
