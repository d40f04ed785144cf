"""10,000 visits in batches of 50 from 8 phones, beside what the database alone can do.

The raw limit is `executemany` of the same 10,000 changes in batches of 50 with the same settings
into one table with the two keys nobody can do without: the id by which a repeated change is known,
and the grid by which a phone asks. It is empty at first, while behind ours lies a whole town, so
two more figures stand beside it: the same with the town's rows in that table, and how far our own
three tables would go if nothing but their statements had to be executed.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.bare import bare_server
from bench.client import Client, visit
from bench.figures import Figure, median
from bench.product import Product, product
from bench.raw import INSERT, connect, lay_out, row
from fieldapp.ledger.keys import INDEX, MOST_LATE

PHONES, BATCH, RECORDS, TURNS = 8, 50, 10_000, 5

# The tables a visit is written to, and which of their rows these visits are.
OURS = {
    "change": "WHERE kind = 'visit' ORDER BY seq",
    "record": "WHERE kind = 'visit' ORDER BY number",
    "visit": "ORDER BY number",
}

Batch = list[dict[str, Any]]


def measure() -> list[Figure]:
    raw, behind, bare, alone, ours = [], [], [], [], []
    for _ in range(TURNS):
        with product() as server:
            batches = batches_for(server)
            before = _copy(server)
            raw.append(_raw(server, batches))
            behind.append(_raw(server, batches, town=True))
            bare.append(_bare(server, batches))
            ours.append(send_everything(server, batches))
            alone.append(_our_statements(server, before))
    ratios = _ratios(ours, raw)
    return [
        Figure("raw executemany, visits a second", median(raw), "1/s"),
        Figure("POST /sync, visits a second", median(ours), "1/s"),
        Figure("POST /sync ÷ raw, median of 5 pairs", median(ratios), "", 0.28, at_least=True,
               note=f"{min(ratios):.2f} to {max(ratios):.2f}"),
        Figure("raw executemany behind the town's rows, visits a second", median(behind), "1/s"),
        Figure("POST /sync ÷ raw behind the town's rows", median(_ratios(ours, behind)), ""),
        Figure("a bare web server without any check, visits a second", median(bare), "1/s"),
        Figure("a bare web server ÷ raw", median(_ratios(bare, raw)), ""),
        Figure("POST /sync ÷ a bare web server", median(_ratios(ours, bare)), ""),
        Figure("our tables' statements and nothing else, visits a second", median(alone), "1/s"),
        Figure("our tables' statements ÷ raw", median(_ratios(alone, raw)), ""),
    ]  # fmt: skip


def _ratios(these: Sequence[float], limits: Sequence[float]) -> list[float]:
    return [one / limit for one, limit in zip(these, limits, strict=True)]


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


def _raw(server: Product, batches: list[list[Batch]], *, town: bool = False) -> float:
    name = "behind.sqlite" if town else "raw.sqlite"
    with closing(connect(server.folder / name)) as connection:
        lay_out(connection)
        if town:
            connection.execute("ATTACH ? AS town", (str(server.database),))
            connection.execute(
                "INSERT INTO visit SELECT seq, id, record, place, made_at, fields FROM town.change"
            )
        rows = [[row(one) for one in batch] for phone in batches for batch in phone]
        started = time.perf_counter()
        for batch in rows:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INSERT, batch)
            connection.execute("COMMIT")
        return RECORDS / (time.perf_counter() - started)


def _bare(server: Product, batches: list[list[Batch]]) -> float:
    with bare_server(server.folder / "bare.sqlite") as port:
        clients = [Client(port, "nobody's") for _ in batches]
        return _sent(clients, batches)


def _copy(server: Product) -> Path:
    """The database as it is now, for somebody else to write into."""
    path = server.folder / "alone.sqlite"
    with closing(connect(server.database)) as source, closing(connect(path)) as target:
        source.backup(target)
    return path


def _our_statements(server: Product, before: Path) -> float:
    """What the server has written, written once more into what it was written to, row by row."""
    with closing(connect(before)) as connection:
        connection.execute("ATTACH ? AS done", (str(server.database),))
        rows = {
            table: connection.execute(f"SELECT * FROM done.{table} {which}").fetchall()
            for table, which in OURS.items()
        }
        inserts = {
            table: f"INSERT INTO main.{table} VALUES ({', '.join('?' * len(some[0]))})"
            for table, some in rows.items()
        }
        connection.execute("DETACH done")
        [(indexed,)] = connection.execute("SELECT indexed FROM ledger")
        started = time.perf_counter()
        for start in range(0, RECORDS, BATCH):
            connection.execute("BEGIN IMMEDIATE")
            for table, insert in inserts.items():
                connection.executemany(insert, rows[table][start : start + BATCH])
            head = rows["change"][start + BATCH - 1][0]
            if head - indexed >= MOST_LATE:
                for statement in INDEX:
                    connection.execute(statement, (indexed,))
                indexed = head
            connection.execute("UPDATE ledger SET head = ?, indexed = ?", (head, indexed))
            connection.execute("COMMIT")
        return RECORDS / (time.perf_counter() - started)


def send_everything(server: Product, batches: list[list[Batch]]) -> float:
    """How many visits a second were acknowledged."""
    clients = [Client(server.port, leader.token) for leader in server.leaders[:PHONES]]
    for client in clients:
        client.exchange()
    per_second = _sent(clients, batches)
    _check(server)
    return per_second


def _sent(clients: list[Client], batches: list[list[Batch]]) -> float:
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
    for client in clients:
        client.close()
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
