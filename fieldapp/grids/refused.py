"""How grids and accounts say no: a sentence for people, with the row where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `sentence` is a msgid with %(name)s places; `row` counts from 1."""

    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None


class Refused(Exception):
    """What was asked cannot be done, and nothing was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(one.sentence % one.params for one in problems[:3]))
        self.problems = tuple(problems)

    @classmethod
    def because(cls, sentence: str, **params: object) -> Refused:
        """A refusal with a single reason."""
        return cls((Problem(sentence, params),))
