"""The benchmark `cold-start`: importing and first calling each handler, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
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
from bench.scene.cold_events import IS_DONE, LISTENER, Event, connect, next_events
from bench.scene.emulated import emulated_tables, set_environment, with_lot_up
from bench.scene.management_endpoint import Endpoint, running_endpoint
from bench.scene.packages import link_package, pinned_in
from tests.integration.websocket.world import AUCTION
from websocket_service.adapters.tables import MODELS

ROOT = Path(__file__).parent.parent
SERVICE = ROOT / "services" / "websocket"
PEER_NEEDS = (
    "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3",
    "pydantic", "pydantic-core", "annotated-types", "typing-extensions", "typing-inspection",
)  # fmt: skip
REQUIREMENTS = SERVICE / "requirements.txt"
PROBE = Path(__file__).parent / "scene" / "cold_probe.py"
PEER = "boto3 resources, pydantic, everything at the top"
SETTINGS_TABLE = "settings"
GOALS = {
    "place_bid": Goal(at_most=0.4),
    "authorize_connect": Goal(at_most=0.25),
    "fan_out": Goal(at_most=0.25),
    "disconnect": Goal(at_most=0.25),
}
MODULES = {
    OURS: "websocket_service.handlers.{}",
    PEER: "bench.peers.usual_handlers.{}",
}


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
    """What makes each handler's next event, where its posts go, and what each can import."""

    events: dict[str, Callable[[], Event]]
    endpoint: Endpoint
    paths: Mapping[str, Sequence[Path]]

    def start(self, who: str, name: str) -> Start:
        """A cold start of somebody's handler.

        Raises:
            DifferentWork: it did not do what its event asks for.
        """
        self.endpoint.reset()
        event = self.events[name]()
        found = start(MODULES[who].format(name), event, self.paths[who])
        require(IS_DONE[name](event), f"{who}: {name} did not do its work")
        return msgspec.structs.replace(found, told=self.endpoint.counts().delivered)


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
    starts = in_turns(rounds + 1, {who: partial(scenery.start, who, name) for who in MODULES})
    require_equal(
        f"answers of {name}",
        {who: [(_kind(it.returned), it.told) for it in mine] for who, mine in starts.items()},
    )
    return {who: mine[1:] for who, mine in starts.items()}


def start(module: str, event: Event, paths: Sequence[Path]) -> Start:
    """A cold start in a process of its own, without `site`: what links a checkout into its virtual
    environment would be a good part of it, and there is none of that in Lambda.

    Args:
        paths: where it finds all but Python's own modules.
    """
    reading, writing = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-S", str(PROBE), str(writing), module],
            input=json.dumps(event) + "\n",
            pass_fds=[writing],
            text=True,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths))},
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
        connect(LISTENER)
        packages = Path(folder)
        paths = {
            OURS: (SERVICE, link_package(packages / "ours", pinned_in(REQUIREMENTS))),
            PEER: (ROOT, link_package(packages / "peers", PEER_NEEDS)),
        }
        with set_environment(environment):
            yield Scenery(next_events(), endpoint, paths)


QUESTION = """\
What a new container of each handler takes to its first answer: importing, and one real call
that goes to DynamoDB and to a listener's connection over TLS."""

HOW = """\
Each start is a whole process with its modules compiled before, without Python's `site`, and with
the packages alone that it would have in Lambda; CPU seconds of the process, interpreter included,
and its peak memory. The peer is the same handler with the same calls to AWS, written as AWS's
samples are: a boto3 resource and, if it posts, a client, built at the top, and pydantic models of
what it handles. After each start its work is looked for: the bid in the item, the ticket taken,
the connection gone, the message at its listener."""

BENCHMARK = Benchmark(name="cold-start", question=QUESTION, how=HOW, run=run)
