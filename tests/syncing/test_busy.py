"""When the database cannot be had: nothing is promised, and whoever asked is told to come again."""

from __future__ import annotations

from sqlalchemy import event

from fieldapp import database
from fieldapp.extensions import db
from tests.syncing.smalltown import LEADER_1, SmallTown, visit


def test_while_somebody_holds_the_database_phones_are_asked_to_wait(town: SmallTown):
    phone, one = town.phone(LEADER_1), visit()
    with town.app.app_context():
        event.listen(database.writer(db.engine), "checkout", _impatient)
        other = db.engine.connect()
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        waiting = phone.client.post("/sync", json=phone.envelope([one]))
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN")
        other.close()

    assert (waiting.status_code, waiting.json) == (503, {"error": "busy"})
    assert int(waiting.headers["Retry-After"]) > 0
    assert phone.statuses(one) == ["accepted"]


def _impatient(connection, *_unused) -> None:
    connection.execute("PRAGMA busy_timeout = 10")


def test_health_is_what_the_database_says(town: SmallTown):
    client = town.app.test_client()
    assert (client.get("/healthz").status_code, client.get("/healthz").json) == (
        200,
        {"status": "ok"},
    )

    town.close()
    for file in town.folder.glob("fieldapp.sqlite*"):
        file.unlink()
    (town.folder / "fieldapp.sqlite").write_bytes(b"this is no database at all" * 100)

    assert client.get("/healthz").status_code == 503
