"""The first load over a weak link: from the tap on the invitation's button to the list of doors.

400 kbit/s, shared by all connections, and 400 ms for each trip there and back, that of connecting
included; in front of the real server; no cache, no worker, a browser that has never been here.
"""

from __future__ import annotations

import socket
import time

from bench.figures import Figure, median
from bench.paint import WATCH, phone
from bench.product import Product, product
from tests.browser.messages import Exchange
from tests.browser.phone import OwnPhone, Phone
from tests.browser.wire import Wire

KBIT_S, DELAY_MS, TURNS = 400, 400, 5

# The tap is noted on the invitation's page, in the browser's storage, and read on the phone's page.
TAP = """addEventListener("click", () => {
    if (location.pathname.startsWith("/join/")) localStorage.tapped = Date.now();
}, true);"""
NEEDED = "() => performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)"
SINCE_TAP = "() => performance.timeOrigin + bench.painted - Number(localStorage.tapped)"


class Link(Wire):
    """The weak link, on which a new connection costs a trip of its own, as TCP's does."""

    def _serve(self, line: socket.socket) -> None:
        time.sleep(DELAY_MS / 1000)
        super()._serve(line)


def measure() -> list[Figure]:
    with phone() as own, product() as server:
        turns = [_turn(own, server) for _ in range(TURNS)]
    seconds, shells, rosters = zip(*turns, strict=True)
    return [
        Figure("tap to a usable list", median(seconds), "s", 6,
               note=f"{min(seconds):.1f} to {max(seconds):.1f}; {KBIT_S} kbit/s, {DELAY_MS} ms"),
        Figure("shell, bytes on the wire", median(shells), "bytes", 45_000),
        Figure("roster of 120 households and 380 people", median(rosters), "bytes", 25_000),
    ]  # fmt: skip


def _turn(own: OwnPhone, server: Product) -> tuple[float, int, int]:
    """Seconds, bytes of the shell, bytes of the roster."""
    browser = own.context.browser
    assert browser is not None
    fresh = Phone(browser.new_context())
    fresh.before_every_page(WATCH)
    fresh.before_every_page(TAP)
    wire = Link(server.port)
    wire.slow(kbit_s=KBIT_S, delay_ms=DELAY_MS)
    try:
        page = fresh.open(wire.url + server.leaders[0].links.pop())
        page.locator("main button").wait_for()
        wire.wait_until_quiet(1)
        wire.forget()
        page.locator("main button").click()
        page.wait_for_url("**/phone/**", timeout=60_000)
        page.locator("main [data-household]").first.wait_for(timeout=60_000)
        page.wait_for_timeout(300)
        seconds = page.evaluate(SINCE_TAP) / 1000
        needed = page.evaluate(NEEDED)
        wire.wait_until_quiet(1)
        first_load = list(wire.diary)
    finally:
        fresh.context.close()
        wire.close()
    roster = sum(one.size for one in first_load if one.request.path == "/sync")
    return seconds, _shell_bytes(first_load, needed), roster


def _shell_bytes(first_load: list[Exchange], needed: list[str]) -> int:
    """The page and what it asked for itself; what the worker keeps for later is not in the way."""
    shell = {
        one.request.path: one.size
        for one in first_load
        if one.request.path == "/phone/"
        or (one.request.path.startswith("/static/") and one.request.path in needed)
        if "more" not in one.request.path  # the second pack is asked for when the list is there
    }
    if len(shell) < 4:
        raise RuntimeError(f"the shell is more than {list(shell)}")
    return sum(shell.values())
