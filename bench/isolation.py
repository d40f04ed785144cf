"""The office's pages about home isolation with 1,022 people in it, as many as the town ever had.

Every one of them missed yesterday's morning, so that the list of missed checks is as long as it
can become.
"""

from __future__ import annotations

import time

import httpx

from bench.figures import Figure, median
from bench.product import product, run
from tests.browser.smalltown import CLERK, PASSWORD

TURNS = 5
PAGES = {
    "villages": "",
    "missed checks": "missed?day=yesterday",
    "everybody present": "cases/",
    "the same reading ten times": "cases/?show=same",
}


def measure() -> list[Figure]:
    with product() as server:
        with server.stopped():
            run(server.folder, "-m", "bench.isolated")
        with httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=60) as clerk:
            login = {"name": CLERK, "password": PASSWORD}
            if clerk.post("/accounts/login", data=login).status_code != 303:
                raise RuntimeError("the clerk cannot log in")
            return [_page(clerk, name, address) for name, address in PAGES.items()]


def _page(clerk: httpx.Client, name: str, address: str) -> Figure:
    turns = []
    for _ in range(TURNS):
        started = time.perf_counter()
        answer = clerk.get(f"/township/isolation/{address}")
        turns.append(time.perf_counter() - started)
        answer.raise_for_status()
    size = f"{len(answer.content) / 1000:,.0f} KB, {min(turns):.2f} to {max(turns):.2f} s"
    return Figure(f"1,022 cases: {name}", median(turns), "s", 1.0, note=size)
