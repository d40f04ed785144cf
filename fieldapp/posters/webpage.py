"""The browser's own print page: one sheet a board, in the design of the PDF as far as CSS goes.

For an office whose printer is set up in the browser. It cannot measure, so it estimates how large
the text may be; what has no room after all goes on to a second sheet and is not cut.
"""

from __future__ import annotations

import base64
import math
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for

from fieldapp import boards
from fieldapp.i18n import in_language
from fieldapp.posters import codes, content
from fieldapp.posters.blueprint import bp
from fieldapp.posters.choice import Choice

# In per cent of the usual size; the style sheet has a rule for each.
SCALES: tuple[int, ...] = (*range(120, 100, -10), *range(100, 25, -5))
# Of an A4: how tall a column is, and what of the right one stays as large as it is.
COLUMN_MM, CODE_MM = 196, 92
# At the usual size: a line of text, and how many letters it has in the wide column.
LINE_MM, LETTERS = 4.7, 27


@bp.get("/page")
def page() -> Response:
    """The boards that the address names, ready for the browser's print command."""
    choice = Choice.read(request.args)
    cards = boards.cards(choice.grids) or abort(404)
    with in_language(choice.words):
        shown = [content.board(card) for card in cards]
        body = render_template(
            "posters/page.html",
            boards=[_on_a_page(board) for board in shown],
            words=content.words(),
            choice=choice,
            code=codes.picture,
            back=url_for("posters.choose", **choice._asdict()),
        )
    return make_response(body)


def _on_a_page(board: dict[str, Any]) -> dict[str, Any]:
    """Its texts, how large they are, and the sketch as a picture, in which no code is run."""
    drawn = base64.b64encode((board["sketch"] or "").encode()).decode()
    sketch = f"data:image/svg+xml;base64,{drawn}" if drawn else ""
    return board | {"scales": scales(board), "sketch": sketch}


def scales(board: dict[str, Any]) -> dict[str, int]:
    """The largest of the scales at which each column probably has room."""
    groups = board["groups"]
    people = [person for group in groups for person in group["people"]]
    said: float = 10 + _lines(board["scope"]) + 13 * len(groups)
    said += 11 * len(people) + 2.5 * sum(len(one["people"]) for one in groups if one["near"])
    said += sum(_lines(person["detail"]) for person in people)
    said += sum(_lines(group["note"]) for group in groups)
    said += 12 + sum(_lines(duty) for duty in board["duties"])
    said += 12 + sum(7.5 + _lines(service["detail"]) for service in board["services"])
    said += 24 if board["sketch"] else 0
    calls = 64 + 8.6 * len(board["hotlines"])
    return {"said": _scale(said, COLUMN_MM), "calls": min(100, _scale(calls, COLUMN_MM - CODE_MM))}


def _scale(needed_mm: float, room_mm: float) -> int:
    usual = 100 * room_mm / needed_mm
    return next((scale for scale in SCALES if scale <= usual), SCALES[-1])


def _lines(text: str) -> float:
    return LINE_MM * math.ceil(len(text) / LETTERS)
