"""What a phone is told: all that is new in its grids, nothing of others, nothing skipped."""

from __future__ import annotations

import pytest

from sync import BadCursor, Cursor, Departure, Page, Record, pull, scope_tag
from tests.sync.arrivals import EVERYWHERE, VILLAGE_1, VILLAGE_2, say, told
from tests.sync.logs import Log

ONLY_1, ONLY_2 = frozenset({VILLAGE_1}), frozenset({VILLAGE_2})
EPOCH = "9d3c2f2e-0000-4000-8000-000000000000"


def look(log: Log, places: frozenset[int], after: Page | None = None, limit: int = 100) -> Page:
    cursor = None if after is None else str(after.cursor)
    return pull(log, places, scope_tag(EPOCH, places), cursor, limit)


def ids(page: Page) -> list[str]:
    return [one.id for one in page.items]


def test_a_fresh_phone_gets_everything_of_its_grids_and_nothing_else(log: Log):
    say(log, told("r1"), told("r2", at=VILLAGE_2), told("r3"))

    page = look(log, ONLY_1)

    assert ids(page) == ["r1", "r3"]
    assert (page.more, page.reset) == (False, False)


def test_who_asks_again_gets_only_what_is_new(log: Log):
    say(log, told("r1"), told("r2"))
    first = look(log, ONLY_1)
    say(log, told("r1", base=1, temp="36.9"))

    second = look(log, ONLY_1, after=first)

    assert ids(second) == ["r1"]
    assert look(log, ONLY_1, after=second).items == ()
    assert look(log, ONLY_1, after=second).cursor == second.cursor


def test_a_record_that_moves_away_is_gone_here_and_new_there(log: Log):
    say(log, told("r1", temp="36.5"))
    here, there = look(log, ONLY_1), look(log, ONLY_2)

    say(log, told("r1", base=1, at=VILLAGE_2, who="李"))

    assert look(log, ONLY_1, after=here).items == (Departure("visit", "r1", 2, VILLAGE_1),)
    [arrived] = look(log, ONLY_2, after=there).items
    assert isinstance(arrived, Record)
    assert arrived.fields == {"temp": "36.5", "who": "李"}


def test_a_record_that_comes_back_is_there_again(log: Log):
    say(log, told("r1"))
    before = look(log, ONLY_1)
    say(log, told("r1", base=1, at=VILLAGE_2))
    say(log, told("r1", base=2, at=VILLAGE_1))

    page = look(log, ONLY_1, after=before)

    assert [type(one) for one in page.items] == [Departure, Record]


def test_both_halves_of_a_move_are_on_one_page(log: Log):
    say(log, *(told(f"r{n}") for n in range(4)))
    say(log, *(told(f"r{n}", base=4, at=VILLAGE_2, moved=True) for n in range(4)))

    page, seen = look(log, EVERYWHERE, limit=3), set()
    while page.more:
        by_version = [one.version for one in page.items]
        assert by_version.count(by_version[-1]) == 2
        assert not seen & set(by_version)
        seen |= set(by_version)
        page = look(log, EVERYWHERE, after=page, limit=3)


def test_other_grids_mean_beginning_anew_once(log: Log):
    say(log, told("r1"), told("r2", at=VILLAGE_2))
    before = look(log, ONLY_1)

    changed = look(log, EVERYWHERE, after=before)

    assert changed.reset
    assert ids(changed) == ["r1", "r2"]
    assert not look(log, EVERYWHERE, after=changed).reset


def test_another_history_means_beginning_anew(log: Log):
    say(log, told("r1"))
    cursor = str(look(log, ONLY_1).cursor)

    page = pull(log, ONLY_1, scope_tag("another epoch", ONLY_1), cursor)

    assert page.reset
    assert ids(page) == ["r1"]


@pytest.mark.parametrize(
    "nonsense",
    ["", "c", "c1", "c1.", "c-1.0123456789ab", "c1.0123456789ab ", "c١.0123456789ab", "0" * 10_000,
     f"c{'9' * 19}.0123456789ab", "c1.0123456789AB", "\x00", "null", "c1.0123456789ab\n"],
)  # fmt: skip
def test_a_cursor_that_is_none_of_ours_means_beginning_anew(log: Log, nonsense: str):
    say(log, told("r1"))

    page = pull(log, ONLY_1, scope_tag(EPOCH, ONLY_1), nonsense)

    assert page.reset
    assert ids(page) == ["r1"]


def test_a_cursor_says_what_it_is_valid_for():
    cursor = Cursor(42, scope_tag(EPOCH, EVERYWHERE))

    assert Cursor.parse(str(cursor)) == cursor
    assert scope_tag(EPOCH, [1, 2]) == scope_tag(EPOCH, [2, 1])
    assert len({scope_tag(e, p) for e in ("a", "b") for p in ((), (1,), (2,), (1, 2), (12,))}) == 10
    with pytest.raises(BadCursor):
        Cursor.parse("bookmark")


def test_who_serves_no_grid_gets_nothing(log: Log):
    say(log, told("r1"))

    assert look(log, frozenset()).items == ()
