"""The server's half of tests/contract/rule_cases.json; tests/js/rules.test.js runs the phone's."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from fieldapp.isolation import rules

FILE = Path(__file__).parents[1] / "contract" / "rule_cases.json"
TABLE: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


def ms(iso: str | None) -> int | None:
    return None if iso is None else int(datetime.fromisoformat(iso).timestamp() * 1000)


def cases(name: str):
    return pytest.mark.parametrize("case", TABLE[name], ids=lambda case: case["says"])


def rules_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    return TABLE["rules"][case["rules"]]


@cases("rule_on")
def test_which_rule_holds(case):
    rule = rules.rule_on(rules_of(case), case["kind"], case["day"])
    assert (rule and rule["valid_from"]) == case["valid_from"]


@cases("slot_state")
def test_what_is_said_of_a_slot(case):
    rule = rules.rule_on(rules_of(case), "home_isolation", case["day"])
    state = rules.slot_state(
        rule,
        case["day"],
        case["slot"],
        ms(case["now"]),
        done=case["done"],
        registered_at=case["registered_at"],
        phone_heard_at=ms(case["phone_heard_at"]),
    )
    assert state == case["state"]


@cases("alert_of")
def test_how_serious_a_check_is(case):
    rule = rules.rule_on(rules_of(case), "home_isolation", case["check"]["date"])
    assert rules.alert_of(rule, case["check"]) == case["level"]
    assert rules.is_open_alert(rule, case["check"]) == case["open"]


@cases("open_alert")
def test_which_alert_is_open(case):
    found = rules.open_alert(rules_of(case), case["kind"], case["checks"])
    assert (found and [found["date"], found["slot"]]) == case["at"]


@cases("releasable")
def test_when_somebody_may_be_released(case):
    found = rules.releasable(case["case"], ms(case["now"]), alert=case["alert"])
    assert found == case["releasable"]


@cases("completeness")
def test_how_many_checks_were_made(case):
    found = rules.completeness(rules_of(case), case["case"], case["registered_at"], case["checks"])
    assert found == (case["done"], case["due"])


@cases("ends_at")
def test_when_it_ends(case):
    assert rules.ends_at(case["case"]) == ms(case["at"])


def test_no_two_cases_say_the_same():
    for name, some in TABLE.items():
        said = [case["says"] for case in some] if name != "rules" else []
        assert len(set(said)) == len(said), name
