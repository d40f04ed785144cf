"""Phones and servers that are really apart: processes, sockets, and one that may be killed."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

from fieldapp.accounts.devices import COOKIE
from tests.syncing.smalltown import Json, Phone, SmallTown

PATIENCE_S = 30


class Answer:
    """What came back, with the names that Werkzeug's own answers have."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status_code = response.status
        self.headers = Headers(response.getheaders())
        self.data = response.read()

    @property
    def json(self) -> Json:
        answer: Json = json.loads(self.data)
        return answer


class FarPhone(Phone):
    """A phone that has joined, and speaks over a socket."""

    def __init__(self, near: Phone, url: str) -> None:
        super().__init__(near.client)
        cookie = near.client.get_cookie(COOKIE)
        assert cookie is not None
        self.cookie = f"{COOKIE}={cookie.value}"
        self.address = urlsplit(url).netloc

    def post(
        self, body: bytes, *, headers: Iterable[tuple[str, str]] = (), zipped: bool = False
    ) -> Answer:
        line = http.client.HTTPConnection(self.address, timeout=PATIENCE_S)
        try:
            said = {"Content-Type": "application/json", "Cookie": self.cookie} | dict(headers)
            line.request("POST", "/sync", body, said)
            return Answer(line.getresponse())
        finally:
            line.close()


def joined(town: SmallTown, number: str, url: str) -> FarPhone:
    return FarPhone(town.phone(number), url)
