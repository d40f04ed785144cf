"""A member's device without a screen: what another program sees of the server, by HTTP alone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import httpx

Json = dict[str, Any]


def new_id() -> str:
    return str(uuid.uuid4())


def rfc3339(moment: datetime | None = None) -> str:
    return (moment or datetime.now(UTC)).isoformat(timespec="milliseconds")


def change(kind: str, grid: str, fields: Json, *, record: str | None = None, **other: Any) -> Json:
    """One change as a phone would send it, made now unless `made_at` says otherwise."""
    return {
        "id": new_id(),
        "kind": kind,
        "record": record or new_id(),
        "base": None,
        "form": 1,
        "grid": grid,
        "made_at": rfc3339(),
        "fields": fields,
    } | other


class Device:
    """Enrols with a link and then speaks POST /sync."""

    def __init__(self, url: str, link: str) -> None:
        self.id = new_id()
        self.cursor: str | None = None
        self.epoch: str | None = None
        self._http = httpx.Client(base_url=url, headers={"Origin": url}, timeout=60)
        answer = self._http.post(link)
        assert answer.status_code == 303, (answer.status_code, answer.text)

    def close(self) -> None:
        self._http.close()

    def post(
        self, changes: list[Json], *, headers: dict[str, str] | None = None, **other: Any
    ) -> httpx.Response:
        """One POST /sync, whatever the server answers to it."""
        body = {
            "protocol": 1,
            "device": self.id,
            "sent_at": rfc3339(),
            "cursor": self.cursor,
            "epoch": self.epoch,
            "pending": 0,
            "changes": changes,
        } | other
        return self._http.post("/sync", json=body, headers=headers)

    def replay(self, body: Json) -> httpx.Response:
        """Send what another phone once sent, now, as this device, in its own place of history."""
        mine = {"device": self.id, "sent_at": rfc3339(), "cursor": self.cursor, "epoch": self.epoch}
        answer = self._http.post("/sync", json=body | mine)
        if answer.status_code == 200:
            self.cursor, self.epoch = answer.json()["cursor"], answer.json()["epoch"]
        return answer

    def sync(self, changes: list[Json]) -> Json:
        """One POST /sync that must succeed; remembers the cursor."""
        answer = self.post(changes)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        said: Json = answer.json()
        self.cursor, self.epoch = said["cursor"], said["epoch"]
        return said

    def everything(self) -> list[Json]:
        """All records that this device's owner may see, from the beginning."""
        self.cursor, found, more = None, [], True
        while more:
            said = self.sync([])
            found += said["records"]
            more = said["more"]
        return found
