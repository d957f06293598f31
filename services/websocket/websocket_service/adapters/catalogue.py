"""Members and lots of an auction, and what was said in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import cast

import msgspec

from shared.auction import Lot, LotState, Member, Rules
from shared.bridge import AuctionProjection
from shared.codec import encode
from shared.fields import LotStatus
from shared.replies import Chat
from websocket_service.adapters.members import members_of, put_member
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.tables import ChatRow, LotRow, RulesRow
from websocket_service.adapters.writes import save_new

WRITERS = 8
"""Rows that are written at once when an auction is opened: there may be 376."""


class DynamoCatalogue:
    """`Catalogue` on DynamoDB."""

    def __init__(self, rules_book: DynamoRulesBook) -> None:
        self._rules_book = rules_book

    def write(self, auction: AuctionProjection, rules: Rules) -> None:
        """Safe to repeat at any time, also by an opening that comes too late: what the database
        said since of members and rules, and lots that have moved, stay."""
        auction_id = auction.auction_id
        with ThreadPoolExecutor(WRITERS) as writers:
            everyone = (*auction.members, *auction.former)
            members = writers.map(lambda it: put_member(auction_id, it), everyone)
            lots = writers.map(lambda it: _put_new_lot(auction_id, it), auction.lots)
            for _ in chain(members, lots):
                pass  # raises what a writer raised
        self._rules_book.add(auction_id, rules, auction.title)

    def title(self, auction_id: str) -> str:
        rows = list(RulesRow.query(auction_id, limit=1, scan_index_forward=False))
        return rows[0].title if rows else ""

    def members(self, auction_id: str) -> tuple[Member, ...]:
        return members_of(auction_id)

    def lots(self, auction_id: str) -> tuple[tuple[Lot, LotState], ...]:
        rows = LotRow.query(auction_id, consistent_read=True)
        pairs = ((msgspec.json.decode(row.lot, type=Lot), _lot_state(row)) for row in rows)
        return tuple(sorted(pairs, key=lambda pair: pair[0].position))


def _put_new_lot(auction_id: str, lot: Lot) -> bool:
    """A lot that nothing has happened to; False if something has."""
    row = LotRow(auction_id, lot.lot_id, lot=encode(lot).decode(), status="unsold", seq=0)
    return save_new(row, LotRow.seq.does_not_exist() | (LotRow.seq == 0))


def _lot_state(row: LotRow) -> LotState:
    return LotState(
        lot_id=row.lot_id,
        status=cast(LotStatus, row.status),
        seq=int(row.seq),
        owner=None if row.owner is None else int(row.owner),
        price_cents=None if row.price_cents is None else int(row.price_cents),
    )


class DynamoChats:
    """`Chats` on DynamoDB."""

    def say(self, auction_id: str, chat: Chat) -> bool:
        row = ChatRow(
            auction_id,
            chat.chat_id,
            at_ms=chat.at_ms,
            number=chat.number,
            name=chat.name,
            text=chat.text,
        )
        return save_new(row, ChatRow.chat_id.does_not_exist())

    def latest(self, auction_id: str, limit: int) -> list[Chat]:
        rows = ChatRow.by_time.query(auction_id, scan_index_forward=False, limit=limit)
        chats = [
            Chat(
                chat_id=row.chat_id,
                at_ms=int(row.at_ms),
                number=int(row.number),
                name=row.name,
                text=row.text,
            )
            for row in rows
        ]
        return chats[::-1]
