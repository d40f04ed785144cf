"""What is known already to be a good set of answers, since most visits are answered alike.

Whether closed answers (a choice, yes or no) are right, and which questions they open, depends on
nothing but themselves. So it is found out once for each combination; what is left to look at are
the answers that may be anything: a text, a day, a reference.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import orjson

from fieldapp.forms.checks import Answers, Check
from fieldapp.forms.fields import Field

_CLOSED = frozenset({"enum", "bool", "multi"})
_MOST = 2000  # combinations; a day's are some dozens


class Verdicts:
    """The combinations of closed answers that one form's whole check has found nothing wrong with.

    Only a form whose conditions all ask for closed answers has any.
    """

    def __init__(self, fields: Collection[Field], checks: Mapping[str, Check]) -> None:
        closed = {field.key for field in fields if field.type in _CLOSED}
        conditions = {field.when.key for field in fields if field.when}
        # What a mask stands for is not seen by a check of its own.
        secret = any(field.sensitive for field in fields)
        self._applies = not secret and conditions <= closed
        self._closed = closed
        self._open = {key: check for key, check in checks.items() if key not in closed}
        self._good: set[bytes] = set()

    def good(self, fields: Answers, now: datetime) -> bool:
        """Whether nothing is wrong with these answers; False where only the check can tell."""
        if not self._good or self._combination(fields) not in self._good:
            return False
        checks = self._open
        for key, value in fields.items():
            check = checks.get(key)
            if check is not None and check(value, fields, now) is not None:
                return False
        return True

    def remember(self, fields: Answers) -> None:
        """The check found nothing wrong, and no answer that was left blank."""
        combination = self._combination(fields) if self._applies else None
        if combination is not None:
            if len(self._good) >= _MOST:
                self._good.clear()
            self._good.add(combination)

    def _combination(self, fields: Answers) -> bytes | None:
        """Which questions are answered, and the closed ones how: JSON, since 1 is not true.

        A closed question is followed by its answer, an open one by the next question.
        """
        closed = self._closed
        said: list[object] = []
        for key, value in fields.items():
            said.append(key)
            if key in closed:
                said.append(value)
        try:
            return orjson.dumps(said)
        except TypeError:
            return None
