"""What may be shown of a held change: its content without sensitive values.

A held change may be broken in any way, so they are looked for twice: under the keys that any form
calls sensitive, and by their shape, wherever they stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from fieldapp.forms import is_masked, masked
from fieldapp.ledger.canonical import canonical

_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_STRING_OR_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*')


def shown(raw: str, sensitive: Collection[str]) -> str:
    """JSON of a held change, with the values of `sensitive` keys and all ID numbers masked."""
    said = json.loads(raw)
    fields = said.get("fields") if isinstance(said, dict) else None
    if isinstance(fields, dict):
        found = ((name, fields[name]) for name in sensitive if name in fields)
        hidden = {n: masked(v) for n, v in found if isinstance(v, str) and not is_masked(v)}
        if hidden:
            raw = canonical({**said, "fields": {**fields, **hidden}}).decode()
    return _STRING_OR_NUMBER.sub(_without_numbers, raw)


def shown_text(text: str) -> str:
    """Any text, with ID numbers masked."""
    return _ID_NUMBER.sub(lambda found: masked(found[0]), text)


def _without_numbers(found: re.Match[str]) -> str:
    token = found[0]
    clean = shown_text(token)
    return clean if clean == token or token.startswith('"') else json.dumps(clean)
