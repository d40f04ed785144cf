"""What a clerk typed or chose, as the JSON value that a form's field takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from fieldapp import clock
from fieldapp.forms import Field
from fieldapp.township.legible import cleaned

_NOTHING = ("", None)


def read(field: Field, typed: Sequence[str]) -> object:
    """None where nothing was answered. What cannot be read stays text, and the form objects."""
    if field.type == "multi":
        return [one for one in typed if one] or None
    text = _plain(typed[0]) if typed else ""
    if text in _NOTHING:
        return None
    return _READERS.get(field.type, str)(text)


def shown(field: Field, value: object) -> str:
    """A value as it stands in an input."""
    if value is None or field.sensitive or isinstance(value, (list, dict)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = cleaned(str(value))
    return text[:16] if field.type == "dt" else text


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _int(text: str) -> object:
    digits = unicodedata.normalize("NFKC", text)
    return int(digits) if re.fullmatch(r"-?\d{1,9}", digits) else text


def _dec1(text: str) -> str:
    digits = unicodedata.normalize("NFKC", text).replace(",", ".")
    if re.fullmatch(r"\d{3}", digits):
        return f"{digits[:2]}.{digits[2]}"
    return f"{digits}.0" if re.fullmatch(r"\d{1,2}", digits) else digits


def _bool(text: str) -> object:
    return {"yes": True, "no": False}.get(text, text)


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=clock.LOCAL)).isoformat()


_READERS = {"int": _int, "dec1": _dec1, "bool": _bool, "dt": _moment}
