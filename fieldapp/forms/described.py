"""A field as data, for clients that check answers without us: `GET /sync/forms` and the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from fieldapp.forms.bounds import is_moving, on_day
from fieldapp.forms.fields import Field, When

Say: TypeAlias = Callable[[str, str], str]
Json: TypeAlias = dict[str, object]


def field_json(field: Field, today: date, say: Say, languages: tuple[str, ...]) -> Json:
    """The contract's keys first, then ours; a key that would say nothing is left out."""

    def words(msgid: str) -> Json:
        return {language: say(msgid, language) for language in languages}

    described: Json = {"key": field.key, "type": field.type, "required": field.required}
    optional: Json = {
        "choices": list(field.codes),
        "max_length": field.max_length,
        "of": field.of,
        "when": _when_json(field.when),
        "min_length": field.min_length,
        "lines": field.lines,
        "format": field.format,
        "format_when": _when_json(field.format_when),
        "sensitive": field.sensitive,
        "exclusive": field.exclusive,
        "unasked_ok": field.unasked_ok,
        "not_before": field.not_before,
        "not_after": field.not_after,
        "unless": field.unless and {"key": field.unless.key, "lowest_is": field.unless.lowest},
        "help": words(field.help) if field.help else None,
        "labels": {choice.code: words(choice.label) for choice in field.choices},
        "says": {code: words(msgid) for code, msgid in field.says.items()},
    }
    described |= _bounds_json(field, today)
    described |= {key: value for key, value in optional.items() if value}
    if field.default is not None:
        described["default"] = field.default
    return described | {"label": words(field.label)}


def bound_on(field: Field, bound: int | str, today: date) -> int | str | None:
    """A bound as `today` sees it; `None` for one that moves by the minute."""
    if field.type == "dt":
        return None
    if bound == "this_year":
        return today.year
    return on_day(bound, today) if isinstance(bound, str) else bound


def _bounds_json(field: Field, today: date) -> Json:
    described: Json = {}
    for name, bound in (("lowest", field.lowest), ("highest", field.highest)):
        if bound is None:
            continue
        fixed = bound_on(field, bound, today)
        if fixed is not None:
            described[name] = fixed
        if is_moving(bound):
            described[f"{name}_is"] = bound
    return described


def _when_json(when: When | None) -> Json | None:
    return {"key": when.key, "in": list(when.in_)} if when else None
