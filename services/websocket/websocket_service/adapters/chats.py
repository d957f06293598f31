"""What was said in an auction."""

from __future__ import annotations

from itertools import islice

import msgspec

from shared.aws.errors import ConditionFailed
from shared.replies import Chat
from websocket_service.adapters.live import LiveTables, rows_of


class DynamoChats:
    """`Chats` on DynamoDB."""

    def __init__(self, tables: LiveTables) -> None:
        self._chats = tables.chats

    def say(self, auction_id: str, chat: Chat) -> bool:
        row = {"auction_id": auction_id, **msgspec.structs.asdict(chat)}
        try:
            self._chats.put(row, "attribute_not_exists(#chat_id)")
        except ConditionFailed:
            return False
        return True

    def latest(self, auction_id: str, limit: int) -> list[Chat]:
        newest_first = rows_of(
            auction_id,
            self._chats,
            IndexName="by_time",
            ScanIndexForward=False,
            Limit=limit,
            # half the price; whoever is connected was sent what this may not have yet
            ConsistentRead=False,
        )
        chats = [msgspec.convert(row, Chat) for row in islice(newest_first, limit)]
        return chats[::-1]
