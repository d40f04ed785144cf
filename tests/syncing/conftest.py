"""A small town, and the phones of the people in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.syncing.smalltown import HEAD, LEADER_1, LEADER_2, Phone, SmallTown


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the town as it is at first. Copying it is faster than making it."""
    folder = tmp_path_factory.mktemp("model-sqlite")
    town = SmallTown.found(folder, f"sqlite:///{folder}/fieldapp.sqlite")
    town.close()
    return folder


@pytest.fixture(scope="session")
def postgresql_model(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """The same in PostgreSQL: the folder with the keys, and a database to copy."""
    folder, name = tmp_path_factory.mktemp("model-postgresql"), postgres_server.create()
    SmallTown.found(folder, postgres_server.url(name)).close()
    yield folder, name
    postgres_server.drop(name)


@pytest.fixture
def town(sqlite_model: Path, tmp_path: Path) -> Iterator[SmallTown]:
    folder = tmp_path / "town"
    shutil.copytree(sqlite_model, folder)
    town = SmallTown(folder, f"sqlite:///{folder}/fieldapp.sqlite")
    yield town
    town.close()


@pytest.fixture
def postgresql_town(
    postgresql_model: tuple[Path, str], postgres_server: PostgresServer, tmp_path: Path
) -> Iterator[SmallTown]:
    model, template = postgresql_model
    folder = tmp_path / "town"
    shutil.copytree(model, folder)
    name = postgres_server.create(template)
    town = SmallTown(folder, postgres_server.url(name))
    yield town
    town.close()
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_town(request: pytest.FixtureRequest) -> SmallTown:
    """The same town, once on SQLite and once on PostgreSQL."""
    name = "town" if request.param == "sqlite" else "postgresql_town"
    town: SmallTown = request.getfixturevalue(name)
    return town


@pytest.fixture
def leader(town: SmallTown) -> Phone:
    """The phone of the leader of the first grid."""
    return town.phone(LEADER_1)


@pytest.fixture
def neighbour(town: SmallTown) -> Phone:
    """The phone of the leader of the second grid."""
    return town.phone(LEADER_2)


@pytest.fixture
def head(town: SmallTown) -> Phone:
    """The phone of the head of the village, who serves all three grids."""
    return town.phone(HEAD)
