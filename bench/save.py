"""From the tap on 平安无事 to "saved" on the screen, offline, with 1,000 records waiting.

The processor is four times as slow as this machine's. The time ends with the frame that shows the
word, which comes only after the browser says that the record is on the disk.
"""

from __future__ import annotations

from playwright.sync_api import Page

from bench.figures import Figure, median, percentile
from bench.paint import joins, phone, when_painted
from bench.product import product

WAITING, SAVES, SLOWDOWN = 1000, 100, 4
ROWS = 30  # that the list of doors shows at once

# As if a thousand visits had been saved in the days before: the one that is there, under new ids.
FILL = """async (count) => {
    const names = (await indexedDB.databases()).map((one) => one.name);
    const name = names.find((one) => /^fieldapp-(?!probe)/.test(one));
    const done = (asked) => new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
    const homes = [...document.querySelectorAll("main [data-household]")];
    const db = await done(indexedDB.open(name));
    const store = db.transaction("outbox", "readwrite").objectStore("outbox");
    const [{seq, ...saved}] = await done(store.getAll());
    for (let n = 1; n < count; n += 1) {
        const hh = homes[n % homes.length].dataset.household;
        const [id, record] = [crypto.randomUUID(), crypto.randomUUID()];
        const made_at = new Date(Date.now() - (1 + n % 3) * 86400e3).toISOString();
        const fields = {...saved.fields, hh, occurred_at: made_at};
        store.put({...saved, id, record, made_at, fields});
    }
    const waiting = await done(store.count());
    db.close();
    return waiting;
}"""

# Times both events by the clock of the page: the touch itself, and the frame after the word.
TIMES = """() => {
    const times = bench.times = [];
    let tapped = null;
    addEventListener("pointerup", (event) => {
        if (event.target.closest('[data-action="fine"]')) tapped = event.timeStamp;
    }, true);
    new MutationObserver(() => {
        if (tapped === null || !document.querySelector("main [data-saved]")) return;
        const [from, told] = [tapped, performance.now()];
        tapped = null;
        requestAnimationFrame(() => setTimeout(() => times.push([
            told - from, performance.now() - from,
        ])));
    }).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""


def measure() -> list[Figure]:
    with phone() as own:
        with product() as server:
            url = server.url
            joins(own, url, server.leaders[0].links.pop())
        page = own.open(url + "/phone/")
        _save(page, 0)
        page.evaluate("() => { location.hash = '#/' }")
        page.locator('html[data-screen="today"]').wait_for(state="attached")
        waiting = page.evaluate(FILL, WAITING)
        own.cpu_slowdown = SLOWDOWN
        page = own.open(url + "/phone/")
        when_painted(own)
        page.evaluate(TIMES)
        for number in range(SAVES):
            _save(page, number)
        told, shown = zip(*page.evaluate("() => bench.times"), strict=True)
    if (waiting, len(told)) != (WAITING, SAVES):
        raise RuntimeError(f"{len(told)} saves with {waiting} records waiting")
    return [
        Figure(f"tap to saved at {SLOWDOWN}×, {WAITING} waiting, p50", median(shown), "ms"),
        Figure(f"tap to saved at {SLOWDOWN}×, {WAITING} waiting, p95", percentile(shown, 0.95),
               "ms", 50, note=f"{SAVES} saves; without the frame {percentile(told, 0.95):.0f}"),
    ]  # fmt: skip


def _save(page: Page, number: int) -> None:
    """One visit in the way of a member: the next door, and one tap."""
    page.evaluate("() => { location.hash = '#/households' }")
    row = page.locator("main [data-household]").nth(number % ROWS)
    row.click()
    page.locator('html[data-screen="household"]').wait_for(state="attached")
    again = page.locator('[data-action="again"]')
    if again.is_visible():
        again.click()
    page.locator('[data-action="fine"]').click()
    page.locator("main [data-saved]").wait_for()
