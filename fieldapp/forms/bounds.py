"""Bounds that move with the clock: "today", "today+366d", "now-72h", "this_year"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from fieldapp.clock import local_day

_MOVING = re.compile(r"(today|now)(?:([+-][0-9]+)([dhm]))?")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def is_moving(bound: object) -> bool:
    """Whether `bound` depends on the day or the moment of the check."""
    return bound == "this_year" or (isinstance(bound, str) and _MOVING.fullmatch(bound) is not None)


def on_day(bound: str, today: date) -> str:
    """The bound of a date as an ISO date, seen from `today`."""
    return (today + _distance(bound)).isoformat() if is_moving(bound) else bound


def day_at(bound: str) -> Callable[[datetime], str]:
    """The bound of a date, to be asked at the moment of a check."""
    if not is_moving(bound):
        return lambda _now: bound
    distance = _distance(bound)
    return lambda now: (local_day(now) + distance).isoformat()


def moment_at(bound: str) -> Callable[[datetime], datetime]:
    """The bound of a dt, to be asked at the moment of a check."""
    distance = _distance(bound)
    return lambda now: now + distance


def number_at(bound: int | str | None) -> Callable[[datetime], int]:
    """The bound of an int, to be asked at the moment of a check."""
    if bound == "this_year":
        return lambda now: local_day(now).year
    number = int(bound)  # type: ignore[arg-type]  # no bound at all is a mistake of the definition
    return lambda _now: number


def _distance(bound: str) -> timedelta:
    found = _MOVING.fullmatch(bound)
    if found is None:
        raise ValueError(f"not a bound: {bound!r}")
    _, count, unit = found.groups()
    return timedelta(**{_UNITS[unit]: int(count)}) if unit else timedelta()
