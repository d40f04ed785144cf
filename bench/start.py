"""Starting without a network: from opening the address to the first household on the screen.

The server is stopped and the browser is started anew before each start, on a phone whose processor
is six times as slow as this machine's.
"""

from __future__ import annotations

from bench.figures import Figure, median
from bench.paint import joins, phone, when_painted
from bench.product import product
from tests.browser.phone import OwnPhone

TURNS, SLOWDOWN = 7, 6


def measure() -> list[Figure]:
    few = _starts(households=0, people=0)
    many = _starts(households=950, people=3000)
    return [
        Figure(f"offline start at {SLOWDOWN}×, 120 households", median(few) / 1000, "s", 0.6,
               note=f"{min(few) / 1000:.2f} to {max(few) / 1000:.2f}"),
        Figure(f"offline start at {SLOWDOWN}×, 950 households", median(many) / 1000, "s"),
    ]  # fmt: skip


def _starts(*, households: int, people: int) -> list[float]:
    with phone() as own:
        with product(households=households, people=people) as server:
            url = server.url
            joins(own, url, server.leaders[0].links.pop())
        own.cpu_slowdown = SLOWDOWN
        return [_start(own, url) for _ in range(TURNS)]


def _start(own: OwnPhone, url: str) -> float:
    own.reboot()
    own.open(url + "/phone/")
    return when_painted(own)
