"""Dead letters of the apply queue: listed, shown, and sent again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from calcutta.stages import Stage
from calcutta.sync import queues
from shared.errors import NotFound
from shared.quarantine import QuarantinePage
from tests.unit.cli.aws import client, stage_with
from tests.unit.cli.fakes import FakeBridge, calcutta

FIFO = {"FifoQueue": "true"}


class NothingSetAside(FakeBridge):
    """A bridge whose quarantine is empty."""

    def __init__(self) -> None:
        super().__init__(ListQuarantine=lambda request: QuarantinePage((), waiting=0))

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        if FunctionName == "ShowQuarantine":
            raise NotFound("there is no such record in quarantine")
        return super().invoke(FunctionName=FunctionName, Payload=Payload)


class Sqs:
    """The apply queue and its dead letters."""

    def __init__(self) -> None:
        self.sqs = client("sqs")
        self.queue = self.sqs.create_queue(QueueName="apply.fifo", Attributes=FIFO)["QueueUrl"]
        self.dead = self.sqs.create_queue(QueueName="dead.fifo", Attributes=FIFO)["QueueUrl"]
        of_bridge = {"ApplyQueueUrl": self.queue, "ApplyDeadLetterQueueUrl": self.dead}
        self.stage: Stage = stage_with(NothingSetAside(), rds_bridge=of_bridge)

    def bury(self, auction_id: str, *seqs: int) -> None:
        for seq in seqs:
            self.sqs.send_message(
                QueueUrl=self.dead,
                MessageBody=f"event {seq}",
                MessageGroupId=auction_id,
                MessageDeduplicationId=f"{auction_id}-{seq}",
            )

    def taken(self, url: str) -> list[tuple[str, str]]:
        """Group and body of every message in a queue, which is empty then."""
        found = []
        while messages := self.sqs.receive_message(
            QueueUrl=url, AttributeNames=["All"], MaxNumberOfMessages=10
        ).get("Messages"):
            for it in messages:
                found.append((it["Attributes"]["MessageGroupId"], it["Body"]))
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=it["ReceiptHandle"])
        return found

    def sync(self, *arguments: str) -> Any:
        return calcutta("sync", *arguments, stage=self.stage)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sqs]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(queues, "WAIT_S", 0)
    with mock_aws():
        yield Sqs()


def test_dead_letters_are_listed_with_their_place(here: Sqs) -> None:
    here.bury("a-1", 7)
    here.bury("a-2", 9)
    said = json.loads(here.sync("list", "--json").stdout)
    found = [(it["auction_id"], it["seq"], it["body"]) for it in said["dead_letters"]]
    assert sorted(found) == [("a-1", 7, "event 7"), ("a-2", 9, "event 9")]
    assert "2 dead letters in all" in here.sync("list").stdout


def test_those_of_one_auction_are_listed_alone(here: Sqs) -> None:
    here.bury("a-1", 7)
    here.bury("a-2", 9)
    said = json.loads(here.sync("list", "a-2", "--json").stdout)
    assert [it["seq"] for it in said["dead_letters"]] == [9]


def test_a_dead_letter_is_shown_whole(here: Sqs) -> None:
    here.bury("a-1", 7)
    [letter] = queues.dead_letters(here.stage)
    lines = here.sync("show", letter.message_id).stdout.splitlines()
    assert lines[0].startswith("from: the apply queue, after ")
    assert lines[1] == "event 7"


def test_what_is_nowhere_is_not_found(here: Sqs) -> None:
    here.bury("a-1", 7)
    result = here.sync("show", "nowhere")
    assert result.exit_code == 1
    assert "no such record" in result.stderr


def test_a_look_leaves_dead_letters_where_they_are(here: Sqs) -> None:
    here.bury("a-1", 7, 8)
    here.sync("list")
    assert here.taken(here.dead) == [("a-1", "event 7"), ("a-1", "event 8")]


def test_all_dead_letters_go_back_in_their_order(here: Sqs) -> None:
    here.bury("a-1", *range(1, 26))
    here.bury("a-2", 1)
    result = here.sync("redrive", "--dead-letters")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1].startswith("26 sent again")
    sent = here.taken(here.queue)
    assert [body for group, body in sent if group == "a-1"] == [f"event {n}" for n in range(1, 26)]
    assert here.taken(here.dead) == []


def test_a_message_that_was_queued_a_moment_ago_is_sent_nevertheless(here: Sqs) -> None:
    here.bury("a-1", 7)
    here.sqs.send_message(
        QueueUrl=here.queue,
        MessageBody="event 7",
        MessageGroupId="a-1",
        MessageDeduplicationId="a-1-7",
    )
    here.sync("redrive", "--dead-letters")
    assert len(here.taken(here.queue)) == 2


def test_the_name_of_a_message_that_was_sent_again_still_says_its_seq(here: Sqs) -> None:
    here.bury("a" * 64, 2**53 - 1)
    [*queues.send_again(here.stage)]
    [message] = here.sqs.receive_message(QueueUrl=here.queue, AttributeNames=["All"])["Messages"]
    assert message["Attributes"]["MessageDeduplicationId"].endswith(f"a-{2**53 - 1}")


def test_a_dead_letter_is_deleted_only_once_it_was_sent(
    here: Sqs, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.bury("a-1", 7)
    wrong = stage_with(
        NothingSetAside(),
        rds_bridge={"ApplyQueueUrl": f"{here.queue}x", "ApplyDeadLetterQueueUrl": here.dead},
    )
    monkeypatch.setattr(queues, "MOVE_S", 0)
    result = calcutta("sync", "redrive", "--dead-letters", stage=wrong)
    assert result.exit_code == 1
    assert here.taken(here.dead) == [("a-1", "event 7")]
