"""A fresh phone asks for its grid: 120 households and 380 people, six of them in isolation with
their checks; then it asks for news."""

from __future__ import annotations

from collections import Counter

from bench.client import Answer, Client
from bench.figures import Figure, median
from bench.product import Product, product

HOUSEHOLDS, PEOPLE = 120, 380
TURNS, EACH = 5, 40


def measure() -> list[Figure]:
    with product() as server:
        client = Client(server.port, server.leaders[0].token)
        whole, requests = _first_pull(client)
        nothing = client.exchange()
        if nothing.json()["records"] or nothing.json()["more"]:
            raise RuntimeError(nothing.body[:500])
        pull_cpu(server, client, EACH)
        cpu = [pull_cpu(server, client, EACH) for _ in range(TURNS)]
    return [
        Figure("fresh pull of 120 households and 380 people, requests", requests, "", 1),
        Figure("fresh pull, bytes on the wire", whole.wire_bytes, "bytes", 25_000),
        Figure("fresh pull, server CPU", median(cpu), "ms", 4, note=f"{TURNS} × {EACH} pulls"),
        Figure("sync with nothing new, requests", 1, "", 1),
        Figure("sync with nothing new, answer with its head", nothing.wire_bytes, "bytes", 600),
    ]


def pull_cpu(server: Product, client: Client, count: int) -> float:
    """Milliseconds of the server's processor time for each of `count` pulls from the beginning."""
    before = server.cpu_s()
    for _ in range(count):
        client.cursor = None
        client.exchange()
    return (server.cpu_s() - before) * 1000 / count


def _first_pull(client: Client) -> tuple[Answer, int]:
    """The first answer, and how many it took until there was no more."""
    first = client.exchange()
    said, requests = first.json(), 1
    kinds = Counter(row["kind"] for row in said["records"])
    while said["more"]:
        said, requests = client.exchange().json(), requests + 1
        kinds.update(row["kind"] for row in said["records"])
    if (kinds["household"], kinds["person"]) != (HOUSEHOLDS, PEOPLE):
        raise RuntimeError(f"not the grid that was asked for: {kinds}")
    return first, requests
