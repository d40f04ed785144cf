"""What may be written on a board: text that stays text, numbers that can be called. Or Refused."""

from __future__ import annotations

import re
import unicodedata

from fieldapp.forms import texts as form_texts
from fieldapp.grids import Refused
from fieldapp.i18n import N_

NAME_LENGTH = 50

# Also short ones (110, 12345), numbers with an extension, and those that are free or shared.
_NUMBER = re.compile(r"[0-9]{3,5}|1[3-9][0-9]{9}|(?:0[0-9]{2,3}-?)?[0-9]{7,8}(?:-[0-9]{1,6})?")
_FREE = re.compile(r"[48]00-?[0-9]{3}-?[0-9]{4}")


def text(raw: str, *, longest: int, needed: bool = False) -> str:
    """A text of one line, without blanks around it."""
    plain = raw.strip(form_texts.BLANKS + "\t\r\n")
    if form_texts.unwelcome(plain, lines=False):
        raise Refused.because(
            N_("“%(text)s” has characters in it that cannot be seen. Please type it again."),
            text=visible(plain)[:40],
        )
    if needed and not plain:
        raise Refused.because(N_("There is a text missing."))
    if len(plain) > longest:
        raise Refused.because(
            N_("“%(text)s…” is too long: at most %(longest)s characters fit on a board."),
            text=plain[:20],
            longest=longest,
        )
    return plain


def name(raw: str) -> str:
    """Somebody's name."""
    return text(raw, longest=NAME_LENGTH, needed=True)


def number(raw: str) -> str:
    """A telephone number as it is read and called, "" for none: digits, with hyphens at most."""
    plain = unicodedata.normalize("NFKC", raw).strip(form_texts.BLANKS)
    plain = re.sub(r"[ ()]", "", plain.replace("–", "-").replace("—", "-")).removeprefix("+86")
    if plain and not (_NUMBER.fullmatch(plain) or _FREE.fullmatch(plain)):
        raise Refused.because(N_("“%(phone)s” is not a telephone number."), phone=visible(raw)[:40])
    return plain


def count(raw: str) -> str:
    """A number of households or people, "" for none told by hand."""
    plain = unicodedata.normalize("NFKC", raw).strip()
    if plain and not re.fullmatch(r"[0-9]{1,6}", plain):
        raise Refused.because(N_("“%(text)s” is not a number."), text=visible(raw)[:40])
    return plain


def visible(raw: str) -> str:
    """The text with a mark for each character that is not seen, or turns others round."""
    if not form_texts.unwelcome(raw, lines=False):
        return raw
    return "".join(c if not form_texts.unwelcome(c, lines=False) else "\ufffd" for c in raw)
