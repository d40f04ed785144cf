"""The server's half of the shared cases; tests/js/check.test.js runs the phone's."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

import pytest

from fieldapp.forms import MESSAGES
from tests.forms.definitions import CASES, CONTRACT, FORMS, NOW, described, given, in_english
from tests.forms.refusals import refusals

TYPES = ("text", "int", "date", "dt", "photo")
FOR_ONE_TYPE = {f"{code}_{one}" for code in MESSAGES for one in TYPES}
CODES = set(MESSAGES) - FOR_ONE_TYPE


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['says']}")
def test_the_server_says(case):
    now = datetime.fromisoformat(case["now"]) if "now" in case else NOW
    form = FORMS[case["kind"]]

    errors = form.check(given(case), now=now, whole=case.get("whole", True))

    assert errors == case["errors"]


def test_the_phone_is_tested_with_the_real_definitions():
    written = json.loads((CONTRACT / "forms.json").read_text(encoding="utf-8"))
    assert written == described(), "run python -m tests.forms.definitions"

    written = json.loads((CONTRACT / "messages.json").read_text(encoding="utf-8"))
    assert written == in_english(), "run python -m tests.forms.definitions"


def test_no_two_cases_say_the_same():
    said = Counter((case["kind"], case["says"]) for case in CASES)
    assert [one for one, count in said.items() if count > 1] == []


def test_every_field_of_every_form_is_answered_well_in_some_case():
    answered = {(kind, key) for kind, form in FORMS.items() for key in form.keys}
    for case in CASES:
        if case["errors"] == {} and case.get("whole", True):
            answered -= {
                (case["kind"], key) for key, value in given(case).items() if value is not None
            }
    assert answered == set()


@pytest.mark.parametrize("kind", FORMS)
def test_every_field_is_answered_badly_in_every_way_that_its_sort_knows(kind):
    shown = {key: set() for key in FORMS[kind].keys}
    for case in CASES:
        for key in case["errors"].keys() & shown.keys() if case["kind"] == kind else ():
            shown[key] |= set(case["errors"][key])

    missing = {field.key: refusals(field) - shown[field.key] for field in FORMS[kind].fields}

    assert {key: codes for key, codes in missing.items() if codes} == {}


def test_every_code_is_given_in_some_case():
    """Codes are for the wire and for messages: one that nothing gives is a mistake in either."""
    given_codes = {code for case in CASES for codes in case["errors"].values() for code in codes}
    assert given_codes == CODES
