"""Who is connected, and with which right they came."""

from __future__ import annotations

from collections.abc import Callable

from shared.auction import Member
from shared.aws.errors import ConditionFailed
from shared.limits import CONNECTION_LIFETIME_MS
from websocket_service.adapters.live import LiveTables, rows_of
from websocket_service.logic.ports import SETTLING_MS, Connection, Ticket


class DynamoConnections:
    """`Connections` on DynamoDB.

    Args:
        leave_seat: told auction, user and connection of a seat whose connection is gone; without
            it, those stay on the list.
    """

    def __init__(
        self,
        tables: LiveTables,
        now_ms: Callable[[], int],
        leave_seat: Callable[[str, str, str], None] | None = None,
    ) -> None:
        self._connections = tables.connections
        self._now_ms = now_ms
        self._leave_seat = leave_seat

    def add(self, auction_id: str, connection: Connection) -> None:
        now = self._now_ms()
        self._connections.put(
            {
                **_key(auction_id, connection.connection_id),
                "number": connection.number,
                "name": connection.name,
                "role": connection.role,
                "user_id": connection.user_id,
                "connected_at_ms": now,
                "expires_at": (now + CONNECTION_LIFETIME_MS) // 1000,
                **({"has_seat": True} if connection.has_seat else {}),
            }
        )

    def remove(self, auction_id: str, connection_id: str) -> None:
        self._connections.delete(_key(auction_id, connection_id))

    def remove_gone(self, auction_id: str, connection_id: str) -> bool:
        try:
            self._connections.delete(
                _key(auction_id, connection_id),
                "#connected_at_ms < :settled AND attribute_not_exists(#has_seat)"
                " OR attribute_not_exists(#connection_id)",
                {"settled": self._now_ms() - SETTLING_MS},
            )
        except ConditionFailed:
            return self._remove_from_seat(auction_id, connection_id)
        return True

    def _remove_from_seat(self, auction_id: str, connection_id: str) -> bool:
        """Remove one that has a seat, unless it is too young: the seat first, since what died in
        between would find the connection in the list again."""
        row = self._connections.get(_key(auction_id, connection_id))
        if row is None:
            return True
        is_young = row["connected_at_ms"] >= self._now_ms() - SETTLING_MS
        if is_young or "has_seat" not in row or self._leave_seat is None:
            return False
        self._leave_seat(auction_id, row["user_id"], connection_id)
        self.remove(auction_id, connection_id)
        return True

    def list(self, auction_id: str) -> list[Connection]:
        return [
            Connection(
                connection_id=row["connection_id"],
                number=row["number"],
                name=row["name"],
                role=row["role"],
                user_id=row["user_id"],
                has_seat=bool(row.get("has_seat")),
            )
            for row in rows_of(auction_id, self._connections)
        ]


class DynamoTickets:
    """`Tickets` on DynamoDB; expired rows are removed by the table's time to live."""

    def __init__(self, tables: LiveTables) -> None:
        self._tickets = tables.tickets

    def put(self, ticket_hash: str, ticket: Ticket) -> None:
        self._tickets.put(
            {
                "ticket_hash": ticket_hash,
                "auction_id": ticket.auction_id,
                "user_id": ticket.member.user_id,
                "number": ticket.member.number,
                "name": ticket.member.name,
                "role": ticket.member.role,
                "expires_at_ms": ticket.expires_at_ms,
                "expires_at": ticket.expires_at_ms // 1000 + 1,
                **({"claim": ticket.claim} if ticket.claim else {}),
            }
        )

    def take(self, ticket_hash: str, auction_id: str, now_ms: int) -> Ticket | None:
        """One conditional delete decides."""
        try:
            row = self._tickets.delete(
                {"ticket_hash": ticket_hash},
                "#auction_id = :auction AND #expires_at_ms > :now",
                {"auction": auction_id, "now": now_ms},
            )
        except ConditionFailed:
            return None
        return Ticket(
            auction_id=row["auction_id"],
            member=Member(
                number=row["number"], user_id=row["user_id"], name=row["name"], role=row["role"]
            ),
            expires_at_ms=row["expires_at_ms"],
            claim=row.get("claim", ""),
        )


def _key(auction_id: str, connection_id: str) -> dict[str, str]:
    return {"auction_id": auction_id, "connection_id": connection_id}
