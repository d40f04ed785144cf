"""The browser's own print page: one sheet a board, in the design of the PDF as far as CSS goes.

For an office whose printer is set up in the browser. It cannot measure, so it estimates how large
the text may be; what has no room after all goes on to a second sheet and is not cut.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for

from fieldapp import boards
from fieldapp.i18n import in_language
from fieldapp.posters import codes, content, orders
from fieldapp.posters.blueprint import bp
from fieldapp.posters.choice import Choice

# In per cent of the usual size; the style sheet has a rule for each.
SCALES: tuple[int, ...] = (*range(120, 100, -10), *range(100, 25, -5))
# Of an A4: how tall a column is, and what of the right one stays as large as it is.
COLUMN_MM, CODE_MM = 205, 101
DEMO_MM = 15  # what the line takes from both that says whose people these are
# At the usual size: a line of text, and how many letters it has in the wide column.
LINE_MM, LETTERS = 4.7, 27
NARROW, CHINESE_FROM = (
    0.58,
    "\u2e80",
)  # others' letters are about so much narrower than Chinese ones


@bp.get("/page")
def page() -> Response:
    """The boards that the address names, ready for the browser's print command."""
    choice = Choice.read(request.args)
    cards = boards.cards(choice.grids) or abort(404)
    with in_language(choice.words):
        words = content.words()
        shown = [orders.in_tone(content.board(card), choice.tone) for card in cards]
        body = render_template(
            "posters/page.html",
            boards=[
                _on_a_page(board, COLUMN_MM - DEMO_MM * bool(words["demo"])) for board in shown
            ],
            words=words,
            choice=choice,
            code=codes.picture,
            back=url_for("posters.choose", **choice._asdict()),
        )
    return make_response(body)


def _on_a_page(board: dict[str, Any], column_mm: int) -> dict[str, Any]:
    """Its texts, how large they are, and the sketch as a picture, in which no code is run."""
    drawn = base64.b64encode((board["sketch"] or "").encode()).decode()
    sketch = f"data:image/svg+xml;base64,{drawn}" if drawn else ""
    return board | {"scales": scales(board, column_mm), "sketch": sketch}


def scales(board: dict[str, Any], column_mm: int = COLUMN_MM) -> dict[str, int]:
    """The largest of the scales at which each column probably has room."""
    calls = 52 + 8.6 * len(board["hotlines"])
    return {
        "said": _largest(lambda scale: scale * _said_mm(board, scale) <= column_mm),
        "calls": min(100, _largest(lambda scale: scale * calls <= column_mm - CODE_MM)),
    }


def _largest(fits: Callable[[float], bool]) -> int:
    return next((scale for scale in SCALES if fits(scale / 100)), SCALES[-1])


def _said_mm(board: dict[str, Any], scale: float) -> float:
    """How tall the wide column would be at the usual size, if a line had the letters of a scale."""

    def lines(text: str, share: float = 1) -> float:
        return LINE_MM * math.ceil(_letters(text) * scale / (share * LETTERS))

    groups = board["groups"]
    people = [person for group in groups for person in group["people"]]
    said = 6 + max(lines(board["scope"]), 24 / scale if board["sketch"] else 0)
    said += sum(12 + lines(group["note"]) for group in groups)
    said += sum(9 + lines(person["detail"], 0.7) for person in people)
    said += 2.5 * sum(len(group["people"]) for group in groups if group["near"])
    said += 9 + sum(lines(duty) for duty in board["duties"])
    return said + 9 + sum(6 + lines(one["detail"], 0.7) for one in board["services"])


def _letters(text: str) -> float:
    """As how many Chinese letters the text is wide."""
    return sum(1 if letter >= CHINESE_FROM else NARROW for letter in text)
