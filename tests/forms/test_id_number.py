"""What happens to the number of a document besides being checked."""

from __future__ import annotations

import pytest

from fieldapp.forms import is_masked, masked, tidy_id


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "11010519491231002x",
        " 11010519491231002ｘ ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ],
)
def test_one_number_is_compared_in_one_form(typed):
    assert tidy_id(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "mask"),
    [
        ("999999195001010018", "999999********0018"),
        ("11010519491231002X", "110105********002X"),
        ("E123456789012", "********12"),
        ("E12345678", "********78"),
        ("残疾证 1234567890", "残疾证 12****7890"),
        ("7", "********7"),
    ],
)
def test_a_mask_shows_where_and_the_end_only(number, mask):
    assert masked(number) == mask


@pytest.mark.parametrize(
    "number", ["999999195001010018", "E12345678", "E1234567890123", "残疾证 1234567890", "7"]
)
def test_a_mask_sent_back_is_known_as_one(number):
    assert is_masked(masked(number))
    assert not is_masked(number)
