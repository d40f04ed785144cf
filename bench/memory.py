"""What all processes of the server hold in memory after a day's work.

10,000 visits in batches of 50 from 8 phones, every leader's phone from the beginning, and all pages
of the township.
"""

from __future__ import annotations

import httpx

from bench.client import Client
from bench.figures import Figure
from bench.intake import batches_for, send_everything
from bench.product import Product, product
from tests.browser.smalltown import CLERK, PASSWORD

PAGES = ("", "figures", "visits/", "held/", "conflicts/", "people/", "losses/")
TURNS = 5


def measure() -> list[Figure]:
    with product() as server:
        at_start = sum(server.memory_mb().values())
        send_everything(server, batches_for(server))
        _pull_everything(server)
        _look_at_everything(server)
        after = server.memory_mb()
    return [
        Figure("all processes right after the start", at_start, "MB"),
        *(Figure(name, megabytes, "MB") for name, megabytes in after.items()),
        Figure("all processes after a day's work", sum(after.values()), "MB", 150),
    ]


def _pull_everything(server: Product) -> None:
    for leader in server.leaders:
        client = Client(server.port, leader.token)
        while client.exchange().json()["more"]:
            pass
        client.close()


def _look_at_everything(server: Product) -> None:
    origin = {"Origin": server.url}
    with httpx.Client(base_url=server.url, headers=origin, timeout=60) as clerk:
        login = {"name": CLERK, "password": PASSWORD}
        answer = clerk.post("/accounts/login", data=login)
        if answer.status_code != 303:
            raise RuntimeError(f"the clerk's login was answered {answer.status_code}")
        for _ in range(TURNS):
            for page in PAGES:
                clerk.get(f"/township/{page}").raise_for_status()
