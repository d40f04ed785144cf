"""Starting without a network: from opening the address to the first household on the screen.

The server is stopped and the browser is started anew before each start, and has come to rest, on a
phone whose processor is six times as slow as this machine's. An empty page is opened in turns with
the product.
"""

from __future__ import annotations

from bench.blank import blank
from bench.figures import Figure, median
from bench.paint import joins, phones, when_painted
from bench.product import product
from tests.browser.phone import OwnPhone

TURNS, SLOWDOWN = 7, 6


def measure() -> list[Figure]:
    with phones(3) as owns:
        ready = [
            _keeps_product(owns[0], households=0, people=0),
            _keeps_product(owns[1], households=950, people=3000),
            _keeps_empty_page(owns[2]),
        ]
        turns = [[_start(own, url) / 1000 for own, url in ready] for _ in range(TURNS)]
    few, many, empty = zip(*turns, strict=True)
    at = f"offline start at {SLOWDOWN}×"
    return [
        Figure(f"{at}, 120 households", median(few), "s", 0.6, note=_spread(few)),
        Figure(f"{at}, 950 households", median(many), "s", note=_spread(many)),
        Figure(f"{at} of an empty page", median(empty), "s", note=_spread(empty)),
    ]


def _spread(times_s: tuple[float, ...]) -> str:
    return f"{min(times_s):.2f} to {max(times_s):.2f}"


def _keeps_product(own: OwnPhone, *, households: int, people: int) -> tuple[OwnPhone, str]:
    with product(households=households, people=people) as server:
        url = server.url
        joins(own, url, server.leaders[0].links.pop())
    return _off(own), url + "/phone/"


def _keeps_empty_page(own: OwnPhone) -> tuple[OwnPhone, str]:
    with blank() as url:
        page = own.open(url)
        page.locator("html[data-kept]").wait_for(state="attached")
    return _off(own), url


def _off(own: OwnPhone) -> OwnPhone:
    """Switched off, so that it takes no time from the others."""
    own.page.wait_for_timeout(1000)
    own.kill()
    own.cpu_slowdown = SLOWDOWN
    return own


def _start(own: OwnPhone, url: str) -> float:
    own.boot()
    own.rests()
    own.open(url)
    painted = when_painted(own)
    own.kill()
    return painted
