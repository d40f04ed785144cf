"""What the first day costs of a villager's data allowance, and that a weak link is enough."""

from __future__ import annotations

from tests.browser.actors import Leader
from tests.browser.messages import Exchange
from tests.browser.phone import Phone
from tests.browser.smalltown import GROUP_3, HOUSEHOLDS, PEOPLE, People
from tests.browser.wire import Wire

SHELL_BYTES = 45_000
SECOND_PACK_BYTES = 60_000
ROSTER_BYTES = 25_000


def test_shell_and_roster_stay_small_and_arrive_over_a_weak_link(
    phone: Phone, wire: Wire, people: People
) -> None:
    assert (HOUSEHOLDS[GROUP_3], PEOPLE[GROUP_3]) == (120, 380)
    wire.slow(kbit_s=400, delay_ms=400)
    leader = Leader(phone, wire, people, "赵秀英")
    leader.joins()
    wire.wait_until_quiet(1)
    first_load = list(wire.diary)

    rosters = [one for one in first_load if _is_roster(one)]
    assert sum(one.size for one in rosters) <= ROSTER_BYTES, [one.size for one in rosters]
    assert sum(len(one.answer.json["records"]) for one in rosters if one.answer) == 500

    needed = leader.page.evaluate(
        "performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)"
    )
    shell: dict[str, int] = {}
    second: dict[str, int] = {}
    for one in first_load:
        if _is_shell(one, needed):  # later ones are 304s of the worker
            (second if _is_second_pack(one) else shell).setdefault(one.request.path, one.size)
    assert "/phone/" in shell
    assert len(shell) >= 4
    assert sum(shell.values()) <= SHELL_BYTES, shell
    assert len(second) >= 3
    assert sum(second.values()) <= SECOND_PACK_BYTES, second

    listed = max(n for n, one in enumerate(first_load) if _is_roster(one) and _has_records(one))
    assert [one.request.path for one in first_load[:listed] if _is_second_pack(one)] == []


def test_a_sync_without_news_is_one_small_answer(leader: Leader, wire: Wire) -> None:
    wire.wait_until_quiet()
    wire.forget()

    leader.sends_now()
    wire.wait_until_quiet()

    (asked,) = wire.posts()
    assert asked.size <= 600
    assert leader.pending() == 0


def _is_roster(one: Exchange) -> bool:
    return one.request.path == "/sync" and one.request.method == "POST"


def _is_shell(one: Exchange, needed: list[str]) -> bool:
    path = one.request.path.split("?")[0]
    pages = ("/phone/", "/phone/more")
    return path in pages or (path.startswith("/static/") and path in needed)


def _is_second_pack(one: Exchange) -> bool:
    return "more" in one.request.path or one.request.path.endswith("/pinyin.txt")


def _has_records(one: Exchange) -> bool:
    return one.answer is not None and bool(one.answer.json["records"])
