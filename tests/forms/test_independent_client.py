"""What another program may rely on that knows only `GET /sync/forms`."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.clock import LOCAL
from tests.forms.client import filled_in
from tests.forms.definitions import FORMS, OURS

CONTRACT = {"key", "type", "required", "choices", "lowest", "highest", "max_length", "of", "when"}
TYPES = {"text", "int", "dec1", "date", "dt", "bool", "enum", "multi", "ref", "photo"}
DAYS = st.dates(date(2020, 1, 1), date(2069, 1, 1))  # until then nobody in client.py is over 120


@settings(deadline=None, max_examples=200)
@given(st.data(), st.sampled_from(sorted(FORMS)), DAYS, st.times())
def test_what_fits_the_description_is_accepted(data, kind, today, time):
    fields = filled_in(FORMS[kind].as_json(today), data.draw, today)

    now = datetime.combine(today, time, LOCAL)
    assert FORMS[kind].check(fields, now=now, whole=True) == {}


@pytest.mark.parametrize("kind", OURS)
def test_a_description_has_the_contracts_keys_and_types(kind):
    described = OURS[kind].as_json(date(2026, 11, 23))

    assert set(described) == {"version", "fields"}
    for field in described["fields"]:
        assert field["type"] in TYPES
        assert isinstance(field["required"], bool)
        assert set(field.get("when", {"key": 0, "in": 0})) == {"key", "in"}
        assert ("choices" in field) == (field["type"] in ("enum", "multi"))
        assert ("of" in field) == (field["type"] == "ref")
        assert ("max_length" in field) == (field["type"] == "text")
        assert ("lowest" in field) == ("highest" in field) == (field["type"] in BOUNDED)


BOUNDED = ("int", "dec1", "date")


def test_bounds_that_move_are_given_as_of_the_day():
    fields = {one["key"]: one for one in OURS["visit"].as_json(date(2026, 11, 23))["fields"]}
    person = {one["key"]: one for one in OURS["person"].as_json(date(2026, 11, 23))["fields"]}

    assert fields["next_visit"]["lowest"] == "2026-11-23"
    assert fields["next_visit"]["highest"] == "2027-11-24"
    assert fields["next_visit"]["lowest_is"] == "today"
    assert fields["occurred_at"]["highest_is"] == "now+5m"
    assert (fields["temp"]["lowest"], fields["temp"]["highest"]) == ("34.0", "43.0")
    assert person["birth_year"]["highest"] == 2026


def test_words_come_in_both_languages_or_in_the_one_asked_for():
    def say(msgid, language):
        return f"{language}:{msgid}"

    both = OURS["visit"].as_json(date(2026, 11, 23), say)["fields"]
    chinese = OURS["visit"].as_json(date(2026, 11, 23), say, languages=("zh",))["fields"]

    assert both[0]["label"] == {"zh": "zh:Household", "en": "en:Household"}
    assert chinese[1]["labels"]["phone"] == {"zh": "zh:By telephone"}


def test_a_visit_with_nothing_to_report_asks_for_nothing_about_a_person():
    required = [
        one["key"] for one in OURS["visit"].as_json(date(2026, 11, 23))["fields"] if one["required"]
    ]
    unconditional = ["hh", "mode", "result", "asked_q1", "asked_q2"]

    assert required == [*unconditional, "symptoms", "temp"]
    assert not re.search(r"name|phone|id_no", " ".join(required))
