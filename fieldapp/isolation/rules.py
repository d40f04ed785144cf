"""What is due when, what was missed and when somebody must act: pure, and free of thresholds.

Every figure comes from a rule, a mapping as `GET /phone/duty` gives it: kind, valid_from, valid_to
(the last day, or None), days, slots [{slot, from, to}], missed_after_min, head_after_min, alert,
high, low (text with one decimal), recheck_min, symptoms. Moments are milliseconds since 1970 UTC.

`static/js/round/rules.js` is the twin, held to this by `tests/contract/rule_cases.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from fieldapp import clock
from fieldapp.isolation.plan import planned_end

Rule: TypeAlias = Mapping[str, Any]
Fields: TypeAlias = Mapping[str, Any]
State = Literal["before_registration", "not_yet", "open", "late", "missed", "done", "unknown"]
Level = Literal["none", "low", "recheck", "alert", "high"]

PRESENT = ("isolating", "alert", "to_release")  # cases that somebody has to look after now
MINUTE_MS = 60_000


class Window(NamedTuple):
    """From when until when a check is to be made; at `until` it is too late."""

    since: int
    until: int


class Completeness(NamedTuple):
    """How many checks were made of those that were to be made."""

    done: int
    due: int


def rule_on(rules: Sequence[Rule], kind: str, day: str) -> Rule | None:
    """The rule that holds on a day; of two that do, the one that began later."""
    holding = [
        rule
        for rule in rules
        if rule["kind"] == kind
        and rule["valid_from"] <= day
        and (not rule["valid_to"] or day <= rule["valid_to"])
    ]
    return max(holding, key=lambda rule: str(rule["valid_from"]), default=None)


def window_of(rule: Rule, day: str, slot: str) -> Window | None:
    """When the check of a slot is to be made; None where the rule has no such slot."""
    for one in rule["slots"]:
        if one["slot"] == slot:
            return Window(_moment(day, one["from"]), _moment(day, one["to"]))
    return None


def slot_state(
    rule: Rule,
    day: str,
    slot: str,
    now: int,
    *,
    done: bool,
    registered_at: str,
    phone_heard_at: int | None,
) -> State:
    """What is to be said of one check. "Missed" is only said of what could have arrived.

    registered_at: the moment (ISO 8601) or day on which the case was recorded. phone_heard_at: when
    the phones of its grid were last heard from with nothing left on them; None if they never were.
    """
    if done:
        return "done"
    if day <= day_of(registered_at):
        return "before_registration"
    window = window_of(rule, day, slot)
    if window is None or now < window.since:
        return "not_yet"
    if now < window.until:
        return "open"
    if now < window.until + rule["missed_after_min"] * MINUTE_MS:
        return "late"
    heard = phone_heard_at is not None and phone_heard_at >= window.until
    return "missed" if heard else "unknown"


def alert_of(rule: Rule, check: Fields) -> Level:
    """How serious a check is. A second reading, where there is one, stands for the first."""
    unwell = any(code != "none" for code in check.get("symptoms") or ())
    reading = check.get("temp2") or check.get("temp")
    measured = check.get("temp_status") == "measured" and reading
    if measured and _tenths(reading) >= _tenths(rule["high"]):
        return "high"
    if unwell:
        return "alert"
    if not measured:
        return "none"
    if _tenths(reading) >= _tenths(rule["alert"]):
        return "alert" if check.get("temp2") else "recheck"
    return "low" if _tenths(reading) < _tenths(rule["low"]) else "none"


def must_act(level: Level) -> bool:
    """Whether somebody has to do something about a check of this level."""
    return level in ("recheck", "alert", "high")


def is_open_alert(rule: Rule, check: Fields) -> bool:
    """An alert ends with what was done and what came of it, never by itself.

    Also when the second reading was normal: somebody has to say so.
    """
    if check.get("voided") or (check.get("action") and check.get("outcome")):
        return False
    first = {name: value for name, value in check.items() if name != "temp2"}
    return must_act(alert_of(rule, first)) or must_act(alert_of(rule, check))


def open_alert(rules: Sequence[Rule], kind: str, checks: Sequence[Fields]) -> Fields | None:
    """The newest check whose alert is open, each judged by the rule of its own day."""
    for check in newest(checks):
        rule = rule_on(rules, kind, check["date"])
        if rule and is_open_alert(rule, check):
            return check
    return None


def newest(checks: Sequence[Fields]) -> list[Fields]:
    """The same, the last slot first."""
    return sorted(checks, key=lambda one: (one["date"], one["slot"] != "morning"), reverse=True)


def is_present(case: Fields) -> bool:
    """Whether somebody has to look after the case now."""
    return not case.get("voided") and (case.get("state") or "isolating") in PRESENT


def ends_at(case: Fields) -> int:
    """The moment until which it lasts: 24:00 of the last day."""
    last = planned_end(date.fromisoformat(case["count_from"]), case["days"])
    return _moment((last + timedelta(days=1)).isoformat(), "00:00")


def releasable(case: Fields, now: int, *, alert: bool) -> bool:
    """Not one minute before its end, and not while an alert is open. Missed checks never extend."""
    return is_present(case) and not alert and now >= ends_at(case)


def completeness(
    rules: Sequence[Rule], case: Fields, registered_at: str, checks: Sequence[Fields]
) -> Completeness:
    """Checks made of those due; a slot counts once, however often it was recorded.

    Those that another grid made before a hand-over are in `carried_slots`; its checks, where they
    are known as well, do not count a second time.
    """
    planned = _planned(rules, case, day_of(registered_at))
    carried = case.get("carried_slots") or 0
    begins = _place(case.get("handed_on") or "", case.get("handed_slot") or "morning")
    made = {
        (one["date"], one["slot"])
        for one in checks
        if not one.get("voided") and (not carried or _place(one["date"], one["slot"]) >= begins)
    }
    return Completeness(min(len(planned), len(planned & made) + carried), len(planned))


def day_of(when: str) -> str:
    """The township's day of a moment; of a day, itself."""
    if len(when) <= 10:
        return when
    return clock.local_day(datetime.fromisoformat(when)).isoformat()


def _planned(rules: Sequence[Rule], case: Fields, registered: str) -> set[tuple[str, str]]:
    count_from = date.fromisoformat(case["count_from"])
    days = [(count_from + timedelta(days=n)).isoformat() for n in range(1, case["days"] + 1)]
    return {
        (day, one["slot"])
        for day in days
        if day > registered
        for one in (rule_on(rules, case["kind"], day) or {"slots": ()})["slots"]
    }


def _place(day: str, slot: str) -> tuple[str, bool]:
    return day, slot != "morning"


@lru_cache(maxsize=1024)
def _moment(day: str, time: str) -> int:
    moment = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=clock.LOCAL)
    return int(moment.astimezone(UTC).timestamp() * 1000)


def _tenths(degrees: object) -> int:
    return int(str(degrees).replace(".", ""))
