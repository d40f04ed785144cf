"""From the tap on 平安无事 to "saved" on the screen, offline, with 1,000 records waiting.

The processor is four times as slow as this machine's. The time ends when the line under the screen
says "saved", and at which door, which it does only after the browser has said that the record is on
the disk; the frame that shows it comes up to 17 ms later, on any machine, and is told beside.
"""

from __future__ import annotations

from playwright.sync_api import Page

from bench.figures import Figure, median, percentile
from bench.paint import joins, phone, when_painted
from bench.product import product

WAITING, SAVES, SLOWDOWN = 1000, 100, 4

# As if a thousand visits had been saved in the days before: the one that is there, under new ids.
FILL = """async ({count, doors}) => {
    const names = (await indexedDB.databases()).map((one) => one.name);
    const name = names.find((one) => /^fieldapp-(?!probe)/.test(one));
    const done = (asked) => new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
    const db = await done(indexedDB.open(name));
    const store = db.transaction("outbox", "readwrite").objectStore("outbox");
    const [{seq, ...saved}] = await done(store.getAll());
    for (let n = 1; n < count; n += 1) {
        const hh = doors[n % doors.length];
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
    const said = () => document.querySelector("#said").textContent;
    let [tapped, before] = [null, ""];
    addEventListener("pointerup", (event) => {
        if (event.target.closest('[data-action="fine"]')) {
            [tapped, before] = [event.timeStamp, said()];
        }
    }, true);
    new MutationObserver(() => {
        if (tapped === null || [before, ""].includes(said())) return; // each door has its own words
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
        doors = doors_of(page)
        save_visit(page, doors.pop())
        waiting = page.evaluate(FILL, {"count": WAITING, "doors": doors})
        own.cpu_slowdown = SLOWDOWN
        page = own.open(url + "/phone/")
        when_painted(own)
        page.evaluate(TIMES)
        for door in doors[:SAVES]:
            save_visit(page, door)
        told, shown = zip(*page.evaluate("() => bench.times"), strict=True)
    if (waiting, len(told)) != (WAITING, SAVES):
        raise RuntimeError(f"{len(told)} saves with {waiting} records waiting")
    at = f"at {SLOWDOWN}×, {WAITING} waiting"
    return [
        Figure(f"tap to saved {at}, p50", median(told), "ms"),
        Figure(f"tap to saved {at}, p95", percentile(told, 0.95), "ms", 50, note=f"{SAVES} saves"),
        Figure(f"tap to the frame that shows it {at}, p95", percentile(shown, 0.95), "ms"),
    ]


def doors_of(page: Page) -> list[str]:
    """All doors of the grid."""
    page.evaluate("() => { location.hash = '#/households' }")
    page.locator('html[data-screen="households"]').wait_for(state="attached")
    more = page.locator('main [data-action="more"]')
    while more.is_visible():
        more.click()
    rows = page.locator("main [data-household]")
    found: list[str] = rows.evaluate_all("rows => rows.map((row) => row.dataset.household)")
    return found


def save_visit(page: Page, door: str) -> None:
    """One visit at a door where nobody has been today: one tap."""
    page.evaluate("door => { location.hash = '#/household/' + door }", door)
    page.locator(f'main a[href="#/visit/{door}"]').wait_for()
    page.locator('[data-action="fine"]').click()
    page.locator("main [data-saved]").wait_for()
