"""The town's rules come from a file: all of it or nothing, and every wrong row is named."""

from __future__ import annotations

import pytest
from flask import Flask

from fieldapp.database import writing
from fieldapp.grids import Refused
from fieldapp.isolation import present_rules
from fieldapp.isolation.load import COLUMNS, load_rules
from fieldapp.isolation.rules import rule_on

GOOD = {
    "kind": "home_isolation",
    "valid_from": "2026-12-01",
    "valid_to": "",
    "days": "7",
    "slots": "morning 07:00-11:00; evening 16:00-20:00",
    "missed_after_min": "30",
    "head_after_min": "90",
    "alert": "37.5",
    "high": "38.5",
    "low": "35.0",
    "recheck_min": "10",
    "symptoms": "cough fever",
}


def _file(*rows: dict[str, str]) -> bytes:
    lines = [",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows)]
    return "\n".join(lines).encode()


def _load(raw: bytes) -> int:
    with writing():
        return load_rules(raw)


def _refused(app: Flask, raw: bytes) -> list[tuple[int | None, str]]:
    with app.app_context():
        before = present_rules()
        with pytest.raises(Refused) as refused:
            _load(raw)
        assert present_rules() == before
    return [(one.row, one.sentence % one.params) for one in refused.value.problems]


def test_a_new_town_begins_with_fourteen_days_and_two_checks_a_day(any_database_app: Flask):
    with any_database_app.app_context():
        rules = present_rules()
        rule = rule_on(rules, "home_isolation", "2020-01-25")

    assert [one["kind"] for one in rules] == [
        "home_isolation", "home_monitoring", "self_monitoring",
    ]  # fmt: skip
    assert rule is not None
    assert (rule["days"], rule["alert"], rule["high"], rule["low"]) == (14, "37.3", "38.5", "35.5")
    assert rule["slots"] == [
        {"slot": "morning", "from": "06:00", "to": "12:00"},
        {"slot": "evening", "from": "15:00", "to": "21:00"},
    ]


def test_a_rule_of_a_file_holds_from_its_first_day(any_database_app: Flask):
    with any_database_app.app_context():
        assert _load(_file(GOOD)) == 1
        before = rule_on(present_rules(), "home_isolation", "2026-11-30")
        after = rule_on(present_rules(), "home_isolation", "2026-12-01")

    assert before is not None
    assert after is not None
    assert (before["days"], after["days"]) == (14, 7)
    assert after["slots"][1] == {"slot": "evening", "from": "16:00", "to": "20:00"}
    assert (after["alert"], after["symptoms"]) == ("37.5", ["cough", "fever"])


def test_the_same_file_twice_changes_nothing(app: Flask):
    with app.app_context():
        _load(_file(GOOD))
        once = present_rules()
        _load(_file(GOOD))

        assert present_rules() == once
        _load(_file(GOOD | {"alert": "37.4"}))
        assert len(present_rules()) == len(once)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kind", "quarantine"),
        ("valid_from", "2026-13-01"),
        ("valid_from", ""),
        ("valid_to", "soon"),
        ("days", "0"),
        ("days", "61"),
        ("days", "七"),
        ("slots", ""),
        ("slots", "morning 12:00-06:00"),
        ("slots", "evening 15:00-21:00; morning 06:00-12:00"),
        ("slots", "morning 06:00-24:00"),
        ("slots", "noon 11:00-13:00"),
        ("missed_after_min", "-1"),
        ("alert", "37"),
        ("alert", "44.0"),
        ("recheck_min", "121"),
        ("symptoms", "cough cough"),
        ("symptoms", "boredom"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(app: Flask, name, text):
    row = GOOD | {name: text}
    assert _refused(app, _file(GOOD | {"valid_from": "2027-01-01"}, row)) == [
        (3, f"“{text}” cannot be the {name} of a rule.")
    ]


def test_rows_that_contradict_themselves_or_each_other_are_named(app: Flask):
    rows = (
        GOOD | {"valid_from": "2027-01-01", "valid_to": "2026-01-01"},
        GOOD | {"valid_from": "2027-02-01", "alert": "34.0"},
        GOOD | {"valid_from": "2027-03-01", "head_after_min": "10"},
        GOOD,
        GOOD,
    )
    assert _refused(app, _file(*rows)) == [
        (2, "The last day is before the first."),
        (3, "The temperatures must rise: low, alert, high."),
        (4, "The head cannot hear of a missed check before it counts as missed."),
        (6, "A rule of this kind begins on 2026-12-01 in another row already."),
    ]


def test_a_file_that_is_none_is_refused(app: Flask):
    assert _refused(app, _file())[0][1] == "The file has a header but no rows."
    assert _refused(app, b"kind,days\n")[0][1].startswith("The header lacks valid_from")
    assert _refused(app, "kind\n规则".encode("gb18030"))[0] == (
        2,
        "Not UTF-8 text. In Excel, save the file as “CSV UTF-8”.",
    )


def test_the_command_says_what_it_did_and_what_is_wrong(app: Flask, tmp_path):
    file = tmp_path / "rules.csv"
    file.write_bytes(_file(GOOD))
    runner = app.test_cli_runner()

    done = runner.invoke(args=["load-rules", str(file)])
    assert (done.exit_code, "1 rules are in force" in done.output) == (0, True)

    file.write_bytes(_file(GOOD | {"days": "0"}))
    refused = runner.invoke(args=["load-rules", str(file)])
    assert refused.exit_code == 2
    assert "Row 2:" in refused.output
