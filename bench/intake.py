"""10,000 visits in batches of 50 from 8 phones, beside what the database alone can do.

The raw limit is `executemany` of the same 10,000 changes in batches of 50 with the same settings
into one table with the two keys nobody can do without: the id by which a repeated change is known,
and the grid by which a phone asks.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from contextlib import closing
from typing import Any

from bench.client import Client, visit
from bench.figures import Figure, median
from bench.product import Product, product
from fieldapp.database import PRAGMAS

PHONES, BATCH, RECORDS, TURNS = 8, 50, 10_000, 5

Batch = list[dict[str, Any]]


def measure() -> list[Figure]:
    raw, ours = [], []
    for _ in range(TURNS):
        with product() as server:
            batches = batches_for(server)
            raw.append(_raw(server, batches))
            ours.append(send_everything(server, batches))
    ratios = [mine / limit for mine, limit in zip(ours, raw, strict=True)]
    return [
        Figure("raw executemany, visits a second", median(raw), "1/s"),
        Figure("POST /sync, visits a second", median(ours), "1/s"),
        Figure("POST /sync ÷ raw, median of 5 pairs", median(ratios), "", 0.28, at_least=True,
               note=f"{min(ratios):.2f} to {max(ratios):.2f}"),
    ]  # fmt: skip


def batches_for(server: Product) -> list[list[Batch]]:
    """For each phone its batches, all in its own grid."""
    each = RECORDS // PHONES // BATCH
    return [
        [
            [visit(leader.grid, leader.homes[n % len(leader.homes)]) for n in range(BATCH)]
            for _ in range(each)
        ]
        for leader in server.leaders[:PHONES]
    ]


def _raw(server: Product, batches: list[list[Batch]]) -> float:
    with closing(sqlite3.connect(server.folder / "raw.sqlite", isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute("PRAGMA " + pragma)
        connection.execute(
            "CREATE TABLE visit (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, record TEXT, grid TEXT,"
            " made_at TEXT, fields TEXT)"
        )
        connection.execute("CREATE INDEX by_grid ON visit (grid, seq)")
        rows = [
            [
                (one["id"], one["record"], one["grid"], one["made_at"], json.dumps(one["fields"]))
                for one in batch
            ]
            for phone in batches
            for batch in phone
        ]
        insert = "INSERT INTO visit (id, record, grid, made_at, fields) VALUES (?, ?, ?, ?, ?)"
        started = time.perf_counter()
        for batch in rows:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(insert, batch)
            connection.execute("COMMIT")
        return RECORDS / (time.perf_counter() - started)


def send_everything(server: Product, batches: list[list[Batch]]) -> float:
    """How many visits a second were acknowledged."""
    clients = [Client(server.port, leader.token) for leader in server.leaders[:PHONES]]
    for client in clients:
        client.exchange()
    requests = [[json.dumps(batch).encode() for batch in phone] for phone in batches]
    begin = threading.Barrier(PHONES + 1)
    threads = [
        threading.Thread(target=_send_all, args=(client, some, begin))
        for client, some in zip(clients, requests, strict=True)
    ]
    for thread in threads:
        thread.start()
    begin.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    _check(server)
    return RECORDS / seconds


def _send_all(client: Client, requests: list[bytes], begin: threading.Barrier) -> None:
    begin.wait()
    for request in requests:
        answer = client.exchange(request)
        if answer.body.count(b'"accepted"') != BATCH:
            raise RuntimeError(answer.body[:500])


def _check(server: Product) -> None:
    """A figure for work that was not done would be worth nothing."""
    with closing(sqlite3.connect(server.database)) as connection:
        [(changes,)] = connection.execute("SELECT count(*) FROM change WHERE kind = 'visit'")
        [(rows,)] = connection.execute("SELECT count(*) FROM visit")
    if (changes, rows) != (RECORDS, RECORDS):
        raise RuntimeError(f"{changes} changes and {rows} visits instead of {RECORDS}")
