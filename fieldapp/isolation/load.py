"""Reads rules of home isolation from a CSV file, and says for every wrong row what is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from fieldapp.extensions import db
from fieldapp.forms.health import SYMPTOMS
from fieldapp.grids import Problem, Refused, scope
from fieldapp.i18n import N_
from fieldapp.isolation.form import KINDS_OF_CASE, SLOTS
from fieldapp.isolation.rulebook import IsolationRule

COLUMNS = (
    "kind", "valid_from", "valid_to", "days", "slots", "missed_after_min", "head_after_min",
    "alert", "high", "low", "recheck_min", "symptoms",
)  # fmt: skip
MOST_PROBLEMS = 100

_KINDS = tuple(one.code for one in KINDS_OF_CASE)
_SLOTS = tuple(one.code for one in SLOTS)
_SYMPTOMS = tuple(one.code for one in SYMPTOMS)
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_SLOT = re.compile(rf"({'|'.join(_SLOTS)})\s+({_CLOCK})-({_CLOCK})")
_DEGREES = re.compile(r"(3[4-9]|4[0-3])\.(\d)")

# Minutes and days that somebody may have meant.
_WITHIN = {
    "days": (1, 60),
    "missed_after_min": (0, 720),
    "head_after_min": (0, 1440),
    "recheck_min": (0, 120),
}


def load_rules(raw: bytes) -> int:
    """Make or change the rules that the file names; the others stay. Returns how many it names.

    In `writing()`. A rule is known by its kind and first day. Raises Refused with every wrong row.
    """
    rows, problems = _rows(raw), []
    wanted: dict[tuple[str, date], dict[str, Any]] = {}
    for number, cells in rows:
        values, wrong = _read(cells)
        problems += [Problem(sentence, params, number) for sentence, params in wrong]
        if wrong:
            continue
        key = values["kind"], values["valid_from"]
        if key in wanted:
            sentence = N_("A rule of this kind begins on %(day)s in another row already.")
            problems.append(Problem(sentence, {"day": key[1]}, number))
        wanted[key] = values
    if problems:
        raise Refused(problems[:MOST_PROBLEMS])
    for values in wanted.values():
        _keep(values)
    scope.changed()
    return len(wanted)


def _keep(values: dict[str, Any]) -> None:
    session = db.session()
    same = (IsolationRule.kind == values["kind"], IsolationRule.valid_from == values["valid_from"])
    row = session.scalars(sa.select(IsolationRule).where(*same)).one_or_none()
    if row is None:
        session.add(IsolationRule(**values))
        return
    for name, value in values.items():
        setattr(row, name, value)


def _rows(raw: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        sentence = N_("Not UTF-8 text. In Excel, save the file as “CSV UTF-8”.")
        raise Refused((Problem(sentence, {}, row),)) from error
    lines = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
    if missing:
        sentence = N_("The header lacks %(columns)s; the columns are %(expected)s.")
        params = {"columns": ", ".join(missing), "expected": ", ".join(COLUMNS)}
        raise Refused((Problem(sentence, params, 1),))
    rows = [
        (lines.line_num, {name: (cells.get(name) or "").strip() for name in COLUMNS})
        for cells in lines
    ]
    if not rows:
        raise Refused.because(N_("The file has a header but no rows."))
    return rows


def _read(cells: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, dict[str, object]]]]:
    values: dict[str, Any] = {}
    wrong: list[tuple[str, dict[str, object]]] = []
    for name, (key, reader) in _READERS.items():
        try:
            values[key] = reader(name, cells[name])
        except ValueError:
            sentence = N_("“%(text)s” cannot be the %(column)s of a rule.")
            wrong.append((sentence, {"text": cells[name], "column": name}))
    if not wrong:
        wrong += [(sentence, {}) for sentence in _contradictions(values)]
    return values, wrong


def _contradictions(values: dict[str, Any]) -> Iterator[str]:
    if values["valid_to"] and values["valid_to"] < values["valid_from"]:
        yield N_("The last day is before the first.")
    if not values["low_tenths"] < values["alert_tenths"] <= values["high_tenths"]:
        yield N_("The temperatures must rise: low, alert, high.")
    if values["head_after_min"] < values["missed_after_min"]:
        yield N_("The head cannot hear of a missed check before it counts as missed.")


def _kind(_name: str, text: str) -> str:
    if text not in _KINDS:
        raise ValueError(text)
    return text


def _day(_name: str, text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(_name: str, text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(name: str, text: str) -> int:
    lowest, highest = _WITHIN[name]
    if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
        raise ValueError(text)
    return int(text)


def _tenths(_name: str, text: str) -> int:
    found = _DEGREES.fullmatch(text)
    if not found:
        raise ValueError(text)
    return int(found[1] + found[2])


def _slots(_name: str, text: str) -> str:
    """Read `morning 06:00-12:00; evening 15:00-21:00`."""
    found = [_SLOT.fullmatch(part.strip()) for part in text.split(";")]
    slots = [{"slot": it[1], "from": it[2], "to": it[3]} for it in found if it]
    names = [one["slot"] for one in slots]
    in_order = names == [name for name in _SLOTS if name in names]
    if len(slots) != len(found) or not in_order or any(s["from"] >= s["to"] for s in slots):
        raise ValueError(text)
    return json.dumps(slots)


def _symptoms(_name: str, text: str) -> str:
    """Codes in the order in which they are asked; nothing means all of them."""
    codes = text.split() or list(_SYMPTOMS)
    if len(set(codes)) < len(codes) or not set(codes) <= set(_SYMPTOMS):
        raise ValueError(text)
    return json.dumps(codes)


_READERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "kind": ("kind", _kind),
    "valid_from": ("valid_from", _day),
    "valid_to": ("valid_to", _day_or_none),
    "days": ("days", _number),
    "slots": ("slots", _slots),
    "missed_after_min": ("missed_after_min", _number),
    "head_after_min": ("head_after_min", _number),
    "alert": ("alert_tenths", _tenths),
    "high": ("high_tenths", _tenths),
    "low": ("low_tenths", _tenths),
    "recheck_min": ("recheck_min", _number),
    "symptoms": ("symptoms", _symptoms),
}
