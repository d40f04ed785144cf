"""People in home isolation, brought to the small town by its village head's own device."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.browser.member import Device, Json, change, new_id
from tests.browser.server import Server
from tests.browser.smalltown import People

CHINA = timezone(timedelta(hours=8))
ALL_DAY = "morning 00:00-23:59"  # so that a story can be told at any hour
COLUMNS = (
    "kind,valid_from,valid_to,days,slots,missed_after_min,head_after_min,alert,high,low,"
    "recheck_min,symptoms"
)
RULE = "home_isolation,2020-01-25,,14,{slots},0,120,37.3,38.5,35.5,5,fever cough fatigue"


def day(ago: int = 0) -> str:
    """The township's day, so many days ago."""
    return (datetime.now(UTC).astimezone(CHINA).date() - timedelta(days=ago)).isoformat()


def lets_checks_be_made(server: Server, slots: str = ALL_DAY) -> None:
    """Another rule for home isolation, loaded as a town loads it; phones take it when they ask."""
    file = server.folder / "rules.csv"
    file.write_text(f"{COLUMNS}\n{RULE.format(slots=slots)}\n", encoding="utf-8")
    server.flask("load-rules", str(file))


@contextmanager
def device_of(server: Server, people: People, who: str) -> Iterator[Device]:
    """A second device of somebody, which writes what no story has to tell."""
    device = Device(server.url, people.link(who))
    try:
        yield device
    finally:
        device.close()


def isolate(device: Device, persons: list[Json], *, since: int = 5, **more: Any) -> list[str]:
    """Begin a case for each of these person records, counted from so many days ago."""
    began = day(since)
    cases = [
        change(
            "isolation_case",
            person["grid"],
            {
                "person": person["record"],
                "hh": person["fields"]["hh"],
                "kind": "home_isolation",
                "reason": "hubei",
                "count_from_kind": "arrived",
                "count_from": began,
                "registered_on": began,
                "days": 14,
                "state": "isolating",
            }
            | more,
            form=2,
        )
        for person in persons
    ]
    _accepted(device.sync(cases))
    return [case["record"] for case in cases]


def record_check(device: Device, case: Json, **fields: Any) -> str:
    """A check of this case from elsewhere, with nothing to report unless the fields say so."""
    usual = {
        "case": case["record"],
        "hh": case["fields"]["hh"],
        "date": day(),
        "slot": "morning",
        "by": "visit",
        "temp_status": "measured",
        "temp": "36.5",
        "symptoms": ["none"],
        "at_home": True,
        "occurred_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    check = change("health_check", case["grid"], usual | fields, record=new_id())
    _accepted(device.sync([check]))
    return str(check["record"])


def _accepted(said: Json) -> None:
    assert {one["status"] for one in said["results"]} == {"accepted"}, said["results"]
