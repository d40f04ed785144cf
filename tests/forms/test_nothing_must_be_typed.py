"""Who writes with trouble can fill in every form: a name and a number apart, all is tapped."""

from __future__ import annotations

import pytest

from tests.forms.definitions import OURS

# Of what must be answered in letters: why it cannot be tapped, or how it is.
TYPED = {
    ("returnee", "name"): "a name",
    ("person", "name"): "a name",
    ("household", "head_name"): "a name",
    ("household", "hh_no"): "the phone gives it",
    ("household", "address_text"): "the phone offers the next number and the neighbours",
    ("household", "head_phone"): "unless there is no telephone",
    ("returnee", "phone"): "unless there is no telephone",
    ("returnee", "id_no"): "unless none was given",
    ("isolation_case", "release_no"): "it stands on the paper in the doctor's hand",
}


@pytest.mark.parametrize("kind", OURS)
def test_no_form_asks_for_words_that_must_be_typed(kind: str) -> None:
    must = {(kind, one.key) for one in OURS[kind].fields if one.type == "text" and one.required}
    assert must <= TYPED.keys()


def test_what_is_said_of_typed_answers_is_still_asked() -> None:
    asked = {
        (kind, one.key)
        for kind, form in OURS.items()
        for one in form.fields
        if one.type == "text" and one.required
    }
    assert TYPED.keys() <= asked
