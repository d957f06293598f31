"""The lobby's handlers in this process, before tables and queues that boto3 reaches."""

from __future__ import annotations

import json
from typing import Any

import botocore.session

from lobby_service.adapters.items import to_item
from lobby_service.wiring import Container
from shared.lobby import LineOrder
from shared.settings import Settings
from tests.fakes.clock import Clock
from tests.fakes.room import FakeRoom
from tests.integration.lobby import calls

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}
AUCTION = "auction-1"
LATER_MS = 1_000
"""What is done to a line is seen by everyone after a second."""

KEYS = {
    "lines": [("auction_id", "S", "HASH")],
    "waiters": [("id", "S", "HASH")],
    "numbers": [("line_series", "S", "HASH"), ("first_number", "N", "RANGE")],
}


class Deployed:
    """The lobby, with `FakeRoom` behind its calls; the clock stands until it is moved."""

    def __init__(self, seats: int = 3) -> None:
        self.clock = Clock(1_700_000_000_000)
        self.room = FakeRoom(seats, self.clock)
        session = botocore.session.get_session()
        self.dynamodb = session.create_client("dynamodb")
        self.sqs = session.create_client("sqs")
        for table, keys in KEYS.items():
            self._create(table, keys)
        urls = {
            name: self.sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("win", "aside")
        }
        self.queues = urls
        clients = {"dynamodb": self.dynamodb, "sqs": self.sqs, "lambda": self.room}
        self.container = Container(
            {
                **calls.TABLES,
                "ADMIT_ARN": "admit",
                "RENEW_TICKET_ARN": "renew_ticket",
                "CLOSE_ROOM_ARN": "close_room",
                "WINDOWS_QUEUE_URL": urls["win"],
                "SET_ASIDE_QUEUE_URL": urls["aside"],
            },
            lambda service, **_: clients[service],
            self.clock,
        )
        self.container.settings = Settings

    def order(self, order: LineOrder) -> dict[str, Any]:
        said = calls.order(AUCTION, order)
        self.clock.advance(LATER_MS)
        return said

    def join(
        self, user_id: str, auction_id: str = AUCTION, body: str | None = None
    ) -> dict[str, Any]:
        return _heard(calls.join(auction_id, user_id, body))

    def stand(self, *user_ids: str) -> None:
        """One after another joins and gets a number."""
        for user_id in user_ids:
            self.join(user_id)
            self.number(user_id)

    def look(self, user_id: str, auction_id: str = AUCTION) -> dict[str, Any]:
        return _heard(calls.look(auction_id, user_id))

    def leave(self, user_id: str, auction_id: str = AUCTION) -> dict[str, Any]:
        return _heard(calls.leave(auction_id, user_id))

    def serving(self, auction_id: str = AUCTION) -> dict[str, Any]:
        return _heard(calls.serving(auction_id))

    def record(self, user_id: str, number: int = 1) -> dict[str, Any]:
        """The stream's record of a waiter as they are now."""
        key = to_item({"id": f"{AUCTION}#{user_id}"})
        item = self.dynamodb.get_item(TableName="waiters", Key=key)["Item"]
        return {
            "eventName": "MODIFY",
            "dynamodb": {"SequenceNumber": str(number), "Keys": key, "NewImage": item},
        }

    def number(self, *user_ids: str) -> None:
        """Number some who have joined."""
        assert calls.number([self.record(it, n) for n, it in enumerate(user_ids, 1)]) == []
        self.clock.advance(LATER_MS)

    def window(self, *bodies: str) -> list[str]:
        """Open a window, or hand over these messages; those that are to come again."""
        sent = bodies or (json.dumps({"type": "window_due", "auction_id": AUCTION}),)
        again = calls.admit(sent)
        self.clock.advance(LATER_MS)
        return again

    def depth(self, queue: str) -> int:
        """How many messages a queue has, also those that are delayed."""
        answer = self.sqs.get_queue_attributes(QueueUrl=self.queues[queue], AttributeNames=["All"])
        return sum(
            int(answer["Attributes"][f"ApproximateNumberOfMessages{which}"])
            for which in ("", "Delayed")
        )

    def messages(self, queue: str) -> list[dict[str, Any]]:
        """What can be received from a queue now."""
        found: list[dict[str, Any]] = []
        while True:
            answer = self.sqs.receive_message(QueueUrl=self.queues[queue], MaxNumberOfMessages=10)
            if not answer.get("Messages"):
                return found
            found += [json.loads(it["Body"]) for it in answer["Messages"]]

    def _create(self, table: str, keys: list[tuple[str, str, str]]) -> None:
        self.dynamodb.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": kind} for name, kind, _ in keys
            ],
            KeySchema=[{"AttributeName": name, "KeyType": of} for name, _, of in keys],
        )


def _heard(response: dict[str, Any]) -> dict[str, Any]:
    """The body of a response, with its status and whether it may be kept."""
    body: dict[str, Any] = json.loads(response["body"])
    cache = response["headers"]["cache-control"]
    return body | {"http": response["statusCode"], "cache": cache}
