"""A board's people as contacts for a telephone: vCard 3.0 (RFC 2426), in UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fieldapp.boards.checks import visible

FOLD_AT = 75  # bytes of a line


class Contact:
    """One entry of the telephone's book. notes: sentences; empty ones are left out."""

    def __init__(
        self, name: str, phone: str, *, org: str = "", title: str = "", notes: tuple[str, ...] = ()
    ):
        self.name, self.phone, self.org, self.title = name, phone, org, title
        self.note = " · ".join(filter(None, notes))

    def lines(self) -> Iterator[str]:
        """The properties, each still in one line."""
        yield "BEGIN:VCARD"
        yield "VERSION:3.0"
        yield f"N:{escaped(self.name)};;;;"
        yield f"FN:{escaped(self.name)}"
        for key, value in (("ORG", self.org), ("TITLE", self.title), ("NOTE", self.note)):
            if value:
                yield f"{key}:{escaped(value)}"
        yield f"TEL;TYPE=VOICE:{escaped(self.phone)}"
        yield "END:VCARD"


def vcards(contacts: Iterable[Contact]) -> bytes:
    """A file of them; one without a number is left out."""
    lines = (line for one in contacts if one.phone for line in one.lines())
    return b"".join(_folded(line) for line in lines)


def escaped(text: str) -> str:
    """The text as the value of a property: nothing in it begins another."""
    plain = visible(" ".join(text.split()))
    for special in "\\;,":
        plain = plain.replace(special, f"\\{special}")
    return plain


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, none of which cuts a character in two."""
    found, piece = b"", b""
    for one in line:
        raw = one.encode()
        if len(piece) + len(raw) > FOLD_AT:
            found += piece + b"\r\n"
            piece = b" "
        piece += raw
    return found + piece + b"\r\n"
