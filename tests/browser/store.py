"""A look into the phone's own database, past the program that keeps it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

OUTBOX = """async (spoil) => {
    const names = (await indexedDB.databases()).map((one) => one.name);
    const name = names.find((one) => /^fieldapp-(?!probe)/.test(one));
    const done = (asked) => new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
    const db = await done(indexedDB.open(name));
    const store = db.transaction("outbox", "readwrite").objectStore("outbox");
    const entries = await done(store.getAll());
    for (const entry of entries.filter((one) => one.record === spoil?.record)) {
        await done(store.put({...entry, fields: {...entry.fields, ...spoil.fields}}));
    }
    db.close();
    return entries;
}"""


def outbox(page: Page) -> list[dict[str, Any]]:
    """Everything the phone holds or has sent, in the order in which it was made."""
    found: list[dict[str, Any]] = page.evaluate(OUTBOX)
    return found


def spoil(page: Page, record: str, **fields: object) -> None:
    """Give an unsent record answers that no form would let anybody give: a fault of the phone."""
    page.evaluate(OUTBOX, {"record": record, "fields": fields})
