"""Reading what a phone posts, within limits, before a word of it is believed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

PROTOCOL = 1
MOST_CHANGES = 200
MOST_BYTES = 1024 * 1024

_SHA_256 = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")


class Unreadable(ValueError):
    """The body is not an envelope. `code` says why; the phone halves its batch, or keeps it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooLarge(ValueError):
    """More than a message may hold; the phone halves its batch."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message. `changes` are unchecked; `sent_ms` is by the phone's clock, None if not told.

    device: what the phone's store calls itself, empty if that is no name.
    """

    device: str
    changes: list[object]
    cursor: str | None
    epoch: str | None
    pending: int
    sent_ms: int | None


def unpack(body: bytes, encoding: str, digest: str | None) -> bytes:
    """The content of a request body. Raises Unreadable, TooLarge.

    The digest is over the body as it travelled, so a body that was cut or emptied on its way is
    recognised before it is unpacked (RFC 9530).
    """
    if len(body) > MOST_BYTES:
        raise TooLarge
    if digest is not None and not _matches(body, digest):
        raise Unreadable("digest_mismatch")
    if encoding in {"", "identity"}:
        return body
    if encoding != "gzip":
        raise Unreadable("unknown_encoding")
    return _gunzip(body)


def read(content: bytes) -> Envelope:
    """Raises Unreadable, TooLarge."""
    said = _parse(content)
    if said.get("protocol") != PROTOCOL:
        raise Unreadable("unknown_protocol")
    device, changes = said.get("device"), said.get("changes")
    if not isinstance(device, str) or not isinstance(changes, list):
        raise Unreadable("unreadable")
    if len(changes) > MOST_CHANGES:
        raise TooLarge
    pending = said.get("pending")
    return Envelope(
        device[:36] if device.isascii() and device.isprintable() else "",
        changes,
        _text(said.get("cursor")),
        _text(said.get("epoch")),
        min(max(pending, 0), 10**6) if type(pending) is int else 0,
        _milliseconds(said.get("sent_at")),
    )


def _parse(content: bytes) -> Mapping[str, Any]:
    try:
        said = orjson.loads(content)
    except orjson.JSONDecodeError:
        said = _parse_tolerantly(content)
    if not isinstance(said, dict):
        raise Unreadable("unreadable")
    return said


def _parse_tolerantly(content: bytes) -> Any:
    """For bytes that are not UTF-8 and for lone surrogates.

    They become characters that no field accepts, so only the change they are in is held, and not
    the whole batch refused.
    """
    try:
        return json.loads(content.decode("utf-8", "surrogateescape"), parse_int=_whole)
    except (ValueError, RecursionError):
        raise Unreadable("unreadable") from None


def _whole(digits: str) -> int | float:
    """An integer as orjson reads it, so that both readers understand the same by the same bytes."""
    whole = int(digits) if len(digits) <= 20 else 2**64
    return whole if -(2**63) <= whole < 2**64 else float(digits)


def _gunzip(body: bytes) -> bytes:
    unzip = zlib.decompressobj(wbits=31)
    try:
        content = unzip.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        raise Unreadable("bad_gzip") from None
    if len(content) > MOST_BYTES or unzip.unconsumed_tail:
        raise TooLarge
    if not unzip.eof:
        raise Unreadable("bad_gzip")
    return content


def _matches(body: bytes, digest: str) -> bool:
    found = _SHA_256.search(digest)
    if not found:
        return True  # another algorithm, which RFC 9530 lets us ignore
    try:
        claimed = base64.b64decode(found[1], validate=True)
    except binascii.Error:
        return False
    return claimed == hashlib.sha256(body).digest()


def _text(value: object) -> str | None:
    """A bookmark of ours, or something that is none; only null means that there is none yet."""
    return None if value is None else value[:128] if isinstance(value, str) else ""


def _milliseconds(value: object) -> int | None:
    try:
        moment = datetime.fromisoformat(str(value))
        return int(moment.timestamp() * 1000) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
