"""POST /auctions/{id}/tickets, behind the JWT authorizer."""

import json
from typing import Any

from shared.auction import Member
from shared.errors import CalcuttaError, NotFound, Unavailable
from shared.logs import http_fields, logger, logging_with
from shared.metrics import emit
from websocket_service.logic.tickets import issue_ticket
from websocket_service.wiring import container


@logging_with(http_fields)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def find(auction_id: str, user_id: str) -> Member:
        """Once the auction is open its own table knows; the database is asked only before."""
        member = c.known_member(auction_id, user_id)
        if member is not None and member.active:
            return member
        if c.auctions.read(auction_id) is not None:
            raise NotFound("not a member")
        return c.bridge.find_member(auction_id, user_id)

    try:
        ticket, expires_at_ms = issue_ticket(
            event["pathParameters"]["id"],
            event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"],
            tickets=c.tickets,
            find_member=find,
            now_ms=c.now_ms,
        )
    except NotFound as error:
        return _problem(404, error)
    except Unavailable as error:
        return _problem(503, error)
    except CalcuttaError as error:
        return _problem(400, error)
    except Exception:  # noqa: BLE001 - logged whole; the client learns nothing internal
        logger().exception("ticket failed")
        emit({"InternalErrors": 1})
        return _problem(500, CalcuttaError("something went wrong; try again"))
    return _json(201, {"ticket": ticket, "expires_at_ms": expires_at_ms})


def _problem(status: int, error: CalcuttaError) -> dict[str, Any]:
    return _json(status, {"code": error.code, "message": error.message})


def _json(status: int, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
