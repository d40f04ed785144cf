"""An order for the press: which boards, in which form, as what `press.py` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.boards.card import Card
from fieldapp.i18n import language
from fieldapp.posters import content
from fieldapp.posters.formats import PICTURE, PICTURE_BYTES, SHEETS, TONES, Sheet, picture_ppi


def of_sheets(cards: Sequence[Card], *, size: str, tone: str) -> dict[str, Any]:
    """One PDF with a sheet a board."""
    return _order(cards, SHEETS[size], tone, file="boards.pdf", fit=True)


def of_pictures(cards: Sequence[Card], *, tone: str) -> dict[str, Any]:
    """One picture, or all of them in an archive."""
    file = "boards.png" if len(cards) == 1 else "boards.zip"
    return _order(cards, PICTURE, tone, file=file, fit=False)


def in_tone(board: dict[str, Any], tone: str) -> dict[str, Any]:
    """Our own sketches mark the grid in the colour of the public page: the sheet has its own."""
    sketch = board["sketch"]
    return board | {"sketch": sketch and sketch.replace(TONES["blue"].accent, TONES[tone].accent)}


def _order(
    cards: Sequence[Card], sheet: Sheet, tone: str, *, file: str, fit: bool
) -> dict[str, Any]:
    return {
        "design": "board.typ",
        "file": file,
        "fit": fit,
        "ppi": picture_ppi(),
        "limit_bytes": PICTURE_BYTES,
        "now": int(clock.utc_now().timestamp()),
        "job": {
            "title": str(_("Grid notice boards")),
            "lang": language(),
            "words": content.words(on_a_picture=sheet.height_mm is None),
            "tone": {"accent": TONES[tone].accent, "tint": TONES[tone].tint},
            "sheet": {
                "width": sheet.width_mm,
                "height": sheet.height_mm,
                "units": sheet.units,
                "code": sheet.code_units,
            },
            "boards": [in_tone(content.board(card), tone) for card in cards],
        },
    }
