"""A phone in a bench: Chromium on a server, and a watch that sees what is painted and when."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.phone import OwnPhone

# In every page, before the product's own code. `painted` is the time of the first frame that shows
# a household, in milliseconds since the page began to load; `tapped` is kept from page to page.
WATCH = """{
    const bench = globalThis.bench = {painted: null, events: []};
    new MutationObserver((_, watching) => {
        if (!document.querySelector("main [data-household]")) return;
        watching.disconnect();
        requestAnimationFrame(() => setTimeout(() => (bench.painted = performance.now())));
    }).observe(document, {childList: true, subtree: true});
    new PerformanceObserver((list) => {
        for (const {name, duration, interactionId, processingStart, processingEnd, startTime}
                of list.getEntries()) {
            if (interactionId) bench.events.push({
                name, duration, wait: processingStart - startTime,
                work: processingEnd - processingStart,
            });
        }
    }).observe({type: "event", durationThreshold: 16, buffered: true});
}"""


@contextmanager
def phone() -> Iterator[OwnPhone]:
    """A phone of its own, with the watch in every page."""
    with phones(1) as (own,):
        yield own


@contextmanager
def phones(count: int) -> Iterator[list[OwnPhone]]:
    """Several of them."""
    folder = Path(tempfile.mkdtemp(prefix="phone"))  # a short path: the browser's socket lies in it
    with sync_playwright() as playwright:
        owns = [OwnPhone(playwright, folder / str(number)) for number in range(count)]
        for own in owns:
            own.before_every_page(WATCH)
        try:
            yield owns
        finally:
            for own in owns:
                with suppress(ProcessLookupError):  # it may be off already
                    own.kill()
            shutil.rmtree(folder, ignore_errors=True)


def joins(own: OwnPhone, url: str, link: str) -> None:
    """Opens an invitation, accepts it, and waits until the phone can start without a network."""
    page = own.open(url + link)
    page.locator("main button").click()
    page.wait_for_url("**/phone/**")
    page.locator("main [data-household]").first.wait_for(timeout=60_000)
    page.evaluate("() => { location.hash = '#/ready' }")
    page.locator('#verdict[data-verdict="offline"]').wait_for(timeout=60_000)
    page.evaluate("() => { location.hash = '#/' }")
    page.locator('html[data-screen="today"]').wait_for(state="attached")


def when_painted(own: OwnPhone) -> float:
    """When the first household was painted, in milliseconds since the page began to load."""
    own.page.wait_for_timeout(1500)  # asking takes the page 20 ms each time, at six times slower
    while (painted := own.page.evaluate("() => bench.painted")) is None:
        own.page.wait_for_timeout(200)
    return float(painted)
