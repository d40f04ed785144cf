"""The readiness page says what is true now, also when it became true while the page was drawn."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.patience import eventually

# The readiness page asks the browser several things; this answer is late, once.
LATE_ANSWER = """{
    const real = StorageManager.prototype.persisted;
    const held = new Promise((resolve) => (globalThis.letGo = resolve));
    StorageManager.prototype.persisted = async function () {
        if (location.hash === "#/ready" && !globalThis.isHeld) {
            globalThis.isHeld = true;
            await held;
        }
        return real.call(this);
    };
}"""
FORGET_SYNC = """async () => {
    const all = await indexedDB.databases();
    const own = all.find(({name}) => /^fieldapp-\\d+$/.test(name));
    const db = await new Promise((resolve) => {
        const opening = indexedDB.open(own.name);
        opening.onsuccess = () => resolve(opening.result);
    });
    const forgetting = db.transaction(["meta"], "readwrite");
    forgetting.objectStore("meta").delete("last_sync");
    await new Promise((resolve) => (forgetting.oncomplete = resolve));
    db.close();
}"""


def test_what_became_true_while_a_screen_was_being_drawn_is_on_it(leader: Leader) -> None:
    leader.phone.before_every_page(LATE_ANSWER)
    leader.opens()
    leader.wire.wait_until_quiet()
    leader.page.evaluate(FORGET_SYNC)
    leader.page.evaluate("location.hash = '#/ready'")
    leader.page.wait_for_function("globalThis.isHeld")

    before = len(leader.wire.posts())
    leader.page.evaluate("dispatchEvent(new Event('online'))")
    eventually(lambda: len(leader.wire.posts()) > before)
    leader.wire.wait_until_quiet()
    leader.has_sent_everything()
    leader.page.evaluate("letGo()")

    expect(leader.sees('[data-fact="sync"]')).to_contain_text("今天")
