"""One real deploy, and one Chromium, for all tests of the page."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from local.deploy import deploy
from local.emulator import running_emulator
from tests.browser.page import People
from tests.e2e.system import PATIENCE_S, System

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SHOTS = Path(__file__).parents[2] / ".browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process, so that there is one deploy."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("Chromium is not installed: install it, or say where it is in CHROMIUM")
    return found


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Only as long as its module: while it is there, no other test of the process can be async."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def system(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("browser")
    with running_emulator(auth=True) as emulator:
        system = System(emulator, folder)
        with system.in_environment():
            deploy(emulator.endpoint, database_url=f"sqlite:///{folder / 'league.sqlite3'}")
            system.calcutta("database", "migrate")
        yield system


@pytest.fixture(scope="module", autouse=True)
def environment(system: System) -> Iterator[None]:
    """The way to the emulator, for these tests only: others would meet it instead of moto."""
    with system.in_environment():
        yield


@pytest.fixture
def people(browser: Browser, system: System) -> Iterator[People]:
    """Whoever comes; nobody's browser may have had anything to complain of."""
    people = People(browser, system)
    yield people
    complaints = people.complaints()
    people.leave()
    assert complaints == []


@pytest.fixture
def auction_id(system: System) -> str:
    """A league of its own for a test: 6 lots, a commissioner, three bidders, a spectator."""
    return system.make_league(extension="10s")


@pytest.fixture
def up(system: System, auction_id: str) -> str:
    """An auction whose first lot is up."""

    async def begin() -> None:
        commissioner = await system.open(auction_id)
        await commissioner.aclose()

    # Playwright has an event loop running in this thread
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(begin())).result()
    return auction_id


@pytest.fixture
def shots() -> Path:
    """Where screenshots are left for whoever wants to see them."""
    SHOTS.mkdir(exist_ok=True)
    return SHOTS
