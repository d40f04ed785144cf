"""The town of the stories of many phones, played by the real application over HTTP."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import duties, scope
from fieldapp.grids.load import load
from fieldapp.ledger.models import ChangeRow, ConflictRow, RecordRow
from fieldapp.upkeep import copies, integrity
from tests.sync.towns import GRIDS, KIND, Kept, Said
from tests.syncing.smalltown import Json, Phone, SmallTown, change

TREE = "grid_code,parent_code,level,kind,level_name_zh,display_name_zh,village_code\n" + "\n".join(
    f"{code},,1,village,责任网格,{n}村," for n, code in enumerate(GRIDS)
)


class RealTown:
    """One database for one story. It starts as a copy of an empty town that is made once."""

    model: Path | None = None

    def __init__(self, owners: dict[str, str], scopes: dict[str, frozenset[str]]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fieldapp-town-"))
        self._numbers = {member: f"1540000{n:04}" for n, member in enumerate(scopes)}
        shutil.copytree(self._model(), self._folder, dirs_exist_ok=True)
        self._town = SmallTown(self._folder, self._url(self._folder))
        self._scopes = dict(scopes)
        self._appoint_all()
        self._phones = {
            phone: self._town.phone(self._numbers[who]) for phone, who in owners.items()
        }
        self.back_up()

    def _model(self) -> Path:
        if RealTown.model is None:
            folder = Path(tempfile.mkdtemp(prefix="fieldapp-model-"))
            town = SmallTown(folder, self._url(folder))
            with town.app.app_context(), writing():
                load(TREE.encode(), as_of=date(2020, 1, 1))
                for name, number in self._numbers.items():
                    duties.add_member(name=name, phone=number, duty="leader", grid_code=GRIDS[0])
            town.close()
            RealTown.model = folder
        return RealTown.model

    @staticmethod
    def _url(folder: Path) -> str:
        return f"sqlite:///{folder}/fieldapp.sqlite"

    def close(self) -> None:
        """Nothing of the story stays."""
        with self._town.app.app_context():
            assert list(integrity.faults(db.session())) == []
        self._town.close()
        shutil.rmtree(self._folder)

    def exchange(self, phone: str, message: Json) -> Json:
        client: Phone = self._phones[phone]
        response = client.post(json.dumps(message).encode())
        assert response.status_code == 200, response.data
        answer: Json = response.json
        return answer

    def starts_again(self) -> None:
        self._town.starts_again()
        for phone in self._phones.values():
            phone.moves_to(self._town.app)

    def appoint(self, member: str, grids: frozenset[str]) -> None:
        self._scopes[member] = grids
        self._town.serves(self._numbers[member], *grids)

    def _appoint_all(self) -> None:
        for member, grids in self._scopes.items():
            self._town.serves(self._numbers[member], *grids)

    def clerk_writes(self, record: str, grid: str, base: int, fields: Json) -> None:
        item = change(KIND, fields, record=record, grid=grid, base=base)
        with self._town.app.app_context(), writing() as session:
            origin = ledger.Origin(clerk=1)
            ledger.submit_items(session, [item], origin=origin, grid_of=scope.grid_of)

    def back_up(self) -> None:
        with self._town.app.app_context():
            copies.back_up(self._folder / "backup")

    def restore(self) -> None:
        with self._town.app.app_context():
            copies.restore(self._folder / "backup")
        self._appoint_all()  # who serves where is old too then, and the office puts it right

    def history(self) -> list[Said]:
        with self._town.app.app_context():
            rows = db.session().scalars(sa.select(ChangeRow).order_by(ChangeRow.seq)).all()
            return [
                Said(row.seq, row.id, row.record, _writer(row), row.base,
                     scope.code_of(row.place), json.loads(row.fields))
                for row in rows
            ]  # fmt: skip

    def conflicts(self) -> set[tuple[int, str, str, str]]:
        with self._town.app.app_context():
            rows = db.session().scalars(sa.select(ConflictRow)).all()
            return {
                (row.seq, row.name, json.dumps(json.loads(row.kept)),
                 json.dumps(json.loads(row.arrived)))
                for row in rows
            }  # fmt: skip

    def held(self) -> list[str]:
        with self._town.app.app_context():
            return [one.change for one in ledger.held(db.session())]

    def records(self) -> dict[str, Kept]:
        with self._town.app.app_context():
            rows = db.session().scalars(sa.select(RecordRow)).all()
            return {
                row.id: Kept(row.version, scope.code_of(row.place), json.loads(row.fields),
                             frozenset(json.loads(row.disputed or "[]")))
                for row in rows
            }  # fmt: skip


def _writer(row: ChangeRow) -> str:
    return f"d{row.device}" if row.device is not None else f"c{row.clerk}"
