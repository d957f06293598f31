"""A fresh ticket for whoever was let in through the line."""

from typing import Any

from shared.auction import Member
from shared.invoke import answer
from shared.room import RenewTicket, SeatTicket
from websocket_service.logic.room.tickets import renew_ticket
from websocket_service.logic.tickets import Issued, issue_ticket
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(request: RenewTicket) -> SeatTicket:
        def for_seat(member: Member | None) -> Issued:
            return renew_ticket(request, member, c.room_desk)

        ticket, expires_at_ms = issue_ticket(
            request.auction_id,
            request.user_id,
            tickets=c.tickets,
            find_member=c.find_member,
            if_public=for_seat,
            now_ms=c.now_ms,
        )
        return SeatTicket(ticket, expires_at_ms)

    return answer(event, RenewTicket, serve)
