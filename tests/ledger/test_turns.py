"""Numbers appear in order, also where transactions run side by side and commit late."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from sync import Departure, Page, Record, pull, scope_tag
from tests.sync.logs import ReadSqlLog
from tests.syncing.smalltown import GRID_1, SmallTown, visit

PATIENCE_S = 20


class Slowly:
    """A transaction that has written and does not commit before it is told to."""

    def __init__(self) -> None:
        self.has_written = threading.Event()
        self.may_commit = threading.Event()


def records(town: SmallTown, *visits: dict, slowly: Slowly | None = None) -> None:
    with town.app.app_context(), writing() as session:
        origin = ledger.Origin(clerk=1)
        ledger.submit_items(session, visits, origin=origin, grid_of=scope.grid_of)
        if slowly is not None:
            slowly.has_written.set()
            assert slowly.may_commit.wait(PATIENCE_S)


def look(town: SmallTown, after: str | None = None) -> Page[Record | Departure]:
    with town.app.app_context():
        grid = scope.grid_of(GRID_1)
        assert grid is not None
        places = frozenset({grid})
        return pull(ReadSqlLog(db.session()), places, scope_tag("", places), after)


def test_who_comes_second_waits_and_nobody_sees_a_higher_number_first(any_town: SmallTown):
    slowly, slow, fast = Slowly(), visit(), visit()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(records, any_town, slow, slowly=slowly)
        assert slowly.has_written.wait(PATIENCE_S)
        second = threads.submit(records, any_town, fast)
        early = look(any_town)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.4)
        assert look(any_town, str(early.cursor)).items == ()
        slowly.may_commit.set()
        first.result(PATIENCE_S)
        second.result(PATIENCE_S)

    late = look(any_town, str(early.cursor))
    assert early.items == ()
    assert [one.id for one in late.items] == [slow["record"], fast["record"]]
    assert [one.version for one in late.items] == [1, 2]


def test_a_transaction_that_is_undone_leaves_no_gap_and_no_trace(any_town: SmallTown):
    class Undone(Exception):
        pass

    def fails() -> None:
        with any_town.app.app_context(), writing() as session:
            origin = ledger.Origin(clerk=1)
            ledger.submit_items(session, [visit()], origin=origin, grid_of=scope.grid_of)
            raise Undone

    with pytest.raises(Undone):
        fails()
    records(any_town, visit())

    assert [one.version for one in look(any_town).items] == [1]


@pytest.mark.parametrize("copies", [20])
def test_the_same_change_many_times_at_once_is_one_record(any_town: SmallTown, copies: int):
    one = visit()
    with ThreadPoolExecutor(8) as threads:
        for sent in [threads.submit(records, any_town, one) for _ in range(copies)]:
            sent.result(PATIENCE_S)

    assert [one.version for one in look(any_town).items] == [1]
