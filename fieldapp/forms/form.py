"""A form: a flat list of fields, and the check of answers against it."""

from __future__ import annotations

from collections.abc import Collection, KeysView, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeAlias

from fieldapp.forms.checks import BLANK, Answers, Check, compiled
from fieldapp.forms.described import Json, Say, field_json
from fieldapp.forms.fields import Field
from fieldapp.forms.id_number import is_masked
from fieldapp.forms.verdicts import Verdicts

Errors: TypeAlias = dict[str, list[str]]

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, eq=False)
class Form:
    """The questions of one kind of record, in the order they are asked."""

    kind: str
    version: int
    fields: tuple[Field, ...]

    def check(self, fields: Mapping[str, object], *, now: datetime, whole: bool) -> Errors:
        """The codes of what is wrong, by field key; nothing when all is well. Never raises.

        `now` is when it was recorded, aware. Of a correction (`whole=False`) only what is given is
        looked at: a key that is absent means "unchanged", a null "no answer any more".
        """
        if type(fields) is not dict and not isinstance(fields, Mapping):  # the latter takes long
            return {"": ["wrong_type"]}
        if whole and self._verdicts.good(fields, now):
            return {}
        errors: Errors = {}
        blank: set[str] = set()
        checks = self._checks
        for key, value in fields.items():
            check = checks.get(key)
            codes = ["unknown_field"] if check is None else check(value, fields, now)
            if codes:
                errors[key] = codes
            elif codes is BLANK:
                blank.add(key)
        if blank or (whole and not fields.keys() >= self._always):
            self._find_missing(fields, blank, errors, whole=whole)
        self._find_conditional(fields, blank, errors, whole=whole)
        if self._sealed:
            self._look_at_masks(fields, errors, whole=whole)
        if whole and not errors and not blank:
            self._verdicts.remember(fields)
        return errors

    def asks(self, key: str, answers: Mapping[str, object]) -> bool:
        """Whether the field `key` is to be answered, given the other answers."""
        when = self.field(key).when
        return when is None or when.holds(answers.get(when.key))

    def field(self, key: str) -> Field:
        """The field of that key. Raises KeyError."""
        return self._by_key[key]

    @property
    def keys(self) -> Collection[str]:
        """The keys of all fields, in order."""
        return self._by_key.keys()

    def as_json(
        self,
        today: date,
        say: Say = lambda msgid, _language: msgid,
        languages: tuple[str, ...] = LANGUAGES,
    ) -> Json:
        """The definition as `GET /sync/forms` gives it, bounds as they are on `today`.

        Beside the contract's keys: words, and what the phone needs to check as we do, offline on
        a later day (`lowest_is`, `highest_is` keep the moving bounds as they were written).
        """
        fields = [field_json(field, today, say, languages) for field in self.fields]
        return {"version": self.version, "fields": fields}

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}

    @cached_property
    def _checks(self) -> dict[str, Check]:
        return {field.key: compiled(field) for field in self.fields}

    @cached_property
    def _verdicts(self) -> Verdicts:
        return Verdicts(self.fields, self._checks)

    @cached_property
    def _always(self) -> KeysView[str]:
        always = [one.key for one in self.fields if one.required and not one.when]
        return dict.fromkeys(always).keys()

    @cached_property
    def _conditional(self) -> tuple[tuple[str, Field], ...]:
        return tuple((one.when.key, one) for one in self.fields if one.when)

    @cached_property
    def _sealed(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.fields if one.sensitive)

    def _find_missing(
        self, fields: Answers, blank: set[str], errors: Errors, *, whole: bool
    ) -> None:
        for key in self._always:
            if key in blank or (whole and key not in fields):
                errors[key] = ["required"]

    def _find_conditional(
        self, fields: Answers, blank: set[str], errors: Errors, *, whole: bool
    ) -> None:
        for controlling, field in self._conditional:
            key = field.key
            given = key in fields
            if not (given or (whole and field.required)):
                continue
            if controlling not in fields and not whole:
                continue  # a correction of this answer alone: whether it is asked is not known here
            answered = given and key not in blank
            if field.when and field.when.holds(fields.get(controlling)):
                if field.required and not answered:
                    errors[key] = ["required"]
            elif answered and not field.unasked_ok:
                errors[key] = ["not_asked"]

    def _look_at_masks(self, fields: Answers, errors: Errors, *, whole: bool) -> None:
        """A mask sent back means "unchanged"; a new record has nothing that could be meant."""
        for key in self._sealed:
            value = fields.get(key)
            if not isinstance(value, str) or not is_masked(value):
                continue
            if errors.get(key) == ["not_asked"]:
                continue
            errors.pop(key, None)
            if whole:
                errors[key] = ["only_masked"]
