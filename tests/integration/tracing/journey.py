"""A bid's journey with tracing on, in a process of its own, since botocore stays patched: prints as
JSON what went out, and what an X-Ray daemon (here) was sent.

    python -m tests.integration.tracing.journey
"""

from __future__ import annotations

import base64
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any
from unittest import mock

RANDOM = {"bid": "a" * 24, "relay": "b" * 24, "apply": "c" * 24}
"""The part of a trace's id after its time, which is now."""

PARENT = "53995c3f42cd8ad8"
TABLES = ("AUCTIONS", "RULES", "LOTS", "MEMBERS", "LEDGER", "CONNECTIONS", "TICKETS", "CHAT")
PATIENCE_S = 10.0


class Daemon:
    """What an X-Ray daemon would be sent."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(PATIENCE_S)
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def heard(self, *names: str) -> list[dict[str, Any]]:
        """All documents until each of these names was among them."""
        found: list[dict[str, Any]] = []
        while not set(names) <= {it["name"] for it in found}:
            _, document = self._socket.recv(65_536).split(b"\n", 1)
            found.append(json.loads(document))
        return found


class Callee:
    """AWS Lambda's door: records the trace header that a call comes with."""

    def __init__(self) -> None:
        headers: list[str | None] = []

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                headers.append(self.headers.get("X-Amzn-Trace-Id"))
                self.rfile.read(int(self.headers["Content-Length"]))
                body = b'{"error": {"code": "not_found", "message": "nobody"}}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.headers = headers
        self._server = HTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()


class Rows:
    """The ledger in the database: takes everything of the auction."""

    def casts(self, entries: Sequence[Any]) -> Mapping[str, Any]:
        from rds_bridge_service.logic.understanding import Cast

        cast = Cast(frozenset({"L01"}), frozenset(range(4)))
        return {it.auction_id: cast for it in entries}

    def append(self, entries: Sequence[object], set_aside: Sequence[object] = ()) -> None:
        assert not set_aside


def in_trace(of: str) -> None:
    """As Lambda says it before each invocation."""
    root = f"1-{int(time.time()):08x}-{RANDOM[of]}"
    os.environ["_X_AMZN_TRACE_ID"] = f"Root={root};Parent={PARENT};Sampled=1;Lineage=1:a:0"


def set_environment(daemon: Daemon) -> None:
    os.environ.pop("AWS_ENDPOINT_URL", None)
    os.environ |= {
        "TRACING": "on",
        "LAMBDA_TASK_ROOT": "/var/task",
        "AWS_XRAY_DAEMON_ADDRESS": daemon.address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "SETTINGS_TABLE": "settings",
        "SETTINGS_HISTORY_TABLE": "settings-history",
        "SOCKETS_ENDPOINT": "https://a.execute-api.us-east-1.amazonaws.com/prod",
    } | {f"{it}_TABLE": it.lower() for it in TABLES}


def main() -> None:
    daemon = Daemon()
    set_environment(daemon)

    import boto3

    from tests.fakes.aws_door import emulated_aws
    from tests.fakes.settings_tables import make_settings_tables
    from websocket_service.adapters.tables import MODELS, bind

    with emulated_aws():
        bind(os.environ)
        for model in MODELS.values():
            model.create_table(billing_mode="PAY_PER_REQUEST")
        make_settings_tables("settings", "settings-history")
        sqs = boto3.client("sqs")
        fifo = sqs.create_queue(QueueName="a.fifo", Attributes={"FifoQueue": "true"})
        os.environ["APPLY_QUEUE_URL"] = fifo["QueueUrl"]
        os.environ["HAMMER_QUEUE_URL"] = sqs.create_queue(QueueName="h")["QueueUrl"]
        item = bid()
        message = relay(item)
        apply(message)
        called = call()
    heard = daemon.heard("relay", "apply")
    sys.stdout.write("\n" + json.dumps({"message": message, "called": called, "heard": heard}))


def bid() -> Any:
    """An accepted bid; its item."""
    import boto3

    from shared.commands import NextLot, PlaceBid
    from tests.integration.websocket.world import frame, open_auction
    from websocket_service.handlers import place_bid, run_command

    in_trace("bid")
    open_auction()
    run_command.handler(frame(NextLot(request_id="next", lot_id="L01"), number=0), None)
    command = PlaceBid(request_id="r-1", lot_id="L01", amount_cents=1_00)
    assert json.loads(place_bid.handler(frame(command), None)["body"])["type"] == "accepted"
    key = {"id": {"S": "auction-1"}}
    return boto3.client("dynamodb").get_item(TableName="auctions", Key=key)["Item"]


def relay(item: Any) -> Any:
    """Hand over the stream's record of the bid; the message that is queued, as Lambda has it.

    What is sent is looked at on its way out: moto forgets the trace of messages sent in a batch.
    """
    from websocket_service.handlers import relay_events
    from websocket_service.wiring import container

    in_trace("relay")
    sent: list[dict[str, Any]] = []
    container().outbox._client.meta.events.register(
        "provide-client-params.sqs.SendMessageBatch",
        lambda params, **_: sent.extend(params["Entries"]),
    )
    item["tr"] = {"B": base64.b64encode(item["tr"]["B"]).decode()}
    record = {"dynamodb": {"SequenceNumber": "1", "NewImage": item, "OldImage": {}}}
    assert relay_events.handler({"Records": [record]}, None) == {"batchItemFailures": []}
    [entry] = sent
    system = {name: it["StringValue"] for name, it in entry["MessageSystemAttributes"].items()}
    named = {name: entry[name] for name in ("MessageGroupId", "MessageDeduplicationId")}
    return {"messageId": "m-1", "body": entry["MessageBody"], "attributes": named | system}


def apply(message: Any) -> None:
    from rds_bridge_service.handlers import apply as handling

    in_trace("apply")
    with mock.patch.object(handling, "container", return_value=SimpleNamespace(ledger=Rows())):
        assert handling.handler({"Records": [message]}, None) == {"batchItemFailures": []}


def call() -> list[str | None]:
    """The header of a call to another service."""
    import botocore.session

    from shared.errors import NotFound
    from websocket_service.adapters.bridge import LambdaBridge

    in_trace("bid")
    callee = Callee()
    client = botocore.session.get_session().create_client("lambda", endpoint_url=callee.url)
    try:
        LambdaBridge(client, find_member_arn="findMember").find_member("auction-1", "user-1")
    except NotFound:
        return callee.headers
    raise AssertionError("the callee answers that there is nobody")


if __name__ == "__main__":
    main()
