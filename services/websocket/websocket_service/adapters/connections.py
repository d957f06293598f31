"""Who is connected, and with which right they came."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from pynamodb.exceptions import DeleteError

from shared.auction import Member
from shared.fields import Role
from shared.limits import CONNECTION_LIFETIME_MS
from websocket_service.adapters.tables import ConnectionRow, TicketRow
from websocket_service.logic.ports import Connection, Ticket
from websocket_service.logic.room.seats import SETTLING_MS


class DynamoConnections:
    """`Connections` on DynamoDB.

    Args:
        leave_seat: told auction, user and connection of a seat whose connection is gone; without
            it, those stay on the list.
    """

    def __init__(
        self, now_ms: Callable[[], int], leave_seat: Callable[[str, str, str], None] | None = None
    ) -> None:
        self._now_ms = now_ms
        self._leave_seat = leave_seat

    def add(self, auction_id: str, connection: Connection) -> None:
        now = self._now_ms()
        ConnectionRow(
            auction_id,
            connection.connection_id,
            number=connection.number,
            name=connection.name,
            role=connection.role,
            user_id=connection.user_id,
            connected_at_ms=now,
            expires_at=(now + CONNECTION_LIFETIME_MS) // 1000,
            has_seat=connection.has_seat or None,
        ).save()

    def remove(self, auction_id: str, connection_id: str) -> None:
        ConnectionRow(auction_id, connection_id).delete()

    def remove_gone(self, auction_id: str, connection_id: str) -> bool:
        settled = ConnectionRow.connected_at_ms < self._now_ms() - SETTLING_MS
        settled &= ConnectionRow.has_seat.does_not_exist()
        try:
            ConnectionRow(auction_id, connection_id).delete(
                condition=settled | ConnectionRow.connection_id.does_not_exist()
            )
        except DeleteError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return self._remove_from_seat(auction_id, connection_id)
            raise
        return True

    def _remove_from_seat(self, auction_id: str, connection_id: str) -> bool:
        """Remove one that has a seat, unless it is too young: the seat first, since what died in
        between would find the connection in the list again."""
        try:
            row = ConnectionRow.get(auction_id, connection_id, consistent_read=True)
        except ConnectionRow.DoesNotExist:
            return True
        is_young = row.connected_at_ms >= self._now_ms() - SETTLING_MS
        if is_young or self._leave_seat is None:
            return False
        self._leave_seat(auction_id, row.user_id, connection_id)
        self.remove(auction_id, connection_id)
        return True

    def list(self, auction_id: str) -> list[Connection]:
        return [
            Connection(
                connection_id=row.connection_id,
                number=int(row.number),
                name=row.name,
                role=cast(Role, row.role),
                user_id=row.user_id,
                has_seat=bool(row.has_seat),
            )
            for row in ConnectionRow.query(auction_id, consistent_read=True)
        ]


class DynamoTickets:
    """`Tickets` on DynamoDB; expired rows are removed by the table's time to live."""

    def put(self, ticket_hash: str, ticket: Ticket) -> None:
        TicketRow(
            ticket_hash,
            auction_id=ticket.auction_id,
            user_id=ticket.member.user_id,
            number=ticket.member.number,
            name=ticket.member.name,
            role=ticket.member.role,
            expires_at_ms=ticket.expires_at_ms,
            expires_at=ticket.expires_at_ms // 1000 + 1,
            claim=ticket.claim or None,
        ).save()

    def take(self, ticket_hash: str, auction_id: str, now_ms: int) -> Ticket | None:
        """One conditional delete decides."""
        request = TicketRow.get_operation_kwargs_from_class(
            ticket_hash,
            condition=(TicketRow.auction_id == auction_id) & (TicketRow.expires_at_ms > now_ms),
        )
        client = TicketRow._get_connection().connection.client
        try:
            reply = client.delete_item(**request, ReturnValues="ALL_OLD")
        except client.exceptions.ConditionalCheckFailedException:
            return None
        row = TicketRow.from_raw_data(reply["Attributes"])
        return Ticket(
            auction_id=row.auction_id,
            member=Member(
                number=int(row.number),
                user_id=row.user_id,
                name=row.name,
                role=cast(Role, row.role),
            ),
            expires_at_ms=int(row.expires_at_ms),
            claim=row.claim or "",
        )
