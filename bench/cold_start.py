"""The benchmark `cold-start`: importing and first calling each handler, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import msgspec

from bench.measuring import (
    OURS,
    Benchmark,
    Findings,
    Goal,
    Plan,
    compare,
    in_turns,
    require,
    require_equal,
    say,
)
from bench.scene.emulated import INCREMENT_CENTS, LOT, emulated_tables, set_environment, with_lot_up
from bench.scene.management_endpoint import Endpoint, connection_ids, running_endpoint
from shared.auction import Member
from shared.clock import now_ms
from shared.commands import PlaceBid
from tests.integration.websocket.world import AUCTION, frame, live
from websocket_service.adapters.connections import DynamoConnections, DynamoTickets
from websocket_service.adapters.tables import MODELS
from websocket_service.logic.ports import Connection
from websocket_service.logic.tickets import issue_ticket

SERVICE = Path(__file__).parent.parent / "services" / "websocket"
"""Where the handlers are; a checkout's virtual environment finds them by `site` only."""
PROBE = Path(__file__).parent / "scene" / "cold_probe.py"
PEER = "boto3 resources, pydantic, everything at the top"
SETTINGS_TABLE = "settings"
LISTENER = connection_ids(2)[1]
GOALS = {
    "place_bid": Goal(at_most=0.4),
    "authorize_connect": Goal(at_most=0.25),
    "fan_out": Goal(at_most=0.25),
    "disconnect": Goal(at_most=0.25),
}
Event = dict[str, Any]


class Start(msgspec.Struct, frozen=True):
    """One cold start: CPU seconds up to the handler, and with its first call."""

    returned: Any
    import_s: float
    cpu_s: float
    peak_mb: float
    told: int = 0
    """Messages that its first call posted."""


MEASURED: tuple[tuple[str, str, Callable[[Start], float]], ...] = (
    ("CPU to import and first answer", "s", lambda it: it.cpu_s),
    ("CPU to import", "s", lambda it: it.import_s),
    ("peak memory", "MB", lambda it: it.peak_mb),
)


class Scenery(msgspec.Struct, frozen=True):
    """What makes each handler's next event, and where its posts go."""

    events: dict[str, Callable[[], Event]]
    endpoint: Endpoint

    def start(self, module: str, event: Event) -> Start:
        self.endpoint.reset()
        return msgspec.structs.replace(start(module, event), told=self.endpoint.counts().delivered)


def run(plan: Plan) -> Findings:
    found = Findings()
    with cold_scenery() as scenery:
        for name, goal in GOALS.items():
            say(name)
            starts = starts_of(name, scenery, plan.rounds)
            for what, unit, of in MEASURED:
                measured = {who: [of(it) for it in mine] for who, mine in starts.items()}
                goals = {PEER: goal} if what.endswith("answer") else None
                found.comparisons.extend(compare(f"{name}: {what}", unit, measured, goals))
    return found


def starts_of(name: str, scenery: Scenery, rounds: int) -> dict[str, list[Start]]:
    """Cold starts of this project's handler and of its peer, in turns; the first of each, which
    may have to compile, is left out.

    Raises:
        DifferentWork: they answered differently.
    """
    modules = {
        OURS: f"websocket_service.handlers.{name}",
        PEER: f"bench.peers.usual_handlers.{name}",
    }
    event = scenery.events[name]

    def turn(module: str) -> Start:
        return scenery.start(module, event())

    starts = in_turns(rounds + 1, {who: partial(turn, it) for who, it in modules.items()})
    require_equal(
        f"answers of {name}",
        {who: [(_kind(it.returned), it.told) for it in mine] for who, mine in starts.items()},
    )
    return {who: mine[1:] for who, mine in starts.items()}


def start(module: str, event: Event) -> Start:
    """A cold start in a process of its own, without `site`: what links a checkout into its virtual
    environment would be a good part of it, and there is none of that in Lambda."""
    reading, writing = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-S", str(PROBE), str(writing), module],
            input=json.dumps(event) + "\n",
            pass_fds=[writing],
            text=True,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path, str(SERVICE)])},
        )
    finally:
        os.close(writing)
    with os.fdopen(reading, "rb") as report:
        require(done.returncode == 0, f"{module} failed: {done.stderr[-2000:]}")
        return msgspec.json.decode(report.read(), type=Start)


def _kind(returned: Any) -> Any:
    """An answer without what differs from bid to bid: its number, and that of its request."""
    if not (isinstance(returned, dict) and "body" in returned):
        return returned
    body = json.loads(returned["body"])
    return {"statusCode": returned["statusCode"], "type": body["type"], "keys": sorted(body)}


@contextmanager
def cold_scenery() -> Iterator[Scenery]:
    """A lot that is up, with one listener."""
    with (
        tempfile.TemporaryDirectory() as folder,
        emulated_tables(),
        running_endpoint(Path(folder)) as endpoint,
    ):
        tables = {name: model.Meta.table_name for name, model in MODELS.items()}
        environment = tables | {
            "SETTINGS_TABLE": SETTINGS_TABLE,
            "SETTINGS_HISTORY_TABLE": f"{SETTINGS_TABLE}-history",
            "SOCKETS_ENDPOINT": endpoint.url,
            "AWS_CA_BUNDLE": str(endpoint.authority),
            "FAN_OUT_ARN": "arn:aws:lambda:us-east-1:000000000000:function:fanOut:live",
        }
        boto3.client("dynamodb").create_table(
            TableName=SETTINGS_TABLE,
            KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        with_lot_up(AUCTION)
        DynamoConnections(live(), now_ms).add(
            AUCTION, Connection(LISTENER, 2, "Member 2", "bidder", "user-2")
        )
        with set_environment(environment):
            yield Scenery(_events(), endpoint)


def _events() -> dict[str, Callable[[], Event]]:
    number = count(1)

    def bid() -> Event:
        n = next(number)
        command = PlaceBid(request_id=f"bid-{n}", lot_id=LOT, amount_cents=n * INCREMENT_CENTS)
        return frame(command, number=1 + n % 2, connection_id=LISTENER)

    def ticket() -> Event:
        secret, _ = issue_ticket(
            AUCTION,
            "user-1",
            tickets=DynamoTickets(live()),
            find_member=lambda _, user_id: Member(1, user_id, "Member 1", "bidder"),
            now_ms=now_ms,
        )
        return {
            "methodArn": "arn:aws:execute-api:us-east-1:000000000000:api/bench/$connect",
            "queryStringParameters": {"ticket": secret, "auction": AUCTION},
        }

    def slice_() -> Event:
        return {"auction_id": AUCTION, "connection_ids": [LISTENER], "message": '{"type":"event"}'}

    def gone() -> Event:
        event = frame(PlaceBid(request_id="r", lot_id=LOT, amount_cents=1), connection_id="gone")
        event["requestContext"] |= {"eventType": "DISCONNECT", "routeKey": "$disconnect"}
        return event

    return {
        "place_bid": bid,
        "authorize_connect": ticket,
        "fan_out": slice_,
        "disconnect": gone,
    }


QUESTION = """\
What a new container of each handler takes to its first answer: importing, and one real call
that goes to DynamoDB and to a listener's connection over TLS."""

HOW = """\
Each start is a whole process, with its modules compiled before and without Python's `site`, since
what links a checkout into its environment is not in Lambda; CPU seconds of the process,
interpreter included, and its peak memory. The peer is the same handler with the same calls to
AWS, written as AWS's samples are: boto3 resources and a client built at the top, pydantic
models."""

BENCHMARK = Benchmark(name="cold-start", question=QUESTION, how=HOW, run=run)
