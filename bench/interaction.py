"""The worst interaction with 3,000 people on the phone, on a processor six times as slow.

Event Timing's duration: from the touch to the next frame that shows what came of it. Searching,
scrolling, opening a household, saving a visit; the worst of them counts, as in INP.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from bench.figures import Figure, median
from bench.paint import joins, phone, when_painted
from bench.product import product
from tests.browser.phone import OwnPhone

HOUSEHOLDS, PEOPLE = 950, 3000
TURNS, SLOWDOWN = 5, 6

Worst = dict[str, float]


def measure() -> list[Figure]:
    with phone() as own, product(households=HOUSEHOLDS, people=PEOPLE) as server:
        joins(own, server.url, server.leaders[0].links.pop())
        own.cpu_slowdown = SLOWDOWN
        turns = [_turn(own, server.url) for _ in range(TURNS)]
    worst = [max(turn.values()) for turn in turns]
    each = {name: median([turn[name] for turn in turns]) for name in turns[0]}
    return [
        *(Figure(f"{name} at {SLOWDOWN}×, worst", ms, "ms") for name, ms in each.items()),
        Figure(f"worst interaction at {SLOWDOWN}×, {PEOPLE} people", median(worst), "ms", 150,
               note=f"{min(worst):.0f} to {max(worst):.0f}"),
    ]  # fmt: skip


def _turn(own: OwnPhone, url: str) -> Worst:
    """The worst event of each thing that people do."""
    page = own.open(url + "/phone/")
    when_painted(own)
    page.locator('[data-sync="idle"]').wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    things: dict[str, Callable[[Page], None]] = {
        "opening the list": _open_list,
        "searching": _search,
        "scrolling": _scroll,
        "opening a household": _open_household,
        "saving a visit": _save,
    }
    found = {}
    for name, does in things.items():
        page.evaluate("() => { bench.events.length = 0 }")
        does(page)
        page.wait_for_timeout(1000)
        # An event below 16 ms is not told at all.
        durations: list[float] = page.evaluate("() => bench.events.map((one) => one.duration)")
        found[name] = max(durations, default=16.0)
    return found


def _open_list(page: Page) -> None:
    page.locator('[data-place="households"]').click()
    page.locator('html[data-screen="households"]').wait_for(state="attached")


def _search(page: Page) -> None:
    page.locator("#search").click()
    page.keyboard.type("12", delay=250)
    page.keyboard.press("Backspace", delay=50)
    page.keyboard.press("Backspace", delay=50)
    page.keyboard.type("王", delay=250)
    page.keyboard.press("Backspace", delay=50)


def _scroll(page: Page) -> None:
    page.mouse.move(180, 300)
    for _ in range(10):
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(100)
    more = page.locator('[data-action="more"]')
    more.scroll_into_view_if_needed()
    more.click()


def _open_household(page: Page) -> None:
    page.locator("main [data-household]").nth(40).click()
    page.locator('html[data-screen="household"]').wait_for(state="attached")


def _save(page: Page) -> None:
    again = page.locator('[data-action="again"]')
    if again.is_visible():
        again.click()
    page.locator('[data-action="fine"]').click()
    page.locator("main [data-saved]").wait_for()
