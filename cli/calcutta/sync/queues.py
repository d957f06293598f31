"""The queues between the live auction and the database: how full they are, and the way back of
what the apply queue gave up.

SQS can move dead letters itself (`StartMessageMoveTask`), but says of none where it is. Here each
is sent again and only then deleted: whenever this ends, nothing is lost, and `apply` takes an event
that comes twice once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from calcutta.stages import Stage

LOOK_S = 30
"""How long a dead letter is held while it is looked at, should this end in the middle."""

MOVE_S = 60
WAIT_S = 1
"""Without, SQS asks only some of its servers, and may say that there is nothing."""

DEDUPLICATION_ID_CHARS = 128

DEAD_LETTERS, APPLY_QUEUE = "ApplyDeadLetterQueueUrl", "ApplyQueueUrl"


class Depths(msgspec.Struct, frozen=True):
    """How many messages wait or are under way in a queue."""

    waiting: int
    under_way: int

    @property
    def in_all(self) -> int:
        return self.waiting + self.under_way


class DeadLetter(msgspec.Struct, frozen=True):
    """A message that `apply` failed on for five hours; `seq` is its event's place in the ledger."""

    message_id: str
    auction_id: str
    seq: int | None
    attempts: int
    body: str


def depths(stage: Stage, service: str, output: str) -> Depths:
    """The depths of the queue whose URL a stack tells; approximate, as SQS counts."""
    names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    answer = stage.client("sqs").get_queue_attributes(
        QueueUrl=stage.output(service, output), AttributeNames=list(names)
    )
    waiting, under_way = (int(answer["Attributes"][name]) for name in names)
    return Depths(waiting, under_way)


def dead_letters(stage: Stage) -> list[DeadLetter]:
    """The first of each auction: SQS shows no more of a group before these are out of its way."""
    return [_dead_letter(it) for it in look(stage, "rds-bridge", DEAD_LETTERS)]


def look(stage: Stage, service: str, output: str) -> list[dict[str, Any]]:
    """The messages of the queue whose URL a stack tells, as SQS gives them; they stay there."""
    sqs, url = stage.client("sqs"), stage.output(service, output)
    held: list[dict[str, Any]] = []
    try:
        held.extend(_received(sqs, url, LOOK_S))
        return held
    finally:
        for message in held:
            sqs.change_message_visibility(
                QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )


def send_again(stage: Stage) -> Iterator[DeadLetter]:
    """Put all dead letters back into the apply queue, and tell of each once it is there."""
    sqs, dead = stage.client("sqs"), stage.output("rds-bridge", DEAD_LETTERS)
    queue = stage.output("rds-bridge", APPLY_QUEUE)
    for message in _received(sqs, dead, MOVE_S):
        attributes = message["Attributes"]
        # of its own: SQS would swallow one that it saw within five minutes
        once = f"{message['MessageId']}-{attributes['MessageDeduplicationId']}"
        sqs.send_message(
            QueueUrl=queue,
            MessageBody=message["Body"],
            MessageGroupId=attributes["MessageGroupId"],
            MessageDeduplicationId=once[-DEDUPLICATION_ID_CHARS:],
        )
        sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
        yield _dead_letter(message)


def _received(sqs: Any, url: str, hold_s: int) -> Iterator[dict[str, Any]]:
    """Message after message, until none comes."""
    while True:
        answer = sqs.receive_message(
            QueueUrl=url,
            AttributeNames=["All"],
            MaxNumberOfMessages=10,
            VisibilityTimeout=hold_s,
            WaitTimeSeconds=WAIT_S,
        )
        messages = answer.get("Messages", [])
        yield from messages
        if not messages:
            return


def _dead_letter(message: dict[str, Any]) -> DeadLetter:
    attributes = message["Attributes"]
    seq = attributes["MessageDeduplicationId"].rpartition("-")[2]
    return DeadLetter(
        message_id=message["MessageId"],
        auction_id=attributes["MessageGroupId"],
        seq=int(seq) if seq.isascii() and seq.isdigit() else None,
        attempts=int(attributes["ApproximateReceiveCount"]),
        body=message["Body"],
    )
