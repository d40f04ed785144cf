"""What the length of the history costs: the same questions with 10,000 to 1,000,000 changes behind.

Three servers stand side by side, and each round asks all three, so that whatever else the machine
does is in all figures alike.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack

from bench.client import Client, visit
from bench.figures import Figure, median
from bench.past import give_past
from bench.product import Product, product
from bench.pull import pull_cpu
from bench.single import post_visit

SIZES = (10_000, 100_000, 1_000_000)
MOST_GROWTH = 1.3
ROUNDS, PULLS, NOTHINGS, SINGLES, BATCHES, BATCH = 7, 15, 30, 30, 6, 50

Ask = Callable[[Product, Client], float]


def measure() -> list[Figure]:
    figures = []
    with ExitStack() as open_now:
        started = time.monotonic()
        servers = [open_now.enter_context(product(households=120, people=380)) for _ in SIZES]
        for server, size in zip(servers, SIZES, strict=True):
            with server.stopped():
                give_past(server.database, size, server.leaders[0].grid)
        seconds = time.monotonic() - started
        figures.append(Figure("writing the three pasts", seconds, "s", 180))
        servers[0].flask("check-integrity")
        clients = [Client(server.port, server.leaders[0].token) for server in servers]
        for name, unit, ask in QUESTIONS:
            for server, client in zip(servers, clients, strict=True):
                ask(server, client)
            rounds = [
                [ask(server, client) for server, client in zip(servers, clients, strict=True)]
                for _ in range(ROUNDS)
            ]
            figures += _figures(name, unit, rounds)
    return figures


def _figures(name: str, unit: str, rounds: list[list[float]]) -> list[Figure]:
    figures = [
        Figure(f"{name}, {size:,} changes", median(column), unit)
        for size, column in zip(SIZES, zip(*rounds, strict=True), strict=True)
    ]
    growth = [largest / smallest for smallest, *_, largest in rounds]
    note = f"{min(growth):.2f} to {max(growth):.2f}"
    most = f"{name}, 1,000,000 ÷ 10,000"
    return [*figures, Figure(most, median(growth), "", MOST_GROWTH, note=note)]


def _pull(server: Product, client: Client) -> float:
    return pull_cpu(server, client, PULLS)


def _nothing(_server: Product, client: Client) -> float:
    return median([_timed(client, b"[]") for _ in range(NOTHINGS)])


def _single(server: Product, client: Client) -> float:
    leader = server.leaders[0]
    return median([post_visit(client, leader.grid, leader.homes[n]) for n in range(SINGLES)])


def _batch(server: Product, client: Client) -> float:
    leader = server.leaders[0]
    batches = [
        json.dumps([visit(leader.grid, leader.homes[n]) for n in range(BATCH)]).encode()
        for _ in range(BATCHES)
    ]
    return median([_timed(client, batch) for batch in batches])


def _timed(client: Client, changes: bytes) -> float:
    started = time.perf_counter()
    answer = client.exchange(changes)
    seconds = time.perf_counter() - started
    if b'"held"' in answer.body:
        raise RuntimeError(answer.body[:500])
    return seconds * 1000


# Reading first: what the later ones write is new to a phone that pulls.
QUESTIONS: tuple[tuple[str, str, Ask], ...] = (
    ("fresh pull, server CPU", "ms", _pull),
    ("sync with nothing new", "ms", _nothing),
    ("one record", "ms", _single),
    ("a batch of 50", "ms", _batch),
)
