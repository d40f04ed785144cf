"""The number of a resident identity card, GB 11643: 6 area, 8 date of birth, 3 sequence, 1 check.

The area is not looked up: codes are abolished, people keep their numbers.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

OLDEST_AGE = 120

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_MASK = re.compile(r"[^*]{0,6}\*{4,}[^*]{0,4}")
_TO_ASCII = {0xFF10 + n: 0x30 + n for n in range(10)} | {0xFF38: "X", 0xFF58: "X", ord("x"): "X"}


def flaw(number: str, today: date) -> str:
    """The code of what is wrong with `number`, or nothing; the first flaw from the left."""
    tidy = tidy_id(number)
    if len(tidy) != 18:
        return "bad_id_length"
    if not _SHAPE.fullmatch(tidy):
        return "bad_id_number"
    if not _can_be_born(tidy, today):
        return "bad_id_date"
    if tidy[-1] != ric.calc_check_digit(tidy):
        return "bad_id_check"
    return ""


def tidy_id(number: str) -> str:
    """The number in the one form it is compared in: ASCII digits, a capital X, no spaces around."""
    return number.translate(_TO_ASCII).strip(" ")


def masked(number: str) -> str:
    """What phones and pages may show: "999999********0018"; of a short number only its end."""
    if len(number) < 14:
        return "*" * 8 + number[-2:]
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def is_masked(text: str) -> bool:
    """Whether `text` is such a mask, sent back: it means "unchanged"."""
    return _MASK.fullmatch(text) is not None


def _can_be_born(tidy: str, today: date) -> bool:
    try:
        born = ric.get_birth_date(tidy)
    except InvalidComponent:
        return False
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return born <= today and age <= OLDEST_AGE
