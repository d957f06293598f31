"""The deployed system, as the end-to-end tests handle it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_websocket
from websockets.exceptions import InvalidStatus

from calcutta import entry
from calcutta.stages import Stage, open_stage
from calcutta.users import Users, random_password
from local.emulator import Emulator
from shared.client import AuctionClient, Endpoint, connect
from shared.commands import Command, NextLot, OpenAuction
from shared.replies import Accepted

COMMISSIONER = "commissioner@example.com"
BIDDER, RIVAL, THIRD = (f"bidder0{n}@example.com" for n in (1, 2, 3))
SPECTATOR = "spectator@example.com"

TEAMS = "region,seed,team,play_in\n" + "".join(
    f"{region},{seed},{region} {seed},no\n" for region in ("East", "West") for seed in (1, 2, 3)
)
MEMBERS = f"""name,email,role,budget
Commissioner,{COMMISSIONER},commissioner,
Bidder 01,{BIDDER},bidder,
Bidder 02,{RIVAL},bidder,
Bidder 03,{THIRD},bidder,40.00
Spectator,{SPECTATOR},spectator,
"""
PATIENCE_S = 30.0
LET_IN = 101
FAN_OUT_ABOVE = 10
"""From this many connections on events are posted by workers; only one test has as many."""


class System:
    """One deployed stage `local`.

    Attributes:
        league_of: league ids by the auctions that were made here.
    """

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.folder = folder
        self.teams, self.members = folder / "teams.csv", folder / "members.csv"
        self.teams.write_text(TEAMS)
        self.members.write_text(MEMBERS)
        self.league_of: dict[str, str] = {}

    @contextmanager
    def in_environment(self) -> Iterator[None]:
        """Let this process, and those it starts, find the emulator."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", self.emulator.endpoint)
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
                patch.setenv(name, "test")
            for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
                patch.setenv(name, "us-east-1")
            yield

    @cached_property
    def stage(self) -> Stage:
        return open_stage("local")

    @cached_property
    def users(self) -> Users:
        return Users(self.stage)

    def calcutta(self, *arguments: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command as a person would."""
        done = subprocess.run(
            [sys.executable, "-m", "calcutta", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, (done.stdout + done.stderr)[-2_000:]
        return done

    def make_league(
        self, clock: str = "60s", extension: str = "1s", members: str | None = None
    ) -> str:
        """A new league's auction; `members` in place of `MEMBERS`, as CSV."""
        file = self.members
        if members is not None:
            file = self.folder / "other_members.csv"
            file.write_text(members)
        made = self.calcutta(
            *("league", "create", "--json", "--budget", "100.00"),
            *("--teams", str(self.teams), "--members", str(file)),
            *("--clock", clock, "--extension", extension),
        )
        said = json.loads(made.stdout)
        auction_id: str = said["auction_id"]
        self.league_of[auction_id] = said["league_id"]
        return auction_id

    def endpoint(self, auction_id: str, email: str) -> Endpoint:
        return entry.endpoint(self.stage, auction_id, entry.as_operator(self.users, email))

    async def handshake(self, **query: str) -> int:
        """The status that an attempt to open a WebSocket is answered with."""
        url = f"{self.stage.output('websocket', 'WebsocketUrl')}?{urlencode(query)}"
        try:
            async with open_websocket(url):
                return LET_IN
        except InvalidStatus as refused:
            return refused.response.status_code

    async def enter(self, auction_id: str, email: str) -> AuctionClient:
        return await connect(self.endpoint(auction_id, email))

    async def open(self, auction_id: str, lot_id: str = "L01") -> AuctionClient:
        """Open an auction and put a lot up; the commissioner's client."""
        commissioner = await self.enter(auction_id, COMMISSIONER)
        await accepted(commissioner, OpenAuction)
        await accepted(commissioner, NextLot, lot_id=lot_id)
        return commissioner

    def set(self, name: str, value: object) -> None:
        """Store a setting of the stage; containers that have read theirs keep them for 30 s."""
        table = self.stage.output("config", "SettingsTableName")
        row = {"name": name, "value": json.dumps(value)}
        boto3.resource("dynamodb").Table(table).put_item(Item=row)

    def invocations(self, function: str) -> int:
        """How often a function of the websocket service was invoked, by its log."""
        group = f"/aws/lambda/calcutta-websocket-local-{function}"
        try:
            events = boto3.client("logs").filter_log_events(logGroupName=group)["events"]
        except boto3.client("logs").exceptions.ResourceNotFoundException:
            return 0
        return sum(event["message"].startswith("START") for event in events)

    def log_lines(self, function: str, service: str = "websocket") -> list[dict[str, Any]]:
        """The JSON lines that a function has logged so far."""
        group = f"/aws/lambda/calcutta-{service}-local-{function}"
        try:
            events = boto3.client("logs").filter_log_events(logGroupName=group)["events"]
        except boto3.client("logs").exceptions.ResourceNotFoundException:
            return []
        said = "\n".join(event["message"] for event in events).splitlines()
        return [json.loads(line) for line in said if line.startswith("{")]

    def token(self, email: str) -> str:
        """A JWT that Cognito signed for a user."""
        password = random_password()
        self.users.set_password(email, password)
        return self.users.sign_in(email, password)[0]

    def reconcile(self, auction_id: str) -> dict[str, Any]:
        """What `calcutta sync reconcile` says once the books are equal."""
        said = self.calcutta("sync", "reconcile", auction_id, "--json").stdout
        found: dict[str, Any] = json.loads(said)
        return found

    def seq(self, auction_id: str) -> int:
        """How many changes the auction has seen, by its own item."""
        item = self.table("AuctionsTableName").get_item(Key={"id": auction_id}, ConsistentRead=True)
        return int(item["Item"]["n"])

    def table(self, output: str) -> Any:
        """A table of the websocket service, by its stack output."""
        return boto3.resource("dynamodb").Table(self.stage.output("websocket", output))

    def inner_table(self, logical_id: str) -> Any:
        """A table of the websocket service that its stack does not put out."""
        found = boto3.client("cloudformation").describe_stack_resource(
            StackName="calcutta-websocket-local", LogicalResourceId=logical_id
        )
        name = found["StackResourceDetail"]["PhysicalResourceId"]
        return boto3.resource("dynamodb").Table(name)


async def accepted(client: AuctionClient, kind: type[Command], **fields: Any) -> Accepted:
    answer = await client.send(kind, **fields)
    assert isinstance(answer, Accepted), answer
    return answer


async def ask(socket: ClientConnection, frame: str) -> dict[str, Any]:
    """Send a raw frame and return the next message that is no event."""
    async with asyncio.timeout(PATIENCE_S):
        await socket.send(frame)
        while True:
            reply: dict[str, Any] = json.loads(await socket.recv())
            if reply.get("type") != "event":
                return reply


def wait_for(look: Callable[[], Any]) -> Any:
    """What `look` sees once it is true."""
    give_up_at = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        assert time.monotonic() < give_up_at, "it did not happen in time"
        time.sleep(0.05)
    return seen
