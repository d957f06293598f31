from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from msgspec.structs import replace

from calcutta.sync.command import settled
from shared.bridge import EventsPage, Sales
from shared.codec import encode
from tests.unit.cli.fakes import FakeBridge, calcutta, fake_stage
from tests.unit.cli.test_compare import BOOKS, ENTRIES


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    """The live tables after one sale, as `BOOKS` has them."""
    with mock_aws():
        client = boto3.client(
            "dynamodb",
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        _create(client, "auctions", id="S")
        _create(client, "lots", auction_id="S", lot_id="S")
        _create(client, "ledger", auction_id="S", seq="N")
        assert BOOKS.auction is not None
        client.put_item(
            TableName="auctions",
            Item={
                "id": {"S": "a-1"},
                "n": {"N": "5"},
                "ev": {"S": encode(BOOKS.auction.last_event).decode()},
                "sp": {"M": {"1": {"N": "700"}}},
            },
        )
        for entry in ENTRIES:
            client.put_item(
                TableName="ledger",
                Item={
                    "auction_id": {"S": "a-1"},
                    "seq": {"N": str(entry.seq)},
                    "event": {"S": encode(entry.event).decode()},
                },
            )
        for lot in BOOKS.lots:
            item = {
                "auction_id": {"S": "a-1"},
                "lot_id": {"S": lot.lot_id},
                "status": {"S": lot.status},
                "seq": {"N": str(lot.seq)},
            }
            if lot.owner is not None:
                item |= {"owner": {"N": str(lot.owner)}, "price_cents": {"N": "700"}}
            client.put_item(TableName="lots", Item=item)
        yield client


def _create(client: Any, name: str, **keys: str) -> None:
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": kind} for key, kind in keys.items()
        ],
        KeySchema=[
            {"AttributeName": key, "KeyType": kind}
            for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
        ],
    )


def bridge(**changes: Any) -> FakeBridge:
    """The database as `BOOKS` has it, three rows a page."""
    books = replace(BOOKS, **changes)

    def list_events(request: dict[str, Any]) -> EventsPage:
        left = [entry for entry in books.events if entry.seq > request["after_seq"]]
        shown = {it.seq for it in left[:3]}
        bids = tuple(it for it in books.bids if it.seq in shown)
        return EventsPage(tuple(left[:3]), more=len(left) > 3, bids=bids)

    return FakeBridge(
        ListEvents=list_events,
        ListSales=lambda request: Sales((), tuple(books.sales), books.status),
    )


def test_equal_books_are_equal(dynamodb: Any) -> None:
    stage = fake_stage(functions=bridge(), dynamodb=dynamodb)
    result = calcutta("sync", "reconcile", "a-1", stage=stage)
    assert result.exit_code == 0, result.output
    assert result.stdout == "reconcile: equal (5 events, 1 sales)\n"


def test_each_difference_is_a_line_and_the_exit_is_1(dynamodb: Any) -> None:
    stage = fake_stage(functions=bridge(sales=[], events=ENTRIES[:4]), dynamodb=dynamodb)
    result = calcutta("sync", "reconcile", "a-1", "--wait", "0", stage=stage)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "auction_event seq 5",
        "sale of lot lot-1",
        "reconcile",
    ]


def test_as_json_differences_are_objects(dynamodb: Any) -> None:
    stage = fake_stage(functions=bridge(sales=[]), dynamodb=dynamodb)
    result = calcutta("sync", "reconcile", "a-1", "--wait", "0", "--json", stage=stage)
    said = json.loads(result.stdout)
    assert (said["equal"], said["differences"][0]["where"]) == (False, "sale")


def test_an_auction_that_nobody_opened_is_a_problem_not_equal(dynamodb: Any) -> None:
    stage = fake_stage(functions=bridge(sales=[], events=[]), dynamodb=dynamodb)
    result = calcutta("sync", "reconcile", "a-2", "--wait", "0", stage=stage)
    assert result.exit_code == 1
    assert "never opened" in result.stderr


def test_events_under_way_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calcutta.sync.command.POLL_S", 0.001)
    arriving = iter([replace(BOOKS, events=[]), replace(BOOKS, events=ENTRIES[:3]), BOOKS])
    assert settled(lambda: next(arriving), wait_s=30) == (BOOKS, [])
