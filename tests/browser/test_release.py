"""AT-9 and AT-16: the worker keeps the shell only, and a new release disturbs nobody."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.actors import Form, Leader
from tests.browser.office import Town
from tests.browser.server import Server

ROUTES = ("", "households", "outbox", "settings", "ready")


def build_of(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-build")


def test_a_visit_goes_to_the_server_past_the_worker(leader: Leader, town: Town) -> None:
    leader.opens()
    assert leader.page.evaluate("!!navigator.serviceWorker.controller")
    by_worker = {}
    leader.page.on(
        "response",
        lambda answer: by_worker.update({answer.request.method: answer.from_service_worker}),
    )

    leader.visits(leader.households()[0]).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()

    assert by_worker["POST"] is False
    (sent,) = [post for post in leader.wire.posts() if post.request.json["changes"]]
    assert "content-digest" in {name.lower() for name, _ in sent.request.headers}
    assert len(town.visits()) == 1


def test_what_the_worker_keeps_names_nobody(leader: Leader) -> None:
    names = leader.sees("[data-household] b").all_inner_texts()
    kept = leader.page.evaluate("""async () => {
        const texts = [];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const answer = await cache.match(request);
                texts.push(request.url + " " + await answer.text());
            }
        }
        return texts;
    }""")
    assert len(kept) > 5
    assert [
        name for name in [*names, "王桂兰"] if name and any(name in text for text in kept)
    ] == []


def test_a_release_that_arrives_and_then_no_network_leaves_every_screen_open(
    leader: Leader, server: Server
) -> None:
    door = leader.households()[0]
    old = build_of(leader.page)
    server.new_release("second")
    leader.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
    leader.sees('[data-notice="update"]').wait_for()
    leader.wire.down()

    for route in (*ROUTES, f"household/{door}", f"visit/{door}", f"returnee/{door}"):
        leader.goes_to(route)
    assert build_of(leader.page) == old
    leader.opens()  # with no page open in between, the browser may begin the new release
    for route in (*ROUTES, f"household/{door}", f"visit/{door}", f"returnee/{door}"):
        leader.goes_to(route)


def test_the_new_release_is_taken_when_the_member_says_so(leader: Leader, server: Server) -> None:
    leader.wire.down()
    leader.visits(leader.households()[0]).finds_everything_fine()
    old = build_of(leader.page)
    server.new_release("second")
    leader.wire.up()
    leader.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
    leader.sees('[data-notice="update"]').wait_for()

    leader.goes_to("settings")
    leader.taps_on('main [data-action="update"]')

    expect(leader.sees("html")).not_to_have_attribute("data-build", old or "")
    leader.ready()
    assert len(leader.households()) == 50
    leader.wire.down()
    leader.opens()
    assert build_of(leader.page) != old
    leader.wire.up()
    leader.has_sent_everything()


def test_a_release_never_takes_away_what_is_being_typed(leader: Leader, server: Server) -> None:
    door = leader.households()[0]
    leader.goes_to(f"returnee/{door}")
    form = Form(leader, "returnee")
    form.answers("name", "刘志远")
    leader.page.evaluate("globalThis.samePage = true")

    server.new_release("second")
    leader.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
    leader.page.evaluate("""() => new Promise((done) => setInterval(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        if (registration.waiting) done();
    }, 50))""")
    leader.page.wait_for_timeout(300)

    assert leader.page.evaluate("samePage")
    assert form.question("name").locator("input").input_value() == "刘志远"


def test_what_was_being_typed_is_there_again_after_the_page_was_closed(leader: Leader) -> None:
    door = leader.households()[0]
    leader.goes_to(f"returnee/{door}")
    Form(leader, "returnee").answers("name", "刘志远")
    leader.goes_to("")

    leader.opens(f"/phone/#/returnee/{door}")

    name = Form(leader, "returnee").question("name").locator("input")
    expect(name).to_have_value("刘志远")
