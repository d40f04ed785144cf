"""What a form can ask: one sort of field, told apart by its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

FieldType = Literal["text", "int", "dec1", "date", "dt", "bool", "enum", "multi", "ref", "photo"]
Format = Literal["name", "phone", "cn_id"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. The code is for ever; the label may be put better any day."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class When:
    """Ask only if the answer to `key` is one of `in_`; of several answers, if any of them is."""

    key: str
    in_: tuple[str | bool, ...]

    def holds(self, answer: object) -> bool:
        if isinstance(answer, list):
            return any(isinstance(one, str) and one in self.in_ for one in answer)
        return isinstance(answer, (str, bool)) and answer in self.in_


@dataclass(frozen=True, slots=True)
class Unless:
    """Where `key` is answered, `lowest` takes the place of the field's own lower bound."""

    key: str
    lowest: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    `lowest` and `highest` are inclusive: numbers for an int (or "this_year"), one-decimal strings
    for a dec1, an ISO date or "today", "today+366d" for a date, "now-72h", "now+5m" for a dt.
    `not_before` and `not_after` name another date of the same form. `max_length` counts code
    points of a text, and photos of a photo field. A `sensitive` value is sealed where it is kept.
    """

    key: str
    type: FieldType
    label: str
    _: KW_ONLY
    help: str = ""
    required: bool = False
    when: When | None = None
    unasked_ok: bool = False  # an answer is welcome also where `when` does not ask for it
    choices: tuple[Choice, ...] = ()
    exclusive: str = ""  # the one code of a multi that stands alone
    lowest: int | str | None = None
    highest: int | str | None = None
    unless: Unless | None = None
    not_before: str = ""
    not_after: str = ""
    min_length: int = 0
    max_length: int = 0
    lines: bool = False  # a text of several lines
    format: Format | None = None
    format_when: When | None = None  # the format counts only there
    sensitive: bool = False
    of: str = ""
    default: str | int | bool | None = None
    says: Mapping[str, str] = field(default_factory=dict)  # this field's own sentence for a code

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)
