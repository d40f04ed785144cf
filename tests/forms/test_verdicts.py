"""Good answers that were seen before are recognised, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.forms.form import Form
from fieldapp.visits.form import VISIT

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUSE = "04129952-2e98-5eb6-9d48-acd3a00ca6e3"
NORMAL = {
    "hh": HOUSE, "mode": "indoors", "result": "normal", "asked_q1": False, "asked_q2": False,
}  # fmt: skip

ODD = st.sampled_from(
    [None, "", 0, 1, True, False, "normal", "nobody_home", [], ["food"], HOUSE, 9.5]
)


def fresh():
    """The same form, which has not seen anything yet."""
    return Form(VISIT.kind, VISIT.version, VISIT.fields)


def experienced():
    form = fresh()
    assert form.check(NORMAL, now=NOW, whole=True) == {}
    return form


@given(st.dictionaries(st.sampled_from([*VISIT.keys, "unknown"]), ODD), st.booleans())
def test_a_form_that_has_seen_good_answers_judges_others_as_a_fresh_one_does(changed, whole):
    answers = NORMAL | changed
    expected = fresh().check(answers, now=NOW, whole=whole)
    form = experienced()
    assert form.check(answers, now=NOW, whole=whole) == expected
    assert form.check(answers, now=NOW, whole=whole) == expected


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ({"hh": "nowhere"}, {"hh": ["bad_reference"]}),
        ({"hh": None}, {"hh": ["required"]}),
        ({"asked_q1": 0}, {"asked_q1": ["wrong_type"]}),
        ({"occurred_at": "2027-01-01T08:00:00+08:00"}, {"occurred_at": ["in_future"]}),
    ],
)
def test_one_bad_answer_among_good_ones_is_found(answer, codes):
    assert experienced().check(NORMAL | answer, now=NOW, whole=True) == codes


def test_a_time_that_was_fine_is_looked_at_again():
    form, at = fresh(), {"occurred_at": "2026-11-23T15:59:00+08:00"}
    assert form.check(NORMAL | at, now=NOW, whole=True) == {}
    late = datetime(2026, 12, 23, 8, 0, tzinfo=UTC)
    assert form.check(NORMAL | at, now=late, whole=True) == {"occurred_at": ["too_long_ago"]}
