"""A client that reads an auction's whole ledger, its lots and its members, and folds the events."""

from __future__ import annotations

from typing import Any

import boto3
import msgspec

from websocket_service.adapters.tables import LedgerRow, LotRow, MemberRow, RulesRow

_client: Any = None


def read_everything(auction_id: str) -> tuple[int, dict[str, int]]:
    """How far the auction is, and what each lot that was sold went for, in cents."""
    client = _dynamodb()
    for table in (RulesRow, LotRow, MemberRow):
        _rows(client, table.Meta.table_name, auction_id)
    prices: dict[str, int] = {}
    seq = 0
    for row in _rows(client, LedgerRow.Meta.table_name, auction_id):
        event = msgspec.json.decode(row["event"]["S"])
        if event["type"] == "lot_sold":
            prices[event["lot_id"]] = event["price_cents"]
        seq = int(row["seq"]["N"])
    return seq, prices


def _rows(client: Any, table: str, auction_id: str) -> list[dict[str, Any]]:
    pages = client.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="auction_id = :auction",
        ExpressionAttributeValues={":auction": {"S": auction_id}},
        ConsistentRead=True,
    )
    return [row for page in pages for row in page["Items"]]


def _dynamodb() -> Any:
    """One client for all, as botocore's documentation recommends for threads."""
    global _client
    if _client is None:
        _client = boto3.client("dynamodb")
    return _client
