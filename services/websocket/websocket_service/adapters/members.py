"""Who is in an auction's league, as far as the live auction was told.

Who has left keeps a row, so that it stays so: see `adapters.writes`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shared.bridge import MemberNow
from websocket_service.adapters.live import LiveTables
from websocket_service.logic.authority import may_bid


class DynamoRoll:
    """`Roll` on DynamoDB."""

    def __init__(self, tables: LiveTables) -> None:
        self._members = tables.members

    def find(self, auction_id: str, user_id: str) -> MemberNow | None:
        row = self._members.get(_key(auction_id, user_id))
        return None if row is None else msgspec.convert(row, MemberNow)

    def own_rights(self, auction_id: str, user_ids: Sequence[str]) -> frozenset[str]:
        """Who of some users, at most 100, is commissioner, admin or bidder; nobody before the
        auction is open."""
        rows = self._members.get_some(_key(auction_id, it) for it in user_ids)
        found = (msgspec.convert(row, MemberNow) for row in rows)
        return frozenset(it.user_id for it in found if it.active and may_bid(it.role))


def _key(auction_id: str, user_id: str) -> dict[str, str]:
    return {"auction_id": auction_id, "user_id": user_id}
