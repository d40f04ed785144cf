"""What goes over the wire: requests as they came, answers as they go, and both as a pair."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Request:
    """One request as it came from the phone."""

    method: str
    path: str
    headers: Headers
    body: bytes
    size: int  # bytes on the wire, head included

    @property
    def text(self) -> str:
        return unpacked(self.headers, self.body).decode()

    @property
    def json(self) -> Json:
        found: Json = json.loads(self.text)
        return found


@dataclass(frozen=True)
class Answer:
    """One answer as the phone gets it, or None in its place if the phone got none."""

    status: int
    headers: Headers
    body: bytes

    def raw(self) -> bytes:
        head = [f"HTTP/1.1 {self.status} {http.client.responses.get(self.status, '')}"]
        dropped = {"connection", "transfer-encoding", "content-length", "keep-alive"}
        head += [f"{name}: {value}" for name, value in self.headers if name.lower() not in dropped]
        if self.status not in (204, 304):
            head.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*head, "", ""]).encode("latin-1") + self.body

    @property
    def json(self) -> Json:
        found: Json = json.loads(unpacked(self.headers, self.body))
        return found


@dataclass
class Exchange:
    """One line of the diary."""

    request: Request
    answer: Answer | None = None  # what the phone received
    served: Answer | None = None  # what the server said, whether or not the phone received it
    size: int = 0  # bytes of the answer on the wire


def unpacked(headers: Headers, body: bytes) -> bytes:
    """The body as it was before it was compressed."""
    names: Mapping[str, str] = {name.lower(): value for name, value in headers}
    return gzip.decompress(body) if names.get("content-encoding") == "gzip" else body


def requests(incoming: Any) -> Iterator[Request]:
    """Every whole request of a connection, until it ends."""
    while first := incoming.readline(65536):
        raw = [first]
        while (raw_line := incoming.readline(65536)) not in (b"\r\n", b""):
            raw.append(raw_line)
        method, path, _ = first.decode("latin-1").split(" ", 2)
        pairs = [one.decode("latin-1").rstrip("\r\n").partition(": ") for one in raw[1:]]
        headers = [(name, value) for name, _, value in pairs]
        length = next((int(v) for n, v in headers if n.lower() == "content-length"), 0)
        body = incoming.read(length)
        if len(body) < length:
            return  # cut in the middle: the server never sees it
        yield Request(method, path, headers, body, sum(map(len, raw)) + 2 + length)
