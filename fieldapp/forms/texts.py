"""What may stand in a text: no control characters, no direction marks; names, telephone numbers.

Nothing is changed here: the server keeps what was sent. `static/js/forms/texts.js` is the twin,
and `static/js/forms/read.js` tidies what people type before it is checked.
"""

from __future__ import annotations

import re

# Spaces only: a text of nothing else is no answer. Written out, because `str.strip` and
# JavaScript's `trim` do not agree on what a space is.
_WIDTHS = "".join(map(chr, range(0x2000, 0x200B)))
BLANKS = f" \u00a0\u1680{_WIDTHS}\u202f\u205f\u3000"

_CONTROL = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_MARKS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HAS_CONTROL = re.compile(f"[{_CONTROL}\n]")
_HAS_CONTROL_IN_LINES = re.compile(f"[{_CONTROL}]")
_HAS_MARK = re.compile(f"[{_MARKS}]")

# Chinese characters with the extensions village names need, and Latin letters with their accents.
_LETTER = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
    r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_NAME = re.compile(rf" *[{_LETTER}][{_LETTER} ·.'\u2019-]*")

# Mobile; or a landline, with or without its area code (0417 is Yingkou).
_PHONE = re.compile(r"1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}")


def unwelcome(text: str, *, lines: bool) -> list[str]:
    """The codes of what a text must not hold, whatever it is about."""
    if text.isascii() and text.isprintable():
        return []
    codes = []
    if (_HAS_CONTROL_IN_LINES if lines else _HAS_CONTROL).search(text):
        codes.append("control_characters")
    if _HAS_MARK.search(text):
        codes.append("direction_marks")
    return codes


def is_name(text: str) -> bool:
    """Whether it can be the name of a person: letters, spaces, "·", no digits."""
    return _NAME.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether it can be called from a Chinese telephone."""
    return _PHONE.fullmatch(text) is not None
