"""What each sort of question can be refused for: the table of cases must show all of it."""

from __future__ import annotations

from fieldapp.forms import Field

_BY_SORT = {
    "text": {"wrong_type", "too_long", "control_characters", "direction_marks"},
    "int": {"wrong_type", "too_low", "too_high"},
    "dec1": {"wrong_type", "not_one_decimal", "too_low", "too_high"},
    "date": {"wrong_type", "not_a_date"},
    "dt": {"wrong_type", "not_a_time", "in_future", "too_long_ago"},
    "bool": {"wrong_type"},
    "enum": {"wrong_type", "not_a_choice"},
    "multi": {"wrong_type", "not_a_choice", "repeated"},
    "ref": {"wrong_type", "bad_reference"},
    "photo": {"wrong_type", "too_long", "bad_reference"},
}
_BY_FORMAT = {"name": "bad_name", "phone": "bad_phone", "cn_id": "bad_id_check"}


def refusals(field: Field) -> set[str]:
    """The codes with which this question refuses an answer."""
    codes = set(_BY_SORT[field.type])
    if field.lines:
        codes -= {"control_characters"}  # of several lines only some signs are unwelcome
    if field.type == "date":
        codes.add("in_past" if field.lowest == "today" else "too_long_ago")
        codes.add("in_future" if field.highest == "today" else "too_high")
    if field.format:
        codes.add(_BY_FORMAT[field.format])
    for given, code in (
        (field.required, "required"),
        (field.when and not field.unasked_ok, "not_asked"),
        (field.exclusive, "not_alone"),
        (field.not_before or field.not_after, "out_of_order"),
        (field.sensitive, "only_masked"),
    ):
        if given:
            codes.add(code)
    return codes
