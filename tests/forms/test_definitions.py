"""What every form of ours keeps to, so that phone, server and other programs can."""

from __future__ import annotations

import re

import pytest

from fieldapp.forms import Field, Form
from fieldapp.forms.bounds import is_moving
from tests.forms.definitions import DAY, FORMS, NOW, OURS

FIELDS = [
    pytest.param(form, field, id=f"{kind}.{field.key}")
    for kind, form in OURS.items()
    for field in form.fields
]
TOO_PERSONAL = {"ethnicity", "religion", "political", "education", "income", "blood_type", "gps"}


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_every_field_is_bounded(form, field):
    if field.type == "text":
        assert 0 < field.max_length <= 200
        assert field.min_length < field.max_length
    if field.type in ("int", "dec1", "date", "dt"):
        assert field.lowest is not None
        assert field.highest is not None
    if field.type == "dt":
        assert is_moving(field.lowest)
        assert is_moving(field.highest)
    assert (field.type in ("enum", "multi")) == bool(field.choices)
    assert (field.type == "ref") == bool(field.of)


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_codes_are_short_ascii_words_and_no_two_alike(form, field):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.key)
    assert all(re.fullmatch(r"[a-z0-9_]{1,24}", code) for code in field.codes)
    assert len(set(field.codes)) == len(field.codes)
    assert (
        field.default is None or form.check({field.key: field.default}, now=NOW, whole=False) == {}
    )


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_what_a_question_depends_on_stands_before_it(form, field):
    keys = list(form.keys)
    for when in filter(None, (field.when, field.format_when)):
        controlling = form.field(when.key)
        assert keys.index(when.key) < keys.index(field.key)
        assert set(when.in_) <= set(controlling.codes or (True, False))
    for other in filter(None, (field.not_before, field.not_after)):
        assert form.field(other).type == field.type == "date"
        assert keys.index(other) < keys.index(field.key)
    if field.unless:
        assert form.field(field.unless.key).type == "text"


@pytest.mark.parametrize("form", OURS.values(), ids=OURS)
def test_every_kind_can_be_voided_and_asks_nothing_twice(form):
    assert len(form.keys) == len(form.fields)
    assert form.field("voided").type == "bool"
    assert not form.field("voided").required
    assert TOO_PERSONAL.isdisjoint(form.keys)


def test_only_numbers_of_documents_are_sealed():
    sealed = {
        (kind, one.key) for kind, form in OURS.items() for one in form.fields if one.sensitive
    }
    assert sealed == {("returnee", "id_no"), ("person", "id_no"), ("household", "head_id")}


def test_a_form_knows_what_it_asks():
    visit = FORMS["visit"]

    assert visit.asks("hh", {})
    assert visit.asks("symptoms", {"asked_q2": True})
    assert not visit.asks("symptoms", {"asked_q2": 1})
    assert not visit.asks("symptoms", {})
    with pytest.raises(KeyError):
        visit.field("symptom")


def test_a_bound_that_is_none_is_a_mistake_of_the_definition():
    form = Form("broken", 1, (Field("at", "dt", "At", lowest="yesterday", highest="now"),))
    with pytest.raises(ValueError, match="yesterday"):
        form.check({"at": "2026-11-23T08:00:00Z"}, now=NOW, whole=True)


def test_a_fixed_bound_is_described_as_it_is():
    old = next(one for one in FORMS["sample"].as_json(DAY)["fields"] if one["key"] == "old")
    assert (old["lowest"], old["highest"]) == ("2000-01-01", "2010-12-31")
    assert "lowest_is" not in old
