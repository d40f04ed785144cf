"""Ids that people read off a wall and type: eight characters, none of which looks like another."""

from __future__ import annotations

import secrets
import unicodedata

from fieldapp.boards.models import ID_LENGTH

# Without 0 O Q, 1 I J L, B, G, S, U, Z: each of them would be mistaken for one that is here.
ALPHABET = "23456789ACDEFHKMNPRTVWXY"

# What is never given out can only be a misreading of the one character that looks like it.
_READ_AS = str.maketrans("0OQ1ILBGSUZ", "DDD777865V2")
_BETWEEN = str.maketrans("", "", " -_.·")


def new_id() -> str:
    """A random id, of 110 thousand million. It follows from nothing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))


def typed(text: str) -> str | None:
    """The id somebody meant who typed this, if it can be one: any case, 0 for D, with spaces."""
    plain = unicodedata.normalize("NFKC", text[:40]).upper()
    plain = plain.translate(_BETWEEN).translate(_READ_AS)
    return plain if len(plain) == ID_LENGTH and set(plain) <= set(ALPHABET) else None
