"""One record a request, one request after the other, as when a member saves at the door.

The raw limit is one INSERT and one synced commit of the same database in the same folder.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing

from bench.client import Client, visit
from bench.figures import Figure, median, percentile
from bench.product import Product, product
from fieldapp.database import PRAGMAS

TURNS, EACH, WARM = 5, 100, 50


def measure() -> list[Figure]:
    raw, ours = [], []
    with product() as server:
        _ours(server, WARM)
        for _ in range(TURNS):
            raw.append(_raw(server, EACH))
            ours.append(_ours(server, EACH))
    slow = [percentile(turn, 0.95) for turn in ours]
    p50 = [median(turn) for turn in ours]
    raw_p50 = [median(turn) for turn in raw]
    ratios = [mine / limit for mine, limit in zip(p50, raw_p50, strict=True)]
    return [
        Figure("raw synced INSERT, p50", median(raw_p50), "ms"),
        Figure("POST /sync with one record, p50", median(p50), "ms", 2.5,
               note=f"{min(p50):.2f} to {max(p50):.2f}"),
        Figure("POST /sync with one record, p95", median(slow), "ms"),
        Figure("POST /sync ÷ raw, p50", median(ratios), ""),
    ]  # fmt: skip


def _ours(server: Product, count: int) -> list[float]:
    """Milliseconds of each of `count` requests with one visit."""
    leader = server.leaders[0]
    client = Client(server.port, leader.token)
    client.exchange()
    return [post_visit(client, leader.grid, leader.homes[n % 100]) for n in range(count)]


def post_visit(client: Client, grid: str, household: str) -> float:
    """Milliseconds from the request to its acknowledgement, which must be there."""
    change = json.dumps([visit(grid, household)]).encode()
    started = time.perf_counter()
    answer = client.exchange(change)
    seconds = time.perf_counter() - started
    if b'"accepted"' not in answer.body:
        raise RuntimeError(answer.body[:500])
    return seconds * 1000


def _raw(server: Product, count: int) -> list[float]:
    leader = server.leaders[0]
    visits = [json.dumps(visit(leader.grid, leader.homes[n % 100])) for n in range(count)]
    with closing(sqlite3.connect(server.folder / "raw.sqlite", isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute("PRAGMA " + pragma)
        connection.execute("CREATE TABLE IF NOT EXISTS visit (seq INTEGER PRIMARY KEY, fields)")
        return [_insert(connection, one) for one in visits]


def _insert(connection: sqlite3.Connection, text: str) -> float:
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO visit (fields) VALUES (?)", (text,))
    connection.execute("COMMIT")
    return (time.perf_counter() - started) * 1000
