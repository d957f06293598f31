"""POST /auctions/{id}/tickets, behind the JWT authorizer."""

import json
from typing import Any

from shared.auction import Member
from shared.errors import CalcuttaError, Conflict, NotFound, Unavailable
from shared.logs import http_fields, logger, logging_with
from shared.metrics import emit
from shared.room import Newcomer
from websocket_service.logic.room.tickets import ticket_without_line
from websocket_service.logic.tickets import Issued, issue_ticket
from websocket_service.wiring import container


@logging_with(http_fields)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    auction_id = event["pathParameters"]["id"]
    user_id = event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]

    def if_public(member: Member | None) -> Issued | None:
        user = Newcomer(user_id, member.name if member else "Spectator")
        return ticket_without_line(auction_id, user, member, c.room_desk)

    try:
        ticket, expires_at_ms = issue_ticket(
            auction_id,
            user_id,
            tickets=c.tickets,
            find_member=c.find_member,
            if_public=if_public,
            now_ms=c.now_ms,
        )
    except CalcuttaError as error:
        return _problem(_status(error), error)
    except Exception:  # noqa: BLE001 - logged whole; the client learns nothing internal
        logger().exception("ticket failed")
        emit({"InternalErrors": 1})
        return _problem(500, CalcuttaError("something went wrong; try again"))
    return _json(201, {"ticket": ticket, "expires_at_ms": expires_at_ms})


def _status(error: CalcuttaError) -> int:
    statuses = {NotFound: 404, Conflict: 409, Unavailable: 503}
    return next((it for kind, it in statuses.items() if isinstance(error, kind)), 400)


def _problem(status: int, error: CalcuttaError) -> dict[str, Any]:
    return _json(status, {"code": error.code, "message": error.message})


def _json(status: int, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
