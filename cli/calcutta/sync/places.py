"""Places in the live tables' streams that their readers gave up, and the way back.

A stream's on-failure destination holds where the records were, not the records. The stream itself
has them for 24 hours; the readers give up after 23.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from calcutta.problems import Problem
from calcutta.stages import Stage
from calcutta.sync.queues import WAIT_S

READERS = {"RelayFailuresUrl": "RelayEventsLiveArn", "FollowFailuresUrl": "FollowLeaguesLiveArn"}
"""The queue of given up places, and the function whose they are: outputs of `websocket`."""

AT_ONCE = 10
HOLD_S = 120
MOST_PAGES = 100
"""A place has at most a batch of the reader, but pages may be empty."""

GONE = ("TrimmedDataAccessException", "ResourceNotFoundException")


class Batch(msgspec.Struct, frozen=True, rename="camel"):
    """Where the records are: a part of one shard, both ends included."""

    shard_id: str
    start_sequence_number: str
    end_sequence_number: str
    batch_size: int
    stream_arn: str


class _Place(msgspec.Struct, frozen=True):
    batch: Batch = msgspec.field(name="DDBStreamBatchInfo")


class Replayed(msgspec.Struct, frozen=True):
    """What became of a place: its reader took the records, or the stream has forgotten them."""

    reader: str
    records: int
    gone: bool


def replay(stage: Stage) -> Iterator[Replayed]:
    """Hand the records at every place to their reader again. A place is forgotten once they are
    taken, or are no more.

    Raises:
        Problem: a reader failed again; its place stays.
    """
    sqs = stage.client("sqs")
    for queue, reader in READERS.items():
        url = stage.output("websocket", queue)
        while True:
            answer = sqs.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=1,
                VisibilityTimeout=HOLD_S,
                WaitTimeSeconds=WAIT_S,
            )
            if not answer.get("Messages"):
                break
            [message] = answer["Messages"]
            batch = msgspec.json.decode(message["Body"], type=_Place).batch
            gone = not _handed_over(stage, reader, batch)
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            yield Replayed(reader.removesuffix("LiveArn"), batch.batch_size, gone)


def _handed_over(stage: Stage, reader: str, batch: Batch) -> bool:
    """False if the stream does not have the records any more."""
    try:
        records = list(_records(stage.client("dynamodbstreams"), batch))
    except ClientError as error:
        if error.response["Error"]["Code"] in GONE:
            return False
        raise
    for start in range(0, len(records), AT_ONCE):
        invoke_with(stage, reader, records[start : start + AT_ONCE])
    return True


def invoke_with(stage: Stage, reader: str, records: list[dict[str, Any]]) -> None:
    """Let a reader of a stream have these records.

    Raises:
        Problem: it failed on one of them.
    """
    answer = stage.client("lambda").invoke(
        FunctionName=stage.output("websocket", reader),
        Payload=json.dumps({"Records": records}).encode(),
    )
    said = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError") or (said or {}).get("batchItemFailures"):
        name = reader.removesuffix("LiveArn")
        raise Problem(f"{name} failed on what it was given; its log says why")


def _records(streams: Any, batch: Batch) -> Iterator[dict[str, Any]]:
    """The records, as Lambda hands them over."""
    iterator = streams.get_shard_iterator(
        StreamArn=batch.stream_arn,
        ShardId=batch.shard_id,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=batch.start_sequence_number,
    )["ShardIterator"]
    last = int(batch.end_sequence_number)
    for _ in range(MOST_PAGES):
        page = streams.get_records(ShardIterator=iterator)
        for record in page["Records"]:
            if int(record["dynamodb"]["SequenceNumber"]) > last:
                return
            yield _as_handed_over(record, batch.stream_arn)
            if int(record["dynamodb"]["SequenceNumber"]) == last:
                return
        iterator = page["NextShardIterator"]
    raise Problem("the stream does not come to the end of the place; try again")


def _as_handed_over(record: dict[str, Any], stream_arn: str) -> dict[str, Any]:
    change = dict(record["dynamodb"])
    if isinstance(at := change.get("ApproximateCreationDateTime"), datetime):
        change["ApproximateCreationDateTime"] = int(at.timestamp())
    return record | {"dynamodb": change, "eventSourceARN": stream_arn}
