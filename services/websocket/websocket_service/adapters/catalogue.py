"""What an auction is made of: its title, its members and its lots."""

from __future__ import annotations

import msgspec

from shared.auction import Lot, LotState, Member
from websocket_service.adapters.live import LiveTables, rows_of


class DynamoCatalogue:
    """`Catalogue` on DynamoDB."""

    def __init__(self, tables: LiveTables) -> None:
        self._rules, self._members, self._lots = tables.rules, tables.members, tables.lots

    def title(self, auction_id: str) -> str:
        newest_first = rows_of(auction_id, self._rules, ScanIndexForward=False, Limit=1)
        return next((str(row["title"]) for row in newest_first), "")

    def members(self, auction_id: str) -> tuple[Member, ...]:
        """By number, those who are in the league."""
        rows = rows_of(auction_id, self._members)
        active = [msgspec.convert(row, Member) for row in rows if row.get("active") is not False]
        return tuple(sorted(active, key=lambda member: member.number))

    def lots(self, auction_id: str) -> tuple[tuple[Lot, LotState], ...]:
        """By position."""
        pairs = [
            (msgspec.json.decode(row["lot"], type=Lot), msgspec.convert(row, LotState))
            for row in rows_of(auction_id, self._lots)
        ]
        return tuple(sorted(pairs, key=lambda pair: pair[0].position))
