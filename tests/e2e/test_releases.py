"""Three builds of the real services in a promoted stage of their own: `calcutta release`."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from msgspec import structs
from websockets.asyncio.client import connect as open_websocket

from calcutta.release import opening
from calcutta.release.adapters.checks import StageChecks
from calcutta.release.promoting import Wish, promote
from calcutta.stage.checkout import copy_of
from local.deploy import deploy
from local.emulator import running_emulator
from tests.e2e.system import BIDDER, System, ask, wait_for

AT_ONCE = ("--steps", "100", "--wait", "0")
FRAMES = 100

HANDLERS = Path("services", "websocket", "websocket_service", "handlers")
ANSWERS_2 = """
def handler(event: object, context: object) -> dict[str, object]:
    return {"statusCode": 200, "body": '{"type": "build", "build": 2}'}
"""
NO_BIDS = """
def handler(event: object, context: object) -> dict[str, object]:
    raise RuntimeError("no bids today")
"""


class Released(System):
    """A stage in which a deploy does not move `live`."""

    auction_id = ""

    def build(self, number: int, tree: Path) -> None:
        """Deploy and record what is in `tree`."""
        database = f"sqlite:///{self.folder / 'league.sqlite3'}"
        deploy(self.emulator.endpoint, root=tree, database_url=database, promoted=True)
        self.release("record", "--build", str(number), "--commit", f"{number:07x}")

    def release(self, *arguments: str, fails: bool = False) -> str:
        done = self.calcutta("release", *arguments, fails=fails)
        return done.stderr if fails else done.stdout

    def restart(self) -> None:
        """Back to build 1, whatever the test before left."""
        self.release("promote", "--build", "1", *AT_ONCE)

    def live(self) -> dict[str, str]:
        """The version every alias is at; none may have shares."""
        aliases = opening.aliases(self.stage)
        read = aliases.read(aliases.keys())
        assert [key for key, alias in read.items() if alias.routing.shares] == []
        return {key: alias.routing.version for key, alias in read.items()}

    def versions(self, number: int) -> dict[str, str]:
        shown = json.loads(self.release("show", "--build", str(number), "--json"))
        return {key: it["version"] for key, it in shown["functions"].items()}

    def divided(self) -> bool:
        """Every alias sends a share of its calls to another version."""
        aliases = opening.aliases(self.stage)
        return all(alias.routing.shares for alias in aliases.read(aliases.keys()).values())

    def share_of_build_2(self) -> float:
        """Of many frames on one WebSocket, the part that build 2 answered."""
        return asyncio.run(self._share_of_build_2())

    async def _share_of_build_2(self) -> float:
        ticket = (await self.endpoint(self.auction_id, BIDDER).get_ticket()).ticket
        query = urlencode({"ticket": ticket, "auction": self.auction_id})
        url = f"{self.stage.output('websocket', 'WebsocketUrl')}?{query}"
        async with open_websocket(url) as socket:
            answers = [await ask(socket, '{"action": "nonsense"}') for _ in range(FRAMES)]
        return sum("build" in answer for answer in answers) / FRAMES


class Watching(StageChecks):
    """The stage's checks; at each first one of a step the calls are counted too."""

    def __init__(self, released: Released, said: list[str]) -> None:
        super().__init__(released.stage)
        self._released = released
        self._said = said
        self.shares: dict[int, float] = {}

    def canary(self) -> str:
        percent = int(next(it for it in reversed(self._said) if "moved" in it).split(" %")[0])
        if percent not in self.shares:
            self.shares[percent] = self._released.share_of_build_2()
        return super().canary()


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    """Builds 1, 2 (other code in every function) and 3 (bids are broken)."""
    folder = tmp_path_factory.mktemp("releases")
    with running_emulator(auth=True) as emulator, copy_of() as tree:
        released = Released(emulator, folder)
        with released.in_environment():
            released.build(1, tree)
            released.calcutta("database", "migrate")
            released.calcutta("canary", "prepare")
            released.auction_id = released.make_league()
            change(tree / "shared" / "__init__.py", '\nBUILD = "2"\n')
            change(tree / HANDLERS / "unknown_action.py", ANSWERS_2)
            released.build(2, tree)
            change(tree / HANDLERS / "place_bid.py", NO_BIDS)
            released.build(3, tree)
        yield released


@pytest.fixture(scope="module", autouse=True)
def environment(released: Released) -> Iterator[None]:
    """In place of the others' deploy."""
    with released.in_environment():
        yield


@pytest.fixture(autouse=True)
def build_1_is_live(released: Released) -> None:
    released.restart()


@pytest.fixture
def half_way(released: Released) -> Iterator[subprocess.Popen[bytes]]:
    """A process that promotes build 2, and watches its first step for long."""
    command = ("release", "promote", "--build", "2", "--steps", "50,100", "--wait", "600")
    process = subprocess.Popen(
        [sys.executable, "-m", "calcutta", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(released.divided)
    yield process
    process.kill()
    process.wait()


def change(file: Path, more: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")


def let_the_lock_run_out(released: Released) -> None:
    """As if two minutes had passed."""
    ledger = opening.ledger(released.stage)
    state, revision = ledger.state()
    assert state.promotion is not None
    ended = structs.replace(state.promotion, expires_ms=0)
    ledger.save(structs.replace(state, promotion=ended), revision)


def test_a_deploy_does_not_move_live(released: Released) -> None:
    assert released.live() == released.versions(1)
    assert released.share_of_build_2() == 0


def test_each_step_sends_its_share_of_the_calls_to_the_new_build(released: Released) -> None:
    said: list[str] = []
    world = opening.world(released.stage, said.append)
    checks = Watching(released, said)
    wish = Wish(2, (10, 50, 100), 0.0, adopt=False, reason="", allowed=lambda build: None)
    promoted = promote(dataclasses.replace(world, checks=checks), wish)
    assert [step.percent for step in promoted.steps] == [10, 50, 100]
    assert 0 < checks.shares[10] < 0.35
    assert 0.3 < checks.shares[50] < 0.7
    assert checks.shares[100] == 1
    assert released.live() == released.versions(2)


def test_a_rollback_puts_every_function_back(released: Released) -> None:
    released.release("promote", "--build", "2", *AT_ONCE)
    done = json.loads(released.release("rollback", "--json"))
    assert (done["live"], done["undone"], done["moved"]) == (1, 2, len(released.versions(1)))
    assert released.live() == released.versions(1)
    assert released.share_of_build_2() == 0


def test_a_build_without_bids_is_put_back_by_the_canary(released: Released) -> None:
    error = released.release("promote", "--build", "3", "--wait", "0", fails=True)
    assert "the promotion of build 3 failed at" in error
    assert "the canary failed at bid" in error
    assert error.endswith("every alias is back at build 1\n")
    assert released.live() == released.versions(1)
    released.calcutta("canary")


def test_a_second_promotion_is_refused_and_ctrl_c_puts_everything_back(
    released: Released, half_way: subprocess.Popen[bytes]
) -> None:
    error = released.release("promote", "--build", "3", fails=True)
    assert f"process {half_way.pid}) is promoting build 2; wait for it" in error
    half_way.send_signal(signal.SIGINT)
    assert half_way.wait(timeout=60) == 1
    assert released.live() == released.versions(1)


def test_a_promotion_that_was_killed_is_resumed(
    released: Released, half_way: subprocess.Popen[bytes]
) -> None:
    half_way.kill()
    half_way.wait()
    let_the_lock_run_out(released)
    said = released.release("promote", "--build", "2", "--wait", "0")
    assert "going on at 50 %, where it was interrupted" in said
    assert released.live() == released.versions(2)


def test_a_promotion_that_was_killed_is_rolled_back(
    released: Released, half_way: subprocess.Popen[bytes]
) -> None:
    half_way.kill()
    half_way.wait()
    let_the_lock_run_out(released)
    released.release("rollback")
    assert released.live() == released.versions(1)
