"""What every story is given: a town, a server for it, a network in front of it, and phones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.actors import Leader
from tests.browser.office import Clerk, Town
from tests.browser.phone import Chromium, OwnPhone, Phone
from tests.browser.server import Server
from tests.browser.smalltown import People, prepare
from tests.browser.wire import Wire


@pytest.fixture(scope="session")
def chromium(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chromium]:
    """One browser process for all stories that do not kill it."""
    chromium = Chromium(playwright, tmp_path_factory.mktemp("chromium") / "profile")
    yield chromium
    chromium.browser.close()
    chromium.kill()


@pytest.fixture(scope="session")
def prepared_town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """The small town's folder, filled once; stories work on copies."""
    folder = tmp_path_factory.mktemp("town") / "instance"
    return folder, prepare(folder)


@pytest.fixture
def people(prepared_town: tuple[Path, People]) -> People:
    return prepared_town[1].fresh()


@pytest.fixture
def server(prepared_town: tuple[Path, People], tmp_path: Path) -> Iterator[Server]:
    server = Server.from_copy(prepared_town[0], tmp_path / "instance")
    server.start()
    yield server
    server.kill()
    said = server.log()
    shutil.rmtree(server.folder)
    assert "Traceback" not in said, said


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    wire = Wire(server.port)
    yield wire
    wire.close()


@pytest.fixture
def town(server: Server) -> Town:
    return Town(server)


@pytest.fixture
def phone(chromium: Chromium) -> Iterator[Phone]:
    """A phone that shares its browser process with other stories, and nothing else."""
    context = chromium.browser.new_context()
    phone = Phone(context)
    yield phone
    context.close()
    assert not phone.mishaps, phone.mishaps


@pytest.fixture
def own_phone(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OwnPhone]:
    """A phone whose browser may be killed."""
    folder = tmp_path_factory.mktemp("phone")  # a short path: the browser's socket lies in it
    phone = OwnPhone(playwright, folder / "profile")
    yield phone
    phone.kill()
    shutil.rmtree(folder, ignore_errors=True)
    assert not phone.mishaps, phone.mishaps


@pytest.fixture
def leader(phone: Phone, wire: Wire, people: People) -> Leader:
    """王桂兰, leader of 1组 with its fifty households; enrolled, and ready to go offline."""
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    leader.gets_ready_for_offline()
    return leader


@pytest.fixture
def joining(chromium: Chromium, wire: Wire, people: People) -> Iterator[Callable[[str], Leader]]:
    """Somebody of the town by name, enrolled on a phone of their own, ready to go offline."""
    phones: list[Phone] = []

    def join(who: str) -> Leader:
        phones.append(Phone(chromium.browser.new_context()))
        somebody = Leader(phones[-1], wire, people, who)
        somebody.joins()
        somebody.gets_ready_for_offline()
        return somebody

    yield join
    for phone in phones:
        phone.context.close()
    assert not (mishaps := [one for phone in phones for one in phone.mishaps]), mishaps


@pytest.fixture
def clerk(chromium: Chromium, wire: Wire) -> Iterator[Clerk]:
    """The clerk at the office, logged in to the console."""
    context = chromium.browser.new_context(viewport={"width": 1280, "height": 900})
    clerk = Clerk(context, wire)
    clerk.logs_in()
    yield clerk
    context.close()
