"""The third day without a network, with 1,000 records on the phone that have not been sent.

From the touch to the frame that shows what came of it, on a processor four times as slow as this
machine's: opening the list of doors, today's list and the outbox, and saving a visit.
"""

from __future__ import annotations

from playwright.sync_api import Page

from bench.figures import Figure, median, percentile
from bench.paint import joins, phone, when_painted
from bench.product import product
from bench.save import FILL, doors_of, save_visit

RECORDS, TURNS, SLOWDOWN = 1000, 40, 4
SCREENS = {"households": "the list of doors", "outbox": "the outbox", "today": "today"}

# Times each touch by the clock of the page, up to the frame after the screen has changed.
TIMES = """() => {
    const times = bench.times = [];
    let touched = null;
    addEventListener("pointerup", (event) => (touched = event.timeStamp), true);
    new MutationObserver(() => {
        if (touched === null) return;
        const from = touched;
        touched = null;
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from)));
    }).observe(document.querySelector("#main"), {childList: true});
}"""


def measure() -> list[Figure]:
    with phone() as own:
        with product() as server:
            url = server.url
            joins(own, url, server.leaders[0].links.pop())
        page = own.open(url + "/phone/")
        doors = doors_of(page)
        save_visit(page, doors.pop())
        waiting = page.evaluate(FILL, {"count": RECORDS, "doors": doors})
        own.cpu_slowdown = SLOWDOWN
        page = own.open(url + "/phone/")
        when_painted(own)
        page.wait_for_timeout(2000)
        page.evaluate(TIMES)
        opening = [_opens_each(page) for _ in range(TURNS)]
        saving = [_saves(page, door) for door in doors[:TURNS]]
    if waiting != RECORDS:
        raise RuntimeError(f"{waiting} records are waiting")
    found = {words: [turn[screen] for turn in opening] for screen, words in SCREENS.items()}
    found["saving a visit"] = saving
    return [
        Figure(f"{words} at {SLOWDOWN}×, {RECORDS} unsent, p95", percentile(times, 0.95), "ms", 100,
               note=f"p50 {median(times):.0f}, {TURNS} turns")
        for words, times in found.items()
    ]  # fmt: skip


def _opens_each(page: Page) -> dict[str, float]:
    return {screen: _timed(page, f'[data-place="{screen}"]') for screen in SCREENS}


def _saves(page: Page, door: str) -> float:
    page.evaluate("door => { location.hash = '#/household/' + door }", door)
    page.locator(f'main a[href="#/visit/{door}"]').wait_for()
    page.locator("#main:not([data-resting])").wait_for()
    page.wait_for_timeout(200)
    return _timed(page, 'main [data-action="fine"], main [data-action="again"]')


def _timed(page: Page, button: str) -> float:
    """Milliseconds from the touch on a button to the frame that answers it."""
    page.evaluate("() => { bench.times.length = 0 }")
    page.locator(button).first.click()
    page.wait_for_function("() => bench.times.length > 0")
    page.wait_for_timeout(200)
    return float(page.evaluate("() => bench.times[0]"))
