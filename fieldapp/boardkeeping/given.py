"""What the form about a person takes: of members some words, of contacts everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from fieldapp.boards import checks, folk
from fieldapp.boards.content import present
from fieldapp.boards.folk import Contact
from fieldapp.boards.roles import OTHERS, ROLES
from fieldapp.grids import Refused
from fieldapp.i18n import N_

OWN_WORD = "own_word"
WORDS = {"duty": folk.DUTY_LENGTH, "hours": folk.HOURS_LENGTH}
NO_ROLE = N_("Please choose what they do, or write it in your own words.")
NO_NAME = N_("Please write the name.")


def told(kind: str, number: int) -> dict[str, Any]:
    """What is said of them now, by field."""
    if kind == "members":
        known = present().details.get(number)
        return {
            "duty": known.duty if known else "",
            "hours": known.hours if known else "",
            "deputy": known is not None and known.deputy,
        }
    one = folk.contact(number)
    return {key: getattr(one, key) for key in Contact._fields} | _split(one.role)


def typed(kind: str) -> dict[str, Any]:
    """What the form says, by field."""
    form = request.form
    found: dict[str, Any] = {key: form.get(key, "").strip() for key in WORDS}
    found["deputy"] = form.get("deputy") == "yes"
    if kind == "members":
        return found
    word = form.get(OWN_WORD, "").strip()
    chosen = form.get("role", "")
    return found | {
        "name": form.get("name", "").strip(),
        "phone": form.get("phone", "").strip(),
        "private": form.get("private") == "yes",
        "role": chosen if chosen in ROLES else "",
        OWN_WORD: word,
    }


def checks_of(kind: str, values: Mapping[str, Any]) -> dict[str, Callable[[], object]]:
    """A check for each field, for its sentence to stand beside it."""
    found: dict[str, Callable[[], object]] = {
        key: _text(values[key], longest) for key, longest in WORDS.items()
    }
    if kind == "members":
        return found
    return found | {
        "name": _text(values["name"], checks.NAME_LENGTH, NO_NAME),
        "phone": lambda: checks.number(values["phone"]),
        OWN_WORD: _text(values[OWN_WORD], folk.ROLE_LENGTH, "" if values["role"] else NO_ROLE),
    }


def contact_of(values: Mapping[str, Any]) -> Contact:
    """The contact that was typed; an own word goes before a choice."""
    plain = {key: values[key] for key in Contact._fields if key != "role"}
    return Contact(role=values[OWN_WORD] or values["role"], **plain)


def save(kind: str, number: int, values: Mapping[str, Any], *, by: str) -> None:
    """Say it on the boards."""
    if kind == "members":
        folk.set_member(number, by=by, **values)
    else:
        folk.change_contact(number, contact_of(values), by=by)


def role_choices() -> list[tuple[str, str]]:
    """Those without a duty in the tree first: they are why one adds a contact."""
    order = [*OTHERS, *(one for one in ROLES if one not in OTHERS)]
    return [("", _("In your own words, below")), *((one, _(ROLES[one])) for one in order)]


def empty() -> dict[str, Any]:
    """The form before anything was typed."""
    return {**Contact("", "")._asdict(), **_split("policeman")}


def _split(role: str) -> dict[str, str]:
    return {"role": role, OWN_WORD: ""} if role in ROLES else {"role": "", OWN_WORD: role}


def _text(text: str, longest: int, needed: str = "") -> Callable[[], object]:
    def check() -> None:
        if needed and not text:
            raise Refused.because(needed)
        checks.text(text, longest=longest)

    return check
