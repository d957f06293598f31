"""What did not reach the database on its way: told, shown, and brought back."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from calcutta.bridge import Bridge
from shared.codec import encode
from shared.events import LedgerEntry, LotPassed
from tests.e2e.system import System, wait_for


@pytest.fixture
def opened(system: System, auction_id: str) -> str:
    """An auction in which nothing happened but its opening, which is in the database."""
    system.calcutta("auction", "open", auction_id)
    assert system.reconcile(auction_id)["events"] == 1
    return auction_id


def said(system: System, *arguments: str, fails: bool = False) -> Any:
    return json.loads(system.calcutta("sync", *arguments, "--json", fails=fails).stdout)


def send(system: System, output: str, auction_id: str, seq: int, body: str) -> None:
    """Put a message of an auction into one of the bridge's queues."""
    boto3.client("sqs").send_message(
        QueueUrl=system.stage.output("rds-bridge", output),
        MessageBody=body,
        MessageGroupId=auction_id,
        MessageDeduplicationId=f"{auction_id}-{seq}",
    )


def seqs(system: System, auction_id: str) -> list[int]:
    return [it.seq for it in Bridge(system.stage).list_events(auction_id)]


def passed(auction_id: str, seq: int) -> str:
    return encode(LedgerEntry(auction_id, seq, LotPassed(at_ms=1, lot_id="L01"))).decode()


def test_a_record_that_nobody_understands_is_listed_shown_and_redriven_once_repaired(
    system: System, opened: str
) -> None:
    right = passed(opened, 7)
    wrong = right.replace("lot_passed", "lot_lost")
    assert wrong != right
    send(system, "ApplyQueueUrl", opened, 7, wrong)
    [row] = wait_for(lambda: said(system, "list", opened)["rows"])
    assert (row["source"], row["seq"]) == ("apply", 7)
    assert "lot_lost" in row["reason"]
    shown = said(system, "show", row["quarantine_id"])
    assert shown["payload"] == wrong
    again = said(system, "redrive", row["quarantine_id"], fails=True)
    assert not again["applied"]
    repaired = system.folder / "repaired.json"
    repaired.write_text(right)
    done = said(system, "redrive", row["quarantine_id"], "--payload", str(repaired))
    assert done["applied"]
    assert said(system, "list", opened)["rows"] == []
    assert seqs(system, opened) == [1, 7]


def test_dead_letters_are_counted_listed_shown_and_sent_again(system: System, opened: str) -> None:
    for seq in (8, 9):
        send(system, "ApplyDeadLetterQueueUrl", opened, seq, passed(opened, seq))
    assert said(system, "status", opened)["dead_letters"] == 2
    letter = said(system, "list", opened)["dead_letters"][0]
    assert (letter["auction_id"], letter["seq"]) == (opened, 8)
    assert said(system, "show", letter["message_id"])["body"] == passed(opened, 8)
    assert said(system, "redrive", "--dead-letters") == {"sent": 2}
    wait_for(lambda: seqs(system, opened) == [1, 8, 9])
    assert said(system, "status", opened)["dead_letters"] == 0


def test_a_place_that_the_relay_gave_up_is_counted_and_relayed_again(
    system: System, opened: str
) -> None:
    ledger = system.table("LedgerTableName")
    key = {"auction_id": opened, "seq": 1}
    event = ledger.delete_item(Key=key, ReturnValues="ALL_OLD")["Attributes"]["event"]
    boto3.client("sqs").send_message(
        QueueUrl=system.stage.output("websocket", "RelayFailuresUrl"),
        MessageBody=json.dumps({"DDBStreamBatchInfo": place_of(system, opened)}),
    )
    assert said(system, "status", opened)["relay_failures"] == 1
    [place] = said(system, "redrive", "--failures")["places"]
    assert (place["reader"], place["records"], place["gone"]) == ("RelayEvents", 1, False)
    assert ledger.get_item(Key=key, ConsistentRead=True)["Item"]["event"] == event
    assert said(system, "status", opened)["relay_failures"] == 0


def place_of(system: System, auction_id: str) -> dict[str, Any]:
    """Where the stream has the opening of an auction."""
    streams = boto3.client("dynamodbstreams")
    table = system.table("AuctionsTableName")
    shards = streams.describe_stream(StreamArn=table.latest_stream_arn)["StreamDescription"]
    for shard in shards["Shards"]:
        where = {"StreamArn": table.latest_stream_arn, "ShardId": shard["ShardId"]}
        iterator = streams.get_shard_iterator(**where, ShardIteratorType="TRIM_HORIZON")
        records, following = [], iterator["ShardIterator"]
        while following:
            page = streams.get_records(ShardIterator=following)
            records += page["Records"]
            following = page.get("NextShardIterator") if page["Records"] else None
        for record in records:
            if record["dynamodb"]["Keys"]["id"]["S"] == auction_id:
                number = record["dynamodb"]["SequenceNumber"]
                return {
                    "shardId": shard["ShardId"],
                    "startSequenceNumber": number,
                    "endSequenceNumber": number,
                    "batchSize": 1,
                    "streamArn": table.latest_stream_arn,
                }
    raise AssertionError("the stream does not have it")
