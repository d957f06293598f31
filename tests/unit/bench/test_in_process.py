"""AWS in this process: its queue, its time, and who reaches it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError

from bench.scene import in_process
from bench.scene.dynamodb import DynamoDb
from bench.scene.in_process import Clock, InProcessAws, Queue
from bench.scene.table import Table
from shared.clock import now_ms


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    session = botocore.session.get_session()
    return lambda service: session.create_client(service, region_name="us-east-1")


def aws(time: Clock, queue: Queue) -> InProcessAws:
    tables = DynamoDb({"lines": Table("id")})
    return InProcessAws(tables, {"windows": queue}, {}, time, random.Random(1))


def test_a_queue_hands_over_what_is_due_in_its_order() -> None:
    queue = Queue()
    queue.send("later", 2_000)
    queue.send("first", 1_000)
    queue.send("second", 1_000)
    assert queue.receive(1_500, most=10) == ["first", "second"]
    assert queue.receive(2_000, most=10) == ["later"]


def test_a_message_is_due_after_its_delay(client: Callable[[str], Any]) -> None:
    time, queue = Clock(10_000), Queue()
    with aws(time, queue).reached():
        client("sqs").send_message(QueueUrl="windows", MessageBody="go", DelaySeconds=5)
    assert queue.receive(14_999, most=1) == []
    assert queue.receive(15_000, most=1) == ["go"]


def test_the_time_stands_still_while_it_is_reached() -> None:
    time = Clock(10_000)
    with aws(time, Queue()).reached():
        assert now_ms() == 10_000
        time.now_ms += 1
        assert now_ms() == 10_001
    assert now_ms() > 1_000_000_000_000


def test_a_refusal_is_the_error_that_the_client_raises(client: Callable[[str], Any]) -> None:
    dynamodb = client("dynamodb")
    write = {
        "TableName": "lines",
        "Item": {"id": {"S": "a"}},
        "ConditionExpression": "attribute_exists(id)",
    }
    failed = dynamodb.exceptions.ConditionalCheckFailedException
    with aws(Clock(0), Queue()).reached(), pytest.raises(failed) as refused:
        dynamodb.put_item(**write)
    assert refused.value.response["Error"]["Code"] == "ConditionalCheckFailedException"


def test_transactions_meet(client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_process, "CONFLICTS", 1)
    put = {"Put": {"TableName": "lines", "Item": {"id": {"S": "a"}}}}
    with aws(Clock(0), Queue()).reached(), pytest.raises(ClientError) as refused:
        client("dynamodb").transact_write_items(TransactItems=[put])
    assert refused.value.response["CancellationReasons"] == [{"Code": "TransactionConflict"}]


def test_a_service_that_is_left_out_is_named(client: Callable[[str], Any]) -> None:
    left_out = pytest.raises(NotImplementedError, match="sns: ListTopics")
    with aws(Clock(0), Queue()).reached(), left_out:
        client("sns").list_topics()
