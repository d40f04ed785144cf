"""Text from a phone that nobody has checked, made fit to be shown."""

from __future__ import annotations

import re

# Control characters, direction marks, byte order marks and halves of characters.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    r"\ud800-\udfff]"
)


def legible(text: str) -> str:
    """`text` with everything visible that hides, turns the writing around or cannot be written."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def cleaned(text: str) -> str:
    """`text` without all that: what a clerk most likely wants to keep of it."""
    return _UNSEEN.sub("", text)
