"""Statements that go past SQLAlchemy give the same on both databases."""

from __future__ import annotations

import sqlite3
import uuid

import pytest
import sqlalchemy as sa

from fieldapp import database
from fieldapp.extensions import db
from fieldapp.ledger.models import RecordRow
from fieldapp.visits.models import Visit
from tests.syncing.smalltown import SmallTown

STRANGE = '{"remark":"老槐树东，第二家 \\u001e\\u001f\\"|"}'


def record(number: int, **changed: object) -> tuple:
    row = {
        "number": number, "id": str(uuid.uuid4()), "kind": "visit", "version": number, "place": 1,
        "fields": "{}", "writer": "t", "author": None, "made_ms": 2**41, "received_ms": 0,
        "disputed": None, "marks": None,
    }  # fmt: skip
    return tuple((row | changed).values())


def written(town: SmallTown, rows: list[tuple], *, overwrite: bool = False) -> None:
    with town.app.app_context(), database.writing() as session:
        database.write(session, RecordRow.table(), rows, overwrite=overwrite)


@pytest.mark.parametrize("many", [1, 49, 50, 51, 149])
def test_rows_are_written_however_many_they_are(any_town: SmallTown, many: int):
    numbers = [10_000_000 + n for n in range(many)]
    written(any_town, [record(number) for number in numbers])
    written(any_town, [record(number, fields="again") for number in numbers], overwrite=True)

    with any_town.app.app_context():
        query = sa.select(RecordRow.number, RecordRow.fields).where(RecordRow.number >= 10_000_000)
        assert db.session.execute(query.order_by(RecordRow.number)).all() == [
            (number, "again") for number in numbers
        ]


def test_a_row_that_is_there_is_not_overwritten_by_mistake(any_town: SmallTown):
    written(any_town, [record(10_000_000)])

    with pytest.raises(sa.exc.IntegrityError):
        written(any_town, [record(10_000_000 - n) for n in range(60)])


def test_texts_come_whatever_they_say(any_town: SmallTown):
    written(any_town, [record(10_000_000, fields=STRANGE), record(10_000_001)])

    with any_town.app.app_context(), database.reading(db.engine) as now:
        found = database.lines(now, "fields", "record WHERE number >= ?", [10_000_000])
        nothing = database.lines(now, "fields", "record WHERE number >= ?", [20_000_000])

    assert sorted(found) == sorted([STRANGE.encode(), b"{}"])
    assert nothing == []


def test_columns_stand_in_the_order_in_which_rows_are_put_together():
    """`_visit`, `_change_row` and `_record_row` rely on it."""
    assert RecordRow.table().columns.keys()[:3] == ["number", "id", "kind"]
    assert Visit.table().columns.keys()[-3:] == ["author", "voided", "flagged"]


@pytest.mark.parametrize("value", [None, False, True])
def test_the_driver_knows_how_to_keep_it_without_asking_it(value: object):
    """Asked in vain, which raises here, it is kept as it is; but that takes as long again."""
    assert sqlite3.adapt(value) == value
