"""What people read for each code: what is wrong and what to do about it, in one plain sentence.

A code may have a sentence of its own for one type (`wrong_type_int`), and a field one of its own
for a code (`Field.says`). Blanks are filled from the definition, never from what was typed.
"""

from __future__ import annotations

from datetime import date

from fieldapp.forms.described import Say, bound_on
from fieldapp.forms.fields import Field
from fieldapp.forms.form import Form
from fieldapp.forms.words import N_

MESSAGES = {
    "required": N_("Please answer this."),
    "required_text": N_("Please fill this in."),
    "wrong_type": N_("This answer cannot be read. Please answer again."),
    "wrong_type_int": N_("Please write a whole number, digits only."),
    "unknown_field": N_("This question is not in the form. Please update the app."),
    "too_long": N_("This is too long: at most %(max_length)s characters. Please shorten it."),
    "too_long_photo": N_("At most %(max_length)s photos. Please take some away."),
    "too_short": N_("This is too short: at least %(min_length)s characters. Please write it out."),
    "control_characters": N_("There are invisible characters in this. Please type it again."),
    "direction_marks": N_(
        "There are invisible marks in this that turn the writing around. Please type it again."
    ),
    "not_a_choice": N_("Please choose one of the answers shown."),
    "repeated": N_("The same answer is given twice. Please choose each only once."),
    "not_alone": N_("“%(exclusive)s” cannot be chosen together with others. Please choose again."),
    "too_low": N_("This cannot be less than %(lowest)s. Please check it."),
    "too_high": N_("This cannot be more than %(highest)s. Please check it."),
    "too_high_date": N_("The latest possible day is %(highest)s. Please check the date."),
    "not_one_decimal": N_("Please write a number with one decimal, like 36.5."),
    "not_a_date": N_("There is no such day. Please check year, month and day."),
    "not_a_time": N_("There is no such time. Please check day, hour and minute."),
    "in_future": N_("This day has not come yet. Please check the date."),
    "in_future_dt": N_("This time has not come yet. Please check day and hour."),
    "in_past": N_("This day is over. Please choose today or a later day."),
    "too_long_ago": N_("This is too long ago: the earliest day is %(lowest)s. Please check it."),
    "too_long_ago_dt": N_(
        "This was more than 72 hours ago. Please write below why it is entered late, "
        "or check the time."
    ),
    "out_of_order": N_("This does not fit with “%(other)s”. Please check both days."),
    "bad_id_length": N_("An ID number has 18 characters. Please count them on the card."),
    "bad_id_number": N_(
        "The first 17 characters of an ID number are digits, the 18th is a digit or X. "
        "Please look at the card again."
    ),
    "bad_id_date": N_(
        "Characters 7 to 14 of the ID number are not a possible date of birth. "
        "Please look at the card again."
    ),
    "bad_id_check": N_(
        "Character 18 of the ID number does not fit the 17 before it. "
        "Please compare them with the card one by one."
    ),
    "only_masked": N_(
        "Only the shortened number stands here. Please write the whole number from the card."
    ),
    "bad_phone": N_(
        "This is not a telephone number: 11 digits of a mobile, "
        "or a landline like 0417-1234567. Please check it."
    ),
    "bad_name": N_("A name has only letters: no digits, no signs. Please check it."),
    "bad_reference": N_("What this belongs to was not found. Please choose it again."),
    "not_asked": N_("This was not asked, because of an answer further up. Please check that one."),
}

# How an answer is read out where it has no words of its own.
_ANSWERS = {"yes": N_("Yes"), "no": N_("No"), "and": N_(", ")}


def sentence(form: Form, key: str, code: str, *, say: Say, language: str, today: date) -> str:
    """What to tell people about the error `code` at the field `key`."""
    if key not in form.keys:
        return say(MESSAGES.get(code, MESSAGES["wrong_type"]), language)
    field = form.field(key)
    msgid = field.says.get(code) or MESSAGES.get(f"{code}_{field.type}") or MESSAGES.get(code)
    return say(msgid or MESSAGES["wrong_type"], language) % {
        "lowest": _bound(field, field.lowest, today),
        "highest": _bound(field, field.highest, today),
        "min_length": field.min_length,
        "max_length": field.max_length,
        "exclusive": say(_label_of_exclusive(field), language),
        "other": say(_label_of_other(form, field), language),
    }


def messages_json(say: Say, language: str) -> dict[str, str]:
    """The sentences for the phone, blanks unfilled; `static/js/forms/sentences.js` fills them."""
    return {code: say(msgid, language) for code, msgid in (MESSAGES | _ANSWERS).items()}


def _bound(field: Field, bound: int | str | None, today: date) -> int | str | None:
    return None if bound is None else bound_on(field, bound, today)


def _label_of_exclusive(field: Field) -> str:
    return next((one.label for one in field.choices if one.code == field.exclusive), field.label)


def _label_of_other(form: Form, field: Field) -> str:
    other = field.not_after or field.not_before
    return form.field(other).label if other else field.label
