"""A phone's side of POST /sync that costs next to nothing, so that the server is measured."""

from __future__ import annotations

import gzip
import json
import re
import socket
import uuid
from datetime import UTC, datetime
from typing import Any, NamedTuple

_CURSOR = re.compile(rb'"cursor":"([^"]+)"')


class Answer(NamedTuple):
    """An HTTP answer; `wire_bytes` counts its head too."""

    status: int
    wire_bytes: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One connection that stays open, one device's cookie."""

    def __init__(self, port: int, token: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._token = token
        self._device = str(uuid.uuid4())
        self.cursor: str | None = None
        self.epoch: str | None = None

    def close(self) -> None:
        self._socket.close()

    def exchange(self, changes: bytes = b"[]") -> Answer:
        """One POST /sync with changes that are JSON already; remembers the cursor."""
        envelope = {
            "protocol": 1,
            "device": self._device,
            "sent_at": now(),
            "cursor": self.cursor,
            "epoch": self.epoch,
            "pending": 0,
        }
        body = json.dumps(envelope).encode()[:-1] + b',"changes":' + changes + b"}"
        head = (
            f"POST /sync HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: device={self._token}\r\n"
            "Accept-Encoding: gzip\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        answer = self._send(head.encode() + body)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {answer.body[:500]!r}")
        self.cursor = _CURSOR.search(answer.body)[1].decode()  # type: ignore[index]  # in every answer
        return answer

    def _send(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive()
        head = data[:end].decode("latin-1").lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        while len(data) < end + 4 + length:
            data += self._receive()
        body = data[end + 4 :]
        if "content-encoding: gzip" in head:
            body = gzip.decompress(body)
        return Answer(int(head.split(" ")[1]), len(data), body)

    def _receive(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


def visit(grid: str, household: str) -> dict[str, Any]:
    """A visit with nothing to report."""
    return {
        "id": str(uuid.uuid4()),
        "kind": "visit",
        "record": str(uuid.uuid4()),
        "base": None,
        "form": 1,
        "grid": grid,
        "made_at": now(),
        "fields": {
            "hh": household,
            "mode": "indoors",
            "result": "normal",
            "asked_q1": False,
            "asked_q2": False,
        },
    }


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
