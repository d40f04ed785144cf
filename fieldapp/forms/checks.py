"""Turns each field of a definition into a function that checks a value, once, when it is imported.

A check gets the value, all the answers and the moment of recording; it returns the codes of what
is wrong, `None` when all is well, or `BLANK` when there is a value but no answer in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeAlias

from fieldapp.clock import local_day
from fieldapp.forms import texts
from fieldapp.forms.bounds import day_at, moment_at, number_at
from fieldapp.forms.fields import Field
from fieldapp.forms.id_number import flaw

Answers: TypeAlias = Mapping[str, object]
Check: TypeAlias = Callable[[object, Answers, datetime], "list[str] | None"]

BLANK: list[str] = []

_DATE = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_DT = re.compile(
    _DATE.pattern + r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
)
_ONE_DECIMAL = re.compile(r"-?[0-9]{1,4}\.[0-9]")
_REFERENCE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def compiled(field: Field) -> Check:
    """The check of one field."""
    return _SORTS[field.type](field)


def _text(field: Field) -> Check:
    lines, shortest, longest = field.lines, field.min_length, field.max_length
    fits_format = _FORMATS[field.format](field) if field.format else None

    def check(value: object, answers: Answers, now: datetime) -> list[str] | None:
        if type(value) is not str:
            return BLANK if value is None else ["wrong_type"]
        content = value.strip(texts.BLANKS)
        if not content:
            return BLANK
        codes = texts.unwelcome(value, lines=lines)
        if len(value) > longest:
            codes.append("too_long")
        elif len(content) < shortest:
            codes.append("too_short")
        if not codes and fits_format:
            return fits_format(content, answers, now)
        return codes or None

    return check


def _name(_field: Field) -> Check:
    return lambda value, _answers, _now: None if texts.is_name(str(value)) else ["bad_name"]


def _phone(_field: Field) -> Check:
    return lambda value, _answers, _now: None if texts.is_phone(str(value)) else ["bad_phone"]


def _cn_id(field: Field) -> Check:
    when = field.format_when

    def check(value: object, answers: Answers, now: datetime) -> list[str] | None:
        if when and not when.holds(answers.get(when.key)):
            return None
        code = flaw(str(value), local_day(now))
        return [code] if code else None

    return check


def _int(field: Field) -> Check:
    lowest, highest = number_at(field.lowest), number_at(field.highest)

    def check(value: object, _answers: Answers, now: datetime) -> list[str] | None:
        if type(value) is not int:
            return BLANK if value is None else ["wrong_type"]
        if value < lowest(now):
            return ["too_low"]
        return ["too_high"] if value > highest(now) else None

    return check


def _dec1(field: Field) -> Check:
    lowest, highest = _tenths(str(field.lowest)), _tenths(str(field.highest))

    def check(value: object, _answers: Answers, _now: datetime) -> list[str] | None:
        if type(value) is not str:
            return BLANK if value is None else ["wrong_type"]
        if not _ONE_DECIMAL.fullmatch(value):
            return ["not_one_decimal"]
        tenths = _tenths(value)
        if tenths < lowest:
            return ["too_low"]
        return ["too_high"] if tenths > highest else None

    return check


def _date(field: Field) -> Check:
    lowest, highest = day_at(str(field.lowest)), day_at(str(field.highest))
    too_early = "in_past" if field.lowest == "today" else "too_long_ago"
    too_late = "in_future" if field.highest == "today" else "too_high"
    before, after = field.not_before, field.not_after

    def check(value: object, answers: Answers, now: datetime) -> list[str] | None:
        if type(value) is not str:
            return BLANK if value is None else ["wrong_type"]
        if not _is_date(value):
            return ["not_a_date"]
        if value < lowest(now):
            return [too_early]
        if value > highest(now):
            return [too_late]
        earliest, latest = answers.get(before), answers.get(after)
        if _is_date(earliest) and value < str(earliest):
            return ["out_of_order"]
        return ["out_of_order"] if _is_date(latest) and value > str(latest) else None

    return check


def _dt(field: Field) -> Check:
    lowest, highest, unless = (
        moment_at(str(field.lowest)),
        moment_at(str(field.highest)),
        field.unless,
    )
    lowest_late = moment_at(unless.lowest) if unless else lowest
    excuse = unless.key if unless else ""

    def check(value: object, answers: Answers, now: datetime) -> list[str] | None:
        if type(value) is not str:
            return BLANK if value is None else ["wrong_type"]
        moment = _moment(value)
        if moment is None:
            return ["not_a_time"]
        if moment > highest(now):
            return ["in_future"]
        if moment >= lowest(now):
            return None
        excused = _is_said(answers.get(excuse)) and moment >= lowest_late(now)
        return None if excused else ["too_long_ago"]

    return check


def _bool(_field: Field) -> Check:
    def check(value: object, _answers: Answers, _now: datetime) -> list[str] | None:
        if value is True or value is False:
            return None
        return BLANK if value is None else ["wrong_type"]

    return check


def _enum(field: Field) -> Check:
    codes = frozenset(field.codes)

    def check(value: object, _answers: Answers, _now: datetime) -> list[str] | None:
        if type(value) is not str:
            return BLANK if value is None else ["wrong_type"]
        return None if value in codes else ["not_a_choice"]

    return check


def _multi(field: Field) -> Check:
    codes, exclusive = frozenset(field.codes), field.exclusive

    def check(value: object, _answers: Answers, _now: datetime) -> list[str] | None:
        if not value and (value is None or type(value) is list):
            return BLANK
        if type(value) is not list or not all(type(one) is str for one in value):
            return ["wrong_type"]
        if not codes.issuperset(value):
            return ["not_a_choice"]
        if len(set(value)) < len(value):
            return ["repeated"]
        return ["not_alone"] if exclusive in value and len(value) > 1 else None

    return check


def _ref(_field: Field) -> Check:
    def check(value: object, _answers: Answers, _now: datetime) -> list[str] | None:
        if type(value) is not str:
            return BLANK if value is None else ["wrong_type"]
        return None if _REFERENCE.fullmatch(value) else ["bad_reference"]

    return check


def _photo(field: Field) -> Check:
    most = field.max_length

    def check(value: object, _answers: Answers, _now: datetime) -> list[str] | None:
        if not value and (value is None or type(value) is list):
            return BLANK
        if type(value) is not list or not all(type(one) is str for one in value):
            return ["wrong_type"]
        if len(value) > most:
            return ["too_long"]
        return None if all(map(_SHA256.fullmatch, value)) else ["bad_reference"]

    return check


def _is_date(value: object) -> bool:
    if type(value) is not str or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _moment(value: str) -> datetime | None:
    if not _DT.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _is_said(value: object) -> bool:
    return isinstance(value, str) and value.strip(texts.BLANKS) != ""


def _tenths(value: str) -> int:
    return int(value.replace(".", ""))


_FORMATS: dict[str, Callable[[Field], Check]] = {"name": _name, "phone": _phone, "cn_id": _cn_id}

_SORTS: dict[str, Callable[[Field], Check]] = {
    "text": _text,
    "int": _int,
    "dec1": _dec1,
    "date": _date,
    "dt": _dt,
    "bool": _bool,
    "enum": _enum,
    "multi": _multi,
    "ref": _ref,
    "photo": _photo,
}
