"""How long home isolation lasts and how often one looks in; tests/js/plan.test.js is the twin."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fieldapp.isolation.plan import Slot, planned_end, slots, slots_due

CASES = json.loads(
    (Path(__file__).parents[1] / "contract" / "plan_cases.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_plan_of(case):
    count_from = date.fromisoformat(case["count_from"])
    registered_on = date.fromisoformat(case["registered_on"])
    plan = slots(count_from, case["days"], registered_on)
    early = [slot for slot in plan if slot.before_registration]

    assert planned_end(count_from, case["days"]).isoformat() == case["planned_end"]
    assert slots_due(count_from, case["days"], registered_on) == case["due"]
    assert len(early) == case["before_registration"]
    assert len(plan) - len(early) == case["due"]


def test_the_days_run_from_the_day_after_day_0_to_the_last():
    plan = slots(date(2026, 11, 20), 14, date(2026, 11, 21))

    assert plan[0] == Slot(1, date(2026, 11, 21), "morning", before_registration=True)
    assert plan[2] == Slot(2, date(2026, 11, 22), "morning", before_registration=False)
    assert plan[-1] == Slot(14, date(2026, 12, 4), "evening", before_registration=False)
