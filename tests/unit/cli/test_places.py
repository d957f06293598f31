"""What readers of the streams gave up, handed to them again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from calcutta.sync import places
from tests.unit.cli.aws import client, stage_with
from tests.unit.cli.fakes import calcutta


class Readers:
    """Lambda: takes what it is given, unless it `fails`."""

    def __init__(self) -> None:
        self.taken: dict[str, list[dict[str, Any]]] = {}
        self.fails = False

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        records = json.loads(Payload)["Records"]
        if not self.fails:
            self.taken.setdefault(FunctionName, []).extend(records)
        failures = [{"itemIdentifier": "1"}] if self.fails else []
        return {"Payload": io.BytesIO(json.dumps({"batchItemFailures": failures}).encode())}


class Streams:
    """A table with a stream of five records, and the queues of places that were given up."""

    def __init__(self) -> None:
        self.readers = Readers()
        self.sqs, dynamodb = client("sqs"), client("dynamodb")
        self.urls = {
            output: self.sqs.create_queue(QueueName=output)["QueueUrl"] for output in places.READERS
        }
        self.stage = stage_with(self.readers, websocket=self.urls)
        made = dynamodb.create_table(
            TableName="auctions",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )
        self.arn = made["TableDescription"]["LatestStreamArn"]
        for number in range(5):
            item = {"id": {"S": "a-1"}, "n": {"N": str(number)}}
            dynamodb.put_item(TableName="auctions", Item=item)
        streams = client("dynamodbstreams")
        described = streams.describe_stream(StreamArn=self.arn)["StreamDescription"]
        self.shard = described["Shards"][0]["ShardId"]
        start = streams.get_shard_iterator(
            StreamArn=self.arn, ShardId=self.shard, ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        records = streams.get_records(ShardIterator=start)["Records"]
        self.numbers = [it["dynamodb"]["SequenceNumber"] for it in records]

    def give_up(self, output: str, first: int, last: int) -> None:
        """As Lambda says it (from the developer guide's example)."""
        place = {
            "requestContext": {"condition": "RetryAttemptsExhausted"},
            "version": "1.0",
            "DDBStreamBatchInfo": {
                "shardId": self.shard,
                "startSequenceNumber": self.numbers[first],
                "endSequenceNumber": self.numbers[last],
                "batchSize": last - first + 1,
                "streamArn": self.arn,
            },
        }
        self.sqs.send_message(QueueUrl=self.urls[output], MessageBody=json.dumps(place))

    def left(self, output: str) -> int:
        messages = self.sqs.receive_message(QueueUrl=self.urls[output], VisibilityTimeout=0)
        return len(messages.get("Messages", []))

    def redrive(self) -> Any:
        return calcutta("sync", "redrive", "--failures", stage=self.stage)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Streams]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(places, "HOLD_S", 0)
    monkeypatch.setattr(places, "WAIT_S", 0)
    with mock_aws():
        yield Streams()


def test_the_records_at_a_place_are_handed_to_its_reader_and_no_others(here: Streams) -> None:
    here.give_up("RelayFailuresUrl", 1, 3)
    result = here.redrive()
    assert result.exit_code == 0, result.output
    assert list(here.readers.taken) == ["RelayEvents"]
    taken = here.readers.taken["RelayEvents"]
    assert [it["dynamodb"]["NewImage"]["n"]["N"] for it in taken] == ["1", "2", "3"]
    assert {it["eventSourceARN"] for it in taken} == {here.arn}
    assert here.left("RelayFailuresUrl") == 0


def test_each_reader_gets_its_own(here: Streams) -> None:
    here.give_up("RelayFailuresUrl", 0, 0)
    here.give_up("FollowFailuresUrl", 1, 2)
    assert here.redrive().stdout.splitlines() == [
        "RelayEvents: 1 records handed over",
        "FollowLeagues: 2 records handed over",
        "2 of 2 places redriven",
    ]
    assert {name: len(it) for name, it in here.readers.taken.items()} == {
        "RelayEvents": 1,
        "FollowLeagues": 2,
    }


def test_a_reader_that_fails_again_keeps_the_place(here: Streams) -> None:
    here.give_up("FollowFailuresUrl", 0, 4)
    here.readers.fails = True
    result = here.redrive()
    assert result.exit_code == 1
    assert "FollowLeagues failed" in result.stderr
    assert here.left("FollowFailuresUrl") == 1


def test_what_the_stream_has_forgotten_is_said_and_let_go(
    here: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgotten(*_: object) -> Any:
        raise ClientError({"Error": {"Code": "TrimmedDataAccessException"}}, "GetShardIterator")

    here.give_up("RelayFailuresUrl", 0, 1)
    monkeypatch.setattr(places, "_records", forgotten)
    result = here.redrive()
    assert result.exit_code == 1
    assert "RelayEvents: 2 records gone" in result.stdout
    assert "calcutta sync reconcile" in result.stdout
    assert here.left("RelayFailuresUrl") == 0


def test_with_nothing_given_up_there_is_nothing_to_do(here: Streams) -> None:
    assert here.redrive().stdout == "0 of 0 places redriven\n"
