"""Reading the books of one auction: DynamoDB directly, the database through the bridge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calcutta.bridge import Bridge
from calcutta.stages import Stage
from calcutta.sync.compare import AuctionItem, Books
from shared.auction import LotState
from shared.codec import decode_event
from shared.events import LedgerEntry

Item = dict[str, Any]
"""As DynamoDB's client returns it: `{"seq": {"N": "1"}}`."""


def read_books(stage: Stage, auction_id: str) -> Books:
    """The books as they are now.

    The live tables are read last: what happens meanwhile shows as a difference, never as none.
    """
    bridge, dynamodb = Bridge(stage), stage.client("dynamodb")
    pages = tuple(bridge.pages_of_events(auction_id))
    sold = bridge.list_sales(auction_id)
    ledger = _query(dynamodb, stage.output("websocket", "LedgerTableName"), auction_id)
    lots = _query(dynamodb, stage.output("websocket", "LotsTableName"), auction_id)
    auction = dynamodb.get_item(
        TableName=stage.output("websocket", "AuctionsTableName"),
        Key={"id": {"S": auction_id}},
        ConsistentRead=True,
    )
    return Books(
        auction=_auction(auction["Item"]) if "Item" in auction else None,
        ledger=[
            LedgerEntry(auction_id, int(item["seq"]["N"]), decode_event(item["event"]["S"]))
            for item in ledger
        ],
        lots=[_lot(item) for item in lots],
        events=[it for page in pages for it in page.entries],
        bids=[it for page in pages for it in page.bids],
        sales=sold.sales,
        status=sold.status,
    )


def _query(dynamodb: Any, table: str, auction_id: str) -> Iterator[Item]:
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="auction_id = :id",
        ExpressionAttributeValues={":id": {"S": auction_id}},
        ConsistentRead=True,
    )
    for page in pages:
        yield from page["Items"]


def _auction(item: Item) -> AuctionItem:
    return AuctionItem(
        seq=int(item["n"]["N"]),
        last_event=decode_event(item["ev"]["S"]),
        spent={int(number): int(cents["N"]) for number, cents in item["sp"]["M"].items()},
    )


def _lot(item: Item) -> LotState:
    return LotState(
        lot_id=item["lot_id"]["S"],
        status=item["status"]["S"],
        seq=int(item["seq"]["N"]),
        owner=_number(item, "owner"),
        price_cents=_number(item, "price_cents"),
    )


def _number(item: Item, name: str) -> int | None:
    value = item.get(name, {}).get("N")
    return None if value is None else int(value)
