"""`lineUp` behind a strict poller with the template's settings: nobody is lost or numbered twice,
and no line stands in another's way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lobby_service.adapters.items import to_item
from lobby_service.handlers import line_up
from lobby_service.logic.batch import PATIENCE_MS
from tests.integration.lobby.deployed import AUCTION, Deployed
from tests.integration.stream.poller import Mapping, Poller, Record
from tests.integration.stream.template import stream_of

OTHER = "auction-2"
PATIENCE_S = PATIENCE_MS // 1000


@pytest.fixture(scope="module")
def stream() -> dict[str, Any]:
    return stream_of("lineUp", "lobby")


def test_the_template_says_all_that_the_contract_depends_on(stream: dict[str, Any]) -> None:
    assert Mapping.of_template(stream) == Mapping(
        batch_size=490,
        maximum_retry_attempts=-1,
        maximum_record_age_s=300,
        bisect=True,
        report_batch_item_failures=True,
    )
    on_failure = stream["destinations"]["onFailure"]
    assert (on_failure["type"], on_failure["arn"]) == ("sqs", "GetAtt LineUpFailures.Arn")
    assert stream["startingPosition"] == "TRIM_HORIZON"


def test_the_function_gives_up_before_the_stream_does(stream: dict[str, Any]) -> None:
    assert stream["maximumRecordAgeInSeconds"] >= PATIENCE_S + 60


class Shard:
    """People who join the lines of two auctions, and how their records are delivered.

    Attributes:
        fails: how often the next transactions for the line of `AUCTION` are throttled.
        transactions: how many were tried for it.
    """

    def __init__(self, lobby: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lobby = lobby
        self.records: list[Record] = []
        self.fails = self.transactions = 0
        for auction_id in (AUCTION, OTHER):
            doors = {"gather_at_ms": 0, "doors_at_ms": lobby.clock.now_ms + 10**9}
            counts = {"early_arrived": 0, "late_arrived": 0, "served": 0, "credit": 0, "extra": 0}
            line = {"auction_id": auction_id, "paused": False, "closed": False, "samples": "[]"}
            lobby.dynamodb.put_item(TableName="lines", Item=to_item(line | doors | counts))
        self._real = lobby.dynamodb.transact_write_items
        monkeypatch.setattr(lobby.dynamodb, "transact_write_items", self._transact)

    def _transact(self, **arguments: Any) -> Any:
        line = arguments["TransactItems"][0]["Update"]["Key"]["auction_id"]["S"]
        if line == AUCTION:
            self.transactions += 1
            if self.fails:
                self.fails -= 1
                error = {"Code": "ThrottlingException", "Message": "too much at once"}
                raise ClientError({"Error": error}, "TransactWriteItems")
        return self._real(**arguments)

    def join(self, user_id: str, auction_id: str) -> None:
        self.lobby.join(user_id, auction_id=auction_id)
        key = to_item({"id": f"{auction_id}#{user_id}"})
        item = self.lobby.dynamodb.get_item(TableName="waiters", Key=key)["Item"]
        change = {
            "ApproximateCreationDateTime": self.lobby.clock.now_ms // 1000,
            "Keys": key,
            "NewImage": item,
            "SequenceNumber": str(100_000 + len(self.records)),
        }
        self.records.append({"eventSourceARN": "arn:waiters", "dynamodb": change})

    def poll(self, stream: dict[str, Any], call_s: int = 0, **changes: int) -> Poller:
        """Deliver everything; each call takes `call_s`."""
        began_s = self.lobby.clock.now_ms // 1000

        def function(event: dict[str, Any], context: object) -> Any:
            poller.now_s += call_s
            self.lobby.clock.now_ms = int(poller.now_s * 1000)
            return line_up.handler(event, context)

        poller = Poller(Mapping.of_template(stream | changes), function, now_s=began_s)
        poller.run(self.records)
        return poller

    def numbers(self, auction_id: str, users: Sequence[str]) -> list[int | None]:
        return [self.lobby.look(it, auction_id=auction_id)["number"] for it in users]

    def spoil(self) -> None:
        """Nobody can read the line of `AUCTION` any more."""
        broken = {"auction_id": {"S": AUCTION}, "paused": {"L": []}}
        self.lobby.dynamodb.put_item(TableName="lines", Item=broken)


@pytest.fixture
def shard(lobby: Deployed, monkeypatch: pytest.MonkeyPatch) -> Shard:
    return Shard(lobby, monkeypatch)


USERS = [f"user-{n}" for n in range(6)]


def joined(shard: Shard) -> None:
    """They join both lines in turns."""
    for user_id in USERS:
        shard.join(user_id, AUCTION)
        shard.join(user_id, OTHER)
        shard.lobby.clock.advance(1)


def test_everybody_gets_one_number(shard: Shard, stream: dict[str, Any]) -> None:
    joined(shard)
    poller = shard.poll(stream)
    for auction_id in (AUCTION, OTHER):
        assert shard.numbers(auction_id, USERS) == [1, 2, 3, 4, 5, 6]
    assert (len(poller.batches), shard.lobby.messages("aside")) == (1, [])


@pytest.mark.parametrize("batch_size", [490, 4])
def test_a_line_that_cannot_be_read_stops_no_other_line_on_the_shard(
    shard: Shard, stream: dict[str, Any], batch_size: int
) -> None:
    joined(shard)
    shard.spoil()
    poller = shard.poll(stream, batchSize=batch_size)
    assert len(poller.batches) == -(-len(shard.records) // batch_size)
    assert shard.numbers(OTHER, USERS) == [1, 2, 3, 4, 5, 6]
    assert poller.discarded == []


def test_whom_it_was_about_is_set_aside_with_the_reason(
    shard: Shard, stream: dict[str, Any]
) -> None:
    joined(shard)
    shard.spoil()
    shard.poll(stream)
    [aside] = shard.lobby.messages("aside")
    assert aside["reason"].startswith("not a line: ")
    assert aside["origin"].startswith("arn:waiters record 100000")
    people = json.loads(aside["payload"])
    assert [it["user_id"] for it in people] == USERS
    assert {it["auction_id"] for it in people} == {AUCTION}


@pytest.mark.parametrize("fails", [1, 7, 60])
def test_a_table_that_is_throttled_loses_nobody_and_numbers_nobody_twice(
    shard: Shard, stream: dict[str, Any], fails: int
) -> None:
    joined(shard)
    shard.fails = fails
    poller = shard.poll(stream)
    assert shard.transactions == fails + 1
    for auction_id in (AUCTION, OTHER):
        assert shard.numbers(auction_id, USERS) == [1, 2, 3, 4, 5, 6]
    assert (poller.discarded, shard.lobby.messages("aside")) == ([], [])


def test_what_waits_for_a_throttled_line_is_set_aside_once(
    shard: Shard, stream: dict[str, Any]
) -> None:
    joined(shard)
    change = {"SequenceNumber": "200000", "NewImage": {"state": {"L": []}}}
    at_s = shard.lobby.clock.now_ms // 1000
    garbage = {"dynamodb": change | {"ApproximateCreationDateTime": at_s}}
    shard.records.append(garbage)
    shard.fails = 20
    shard.poll(stream)
    [aside] = shard.lobby.messages("aside")
    assert json.loads(aside["payload"]) == garbage


def test_a_line_that_fails_for_minutes_is_set_aside_and_mended_by_who_looks(
    shard: Shard, stream: dict[str, Any]
) -> None:
    joined(shard)
    shard.fails = 10**6
    began_s = shard.lobby.clock.now_ms // 1000
    poller = shard.poll(stream, call_s=9)
    assert PATIENCE_S - 1 <= poller.now_s - began_s <= PATIENCE_S + 10
    assert poller.discarded == []
    [aside] = shard.lobby.messages("aside")
    assert "ThrottlingException" in aside["reason"]
    assert len(json.loads(aside["payload"])) == len(USERS)
    shard.fails = 0
    shard.lobby.look("user-3")
    shard.lobby.number("user-3")
    assert shard.lobby.look("user-3")["number"] == 1
    assert shard.numbers(OTHER, USERS) == [1, 2, 3, 4, 5, 6]
