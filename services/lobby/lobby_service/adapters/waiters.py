"""The table of waiters: one item a user and auction, spread over the table by its key.

Its stream is the way to a number: see `adapters.stream`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from lobby_service.adapters.aside import AsideOnce, SetAside
from lobby_service.adapters.items import (
    CONDITION_FAILED,
    Item,
    change,
    changed,
    code_of,
    from_item,
    to_item,
)
from lobby_service.logic.ports import Waiter
from shared.limits import MAX_GATHERING_MS

KEPT_S = MAX_GATHERING_MS // 1000 + 7 * 24 * 60 * 60
"""How long a waiter's record is kept after they joined: for a week at least after the doors opened.
Who joined again after that would begin anew with turn 1, which has a number already."""

READ_AT_ONCE = 100
READ_ATTEMPTS = 10


class DynamoWaiters:
    """`Waiters` on DynamoDB.

    Args:
        client: botocore's DynamoDB client.
    """

    def __init__(self, client: Any, set_aside: SetAside, table: str) -> None:
        self._client = client
        self._aside = AsideOnce(client, set_aside)
        self._table = table

    def join(self, auction_id: str, user_id: str, name: str, now_ms: int) -> Waiter:
        """One write and no read, whether it is a new turn or not."""
        arguments = change(
            self._table,
            _key(auction_id, user_id),
            sets={
                "auction_id": auction_id,
                "user_id": user_id,
                "name": name,
                "state": "waiting",
                "joined_at_ms": now_ms,
                "expires_at": now_ms // 1000 + KEPT_S,
            },
            adds={"turn": 1},
            removes=("number", "early", "admitted_at_ms"),
            condition="attribute_not_exists(#state) OR #state IN (:left, :expired)",
            left="left",
            expired="expired",
        )
        return waiter_of(self._change_or_see(arguments))

    def read(self, auction_id: str, user_id: str) -> Waiter | None:
        found = self._client.get_item(
            TableName=self._table, Key=to_item(_key(auction_id, user_id)), ConsistentRead=True
        )
        return waiter_of(found["Item"]) if "Item" in found else None

    def read_many(self, auction_id: str, user_ids: Collection[str]) -> Mapping[str, Waiter]:
        keys = [to_item(_key(auction_id, user_id)) for user_id in sorted(user_ids)]
        found = {}
        for start in range(0, len(keys), READ_AT_ONCE):
            for item in self._read_batch(keys[start : start + READ_AT_ONCE]):
                try:
                    waiter = waiter_of(item)
                except (TypeError, ValueError) as error:
                    # Their place is nobody's, and the line goes on.
                    why = f"not a waiter: {type(error).__name__}: {error}"
                    self._aside.put(self._table, {"id": item["id"]["S"]}, item, why)
                else:
                    found[waiter.user_id] = waiter
        return found

    def ask_again(self, waiter: Waiter, now_ms: int) -> None:
        self._change(
            waiter.auction_id,
            waiter.user_id,
            sets={"asked_at_ms": now_ms},
            condition="#state = :waiting AND #turn = :turn AND attribute_not_exists(#number)",
            waiting="waiting",
            turn=waiter.turn,
        )

    def leave(self, auction_id: str, user_id: str) -> Waiter | None:
        arguments = change(
            self._table,
            _key(auction_id, user_id),
            sets={"state": "left"},
            condition="#state IN (:waiting, :admitted)",
            waiting="waiting",
            admitted="admitted",
        )
        item = self._change_or_see(arguments)
        return waiter_of(item) if item else None

    def admit(self, waiter: Waiter, now_ms: int) -> None:
        self._change(
            waiter.auction_id,
            waiter.user_id,
            sets={"state": "admitted", "admitted_at_ms": now_ms},
            condition="#state = :waiting AND #turn = :turn",
            waiting="waiting",
            turn=waiter.turn,
        )

    def expire(self, waiter: Waiter) -> None:
        self._change(
            waiter.auction_id,
            waiter.user_id,
            sets={"state": "expired"},
            condition="#state IN (:waiting, :admitted) AND #turn = :turn",
            waiting="waiting",
            admitted="admitted",
            turn=waiter.turn,
        )

    def expire_before(self, auction_id: str, user_id: str, before_ms: int) -> None:
        self._change(
            auction_id,
            user_id,
            sets={"state": "expired"},
            condition="#state = :admitted AND #admitted_at_ms < :before",
            admitted="admitted",
            before=before_ms,
        )

    def _change(self, auction_id: str, user_id: str, **what: Any) -> None:
        changed(self._client, change(self._table, _key(auction_id, user_id), **what))

    def _change_or_see(self, arguments: dict[str, Any]) -> Item:
        """The item after the change, or as it is if the condition does not hold."""
        try:
            made = self._client.update_item(
                **arguments,
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            seen: Item = error.response.get("Item", {})
            return seen
        after: Item = made["Attributes"]
        return after

    def _read_batch(self, keys: list[Item]) -> list[Item]:
        items: list[Item] = []
        for _ in range(READ_ATTEMPTS):
            answer = self._client.batch_get_item(
                RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}}
            )
            items += answer["Responses"].get(self._table, [])
            keys = answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", [])
            if not keys:
                return items
        raise TimeoutError(f"{len(keys)} waiters were not read")


def id_of(auction_id: str, user_id: str) -> str:
    """The key of a waiter; `#` is in no id."""
    return f"{auction_id}#{user_id}"


def _key(auction_id: str, user_id: str) -> dict[str, str]:
    return {"id": id_of(auction_id, user_id)}


def waiter_of(item: Item) -> Waiter:
    """The waiter in an item. TypeError or ValueError: there is none in it."""
    return msgspec.convert(from_item(item), Waiter)
