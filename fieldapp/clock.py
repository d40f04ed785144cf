"""The only module that asks what time it is, so that a test can hold the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return _now()


def local_day(moment: datetime) -> date:
    """Which day it is in the township at `moment`; a business day is 00:00 to 24:00 there."""
    return moment.astimezone(LOCAL).date()


def today() -> date:
    """The township's present day."""
    return local_day(utc_now())


def _now() -> datetime:
    return datetime.now(UTC)
