"""A start without a network draws once: the first picture has the list of doors in it."""

from __future__ import annotations

from tests.browser.actors import Leader
from tests.browser.phone import Phone

# In every page, before the product's own code: when the first door was put into the page, and what
# had been asked for until then.
WATCH = """{
    const seen = globalThis.seen = {listed: null, asked: []};
    new MutationObserver((_, watching) => {
        if (!document.querySelector("main [data-household]")) return;
        watching.disconnect();
        seen.listed = performance.now();
        const asked = performance.getEntriesByType("resource");
        seen.asked = asked.map((one) => one.name.split("/").pop());
    }).observe(document, {childList: true, subtree: true});
}"""
FIRST_PICTURE = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def test_the_first_picture_of_an_offline_start_has_the_list_of_doors(
    leader: Leader, phone: Phone
) -> None:
    leader.page.locator('html[data-screen="today"]').wait_for(state="attached")
    leader.wire.wait_until_quiet()
    leader.wire.down()
    phone.before_every_page(WATCH)

    page = phone.open(leader.page.url)
    page.locator("main [data-household]").first.wait_for()
    page.locator('link[rel="manifest"][href]').wait_for(state="attached")

    seen = page.evaluate("() => globalThis.seen")
    assert seen["listed"] is not None
    assert page.evaluate(FIRST_PICTURE) > seen["listed"], "drawn before there was anything to read"
    assert sorted(seen["asked"]) == ["app.js", "phone.css"]


def test_the_program_is_kept_as_a_script_that_browsers_keep_compiled(leader: Leader) -> None:
    script = leader.page.locator('script[src$="/js/app.js"]')

    assert script.get_attribute("type") is None
    assert script.get_attribute("async") is not None
