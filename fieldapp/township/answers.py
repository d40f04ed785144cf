"""A record's answers in words, for people who decide about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp import clock, i18n
from fieldapp.forms import Field, Form, sentence
from fieldapp.households.models import Household
from fieldapp.i18n import N_
from fieldapp.township.legible import legible

KIND_NAMES = {
    "visit": N_("Visit"),
    "returnee": N_("Returnee"),
    "isolation_case": N_("Home isolation"),
    "health_check": N_("Health check"),
    "household": N_("Household"),
    "person": N_("Person"),
}

# What can be wrong with a change before anybody looks at its answers, by what it is about.
REASONS = {
    ("", "unreadable"): N_("What the phone sent could not be read at all."),
    ("id", "already_used"): N_(
        "The phone used this record's number before, for something else. "
        "Both are kept. Please ask the member which one holds."
    ),
    ("id", "bad_reference"): N_("It has no proper number, so it cannot be filed."),
    ("record", "bad_reference"): N_("It does not say properly which record it is about."),
    ("kind", "unknown_kind"): N_(
        "This program does not know this sort of record. Try again after the next update."
    ),
    ("form", "from_the_future"): N_(
        "It was filled in on a newer form than this program has. Try again after the next update."
    ),
    ("form", "unknown_form"): N_("It was filled in on a form that this program does not have."),
    ("grid", "unknown_grid"): N_("There is no grid with the code it names."),
    ("grid", "not_yours"): N_(
        "The member does not serve this grid, or no longer does. "
        "If the visit was made all the same, accept it."
    ),
    ("base", "from_the_future"): N_(
        "It corrects a state of the record that this server does not have, "
        "as after a restore from backup. Try again when all phones have been in contact."
    ),
    ("made_at", "not_a_time"): N_("The time at which it was made cannot be read."),
}
OTHERWISE = N_("Something about it cannot be read: %(about)s.")
_REF_NAMES = {"household": N_("another household"), "person": N_("a person of the household")}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the question, what was said, and what is wrong with it, all in words."""

    key: str
    label: str
    text: str
    wrong: tuple[str, ...]
    field: Field | None


def answers(
    form: Form | None,
    fields: Mapping[str, object],
    errors: Mapping[str, list[str]],
    session: Session,
) -> list[Answer]:
    """The answers in the order of the form, then what the form does not ask."""
    known = list(form.keys) if form else []
    asked = [key for key in known if key in fields or key in errors]
    others = [key for key in fields if key not in known]
    return [_answer(form, key, fields, errors, session) for key in [*asked, *others]]


def general_reasons(form: Form | None, errors: Mapping[str, list[str]]) -> list[str]:
    """What is wrong with the change as a whole, not with one of its answers."""
    known = set(form.keys) if form else set()
    return [
        _(REASONS[about, code]) if (about, code) in REASONS else _(OTHERWISE, about=about)
        for about, codes in errors.items()
        if about not in known
        for code in codes
        if code != "unknown_field"  # said beside the answer itself
    ]


def said(field: Field | None, value: object, session: Session) -> str:
    """One value as a person would say it."""
    if value is None or value == "":
        return str(_("(no answer)"))
    known = _SAYERS.get(field.type) if field else None
    try:
        return known(field, value, session) if known and field else _plain(value)
    except (TypeError, ValueError, KeyError):
        return _plain(value)


def door(session: Session, household: object) -> str:
    """Head of household and door; nothing for a household that is not in the file."""
    if not isinstance(household, str):
        return ""
    row = session.get(Household, household)
    if row and row.survivor:
        row = session.get(Household, row.survivor) or row
    return f"{row.head_name} · {row.address_text}" if row else ""


def _answer(
    form: Form | None,
    key: str,
    fields: Mapping[str, object],
    errors: Mapping[str, list[str]],
    session: Session,
) -> Answer:
    field = form.field(key) if form and key in form.keys else None
    wrong = tuple(_wrong(form, key, code) for code in errors.get(key, ()))
    label = _(field.label) if field else legible(key)
    return Answer(key, label, said(field, fields.get(key), session), wrong, field)


def _wrong(form: Form | None, key: str, code: str) -> str:
    if form is None:
        return ""
    if code == "unknown_field":
        return str(_("No question of the form asks for this."))
    language = i18n.language()
    return sentence(form, key, code, say=i18n.say, language=language, today=clock.today())


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return legible(text)


def _label(field: Field, code: object) -> str:
    return next((_(one.label) for one in field.choices if one.code == code), _plain(code))


def _list(field: Field, value: object, _session: Session) -> str:
    if not isinstance(value, list):
        raise TypeError
    return str(_(", ")).join(_label(field, one) for one in value)


def _reference(field: Field, value: object, session: Session) -> str:
    if field.of == "household" and (known := door(session, value)):
        return known
    return str(_(_REF_NAMES.get(field.of, N_("another record"))))


_SAYERS: dict[str, Callable[[Field, object, Session], str]] = {
    "enum": lambda field, value, _session: _label(field, value),
    "multi": _list,
    "bool": lambda _field, value, _session: _("Yes") if value is True else _("No"),
    "ref": _reference,
    "date": lambda _field, value, _session: format_date(date.fromisoformat(str(value))),
    "dt": lambda _field, value, _session: format_datetime(
        datetime.fromisoformat(str(value)), "yyyy-MM-dd HH:mm"
    ),
}
