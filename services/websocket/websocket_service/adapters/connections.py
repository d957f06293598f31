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

SETTLING_MS = 10_000
"""`$connect` has long returned after this; a younger connection is not removed for a 410."""


class DynamoConnections:
    """`Connections` on DynamoDB."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms

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
        ).save()

    def remove(self, auction_id: str, connection_id: str) -> None:
        ConnectionRow(auction_id, connection_id).delete()

    def remove_gone(self, auction_id: str, connection_id: str) -> bool:
        settled = ConnectionRow.connected_at_ms < self._now_ms() - SETTLING_MS
        try:
            ConnectionRow(auction_id, connection_id).delete(
                condition=settled | ConnectionRow.connection_id.does_not_exist()
            )
        except DeleteError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def list(self, auction_id: str) -> list[Connection]:
        return [
            Connection(
                connection_id=row.connection_id,
                number=int(row.number),
                name=row.name,
                role=cast(Role, row.role),
                user_id=row.user_id,
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
        )
