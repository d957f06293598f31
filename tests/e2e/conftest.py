"""One real deploy of all services for all end-to-end tests, on an emulator that checks IAM."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.deploy import deploy
from local.emulator import running_emulator
from tests.e2e.people import People
from tests.e2e.system import FAN_OUT_ABOVE, System


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process, so that there is one deploy."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("e2e")
    with running_emulator(auth=True) as emulator:
        system = System(emulator, folder)
        with system.in_environment():
            deploy(emulator.endpoint, database_url=f"sqlite:///{folder / 'league.sqlite3'}")
            system.calcutta("database", "migrate")
            system.set("fan_out_above", FAN_OUT_ABOVE)
        yield system


@pytest.fixture(scope="module", autouse=True)
def environment(system: System) -> Iterator[None]:
    """The way to the emulator, for these tests only: others would meet it instead of moto."""
    with system.in_environment():
        yield


@pytest.fixture(scope="module")
def people(system: System) -> People:
    return People(system)


@pytest.fixture
def auction_id(system: System) -> str:
    """A league of its own for a test: 6 lots, a commissioner, three bidders, a spectator."""
    return system.make_league()
