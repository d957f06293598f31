"""One real deploy, and one Chromium, for all tests of the page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from local.deploy import deploy
from local.emulator import running_emulator
from shared.commands import CloseAuction, Hammer, NextLot, PlaceBid
from tests.browser.chromium import chromium_program
from tests.browser.page import People
from tests.e2e.system import BIDDER, PATIENCE_S, RIVAL, System, accepted

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
    found = chromium_program()
    if found is None:
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

    beside(begin())
    return auction_id


@pytest.fixture
def shots() -> Path:
    """Where screenshots are left for whoever wants to see them."""
    SHOTS.mkdir(exist_ok=True)
    return SHOTS


@pytest.fixture
def measured(shots: Path, request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Keeps a figure beside the screenshots, and prints it."""

    # processes of xdist have none
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")

    def keep(name: str, figure: object) -> None:
        file = shots / "measured.json"
        kept = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps({**kept, name: figure}, indent=2) + "\n")
        if reporter:
            reporter.write_line(f"\n{name}: {figure}")

    return keep


@pytest.fixture
def sold(system: System, auction_id: str) -> str:
    """An auction of six lots that is closed: East 1 is Bidder 01's for $10, West 1 Bidder 02's."""

    async def sell() -> None:
        commissioner = await system.open(auction_id)
        for email, lot_id in ((BIDDER, "L01"), (RIVAL, "L02")):
            if email != BIDDER:
                await accepted(commissioner, NextLot, lot_id=lot_id)
            bidder = await system.enter(auction_id, email)
            await accepted(bidder, PlaceBid, lot_id=lot_id, amount_cents=1000)
            await accepted(commissioner, Hammer, lot_id=lot_id, forced=True)
            await bidder.aclose()
        await accepted(commissioner, CloseAuction)
        await commissioner.aclose()

    beside(sell())
    assert system.reconcile(auction_id)["equal"]
    return auction_id


def beside(work: Coroutine[None, None, None]) -> None:
    """Run it in another thread: Playwright has an event loop running in this one."""
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(work)).result()
