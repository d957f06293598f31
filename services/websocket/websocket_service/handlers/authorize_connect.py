"""The ticket authorizer of $connect: uses the ticket up, and passes on what it stands for."""

from typing import Any

from shared.errors import TicketRefused
from websocket_service.logic.tickets import use_ticket
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    query = event.get("queryStringParameters") or {}
    secret, auction_id = query.get("ticket", ""), query.get("auction", "")
    try:
        ticket = use_ticket(secret, auction_id, tickets=c.tickets, now_ms=c.now_ms())
    except TicketRefused:
        return _policy("Deny", event["methodArn"], {})
    return _policy(
        "Allow",
        event["methodArn"],
        {
            "auction_id": ticket.auction_id,
            "user_id": ticket.member.user_id,
            "number": str(ticket.member.number),
            "name": ticket.member.name,
            "role": ticket.member.role,
            **({"claim": ticket.claim} if ticket.claim else {}),
        },
    )


def _policy(effect: str, method_arn: str, context: dict[str, str]) -> dict[str, Any]:
    return {
        "principalId": context.get("user_id", "nobody"),
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Action": "execute-api:Invoke", "Effect": effect, "Resource": method_arn}
            ],
        },
        "context": context,
    }
