"""Whatever JSON is thrown at a form, it answers with known codes and never raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.forms import MESSAGES
from tests.forms.definitions import FORMS, RECORDS

SURROGATES = st.characters(categories=["Cs", "Cc", "Cf", "Lo", "Nd", "So"])
TEXTS = st.text() | st.text(SURROGATES) | st.from_regex(r"[0-9T:+.\-Z]{0,30}")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
KEYS = {kind: st.sampled_from(tuple(form.keys)) | TEXTS for kind, form in FORMS.items()}
MOMENTS = st.integers(1_577_836_800, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def known(errors):
    return all(
        isinstance(key, str) and codes and all(code in MESSAGES for code in codes)
        for key, codes in errors.items()
    )


@settings(deadline=None, max_examples=150)
@given(st.data(), st.sampled_from(sorted(FORMS)), MOMENTS, st.booleans())
def test_a_record_of_anything_is_answered_with_known_codes(data, kind, now, whole):
    strange = data.draw(st.dictionaries(KEYS[kind], JSON, max_size=6))
    fields = RECORDS[kind] | strange

    assert known(FORMS[kind].check(fields, now=now, whole=whole))
    assert known(FORMS[kind].check(strange, now=now, whole=whole))


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(sorted(FORMS)), JSON, MOMENTS)
def test_what_is_no_record_is_answered_too(kind, anything, now):
    assert known(FORMS[kind].check(anything, now=now, whole=True))


def test_what_json_alone_can_bring_is_answered():
    hostile = '{"age": 1e400, "sex": NaN, "name": "\\ud800", "remark": -0.0, "left_on": 1E5}'

    errors = FORMS["returnee"].check(
        json.loads(hostile), now=datetime(2026, 11, 23, tzinfo=UTC), whole=False
    )

    assert errors == {
        "age": ["wrong_type"],
        "sex": ["wrong_type"],
        "name": ["control_characters", "too_short"],
        "remark": ["wrong_type"],
        "left_on": ["wrong_type"],
    }
