"""$connect, once the ticket was used."""

from typing import Any

from shared.errors import TicketRefused, TooManyConnections
from shared.logs import logger, logging_with
from websocket_service.edge import refuse_frame
from websocket_service.events import caller_of, claim_of, connection_of, is_frame, sender_of
from websocket_service.logic.connect import connect
from websocket_service.wiring import container


@logging_with(sender_of)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if is_frame(event):
        return refuse_frame(event)
    c = container()
    caller = caller_of(event)
    connection = connection_of(event)

    def has_right() -> bool:
        if caller.is_member and not is_still_member():
            return False
        claim = claim_of(event)
        return not claim or c.take_seat(
            caller.auction_id, caller.user_id, claim, connection.connection_id
        )

    def is_still_member() -> bool:
        member = c.roll.find(caller.auction_id, caller.user_id)
        if member is None:  # nobody has to be here before the auction is open
            return c.auctions.read(caller.auction_id) is None
        return member.active and member.role == caller.role

    try:
        connect(
            caller.auction_id,
            connection,
            connections=c.connections,
            settings=c.settings(),
            has_right=has_right,
        )
    except (TooManyConnections, TicketRefused) as error:
        logger().info("refused", extra={"code": error.code})
        return {"statusCode": 429 if isinstance(error, TooManyConnections) else 403}
    c.auctions.count_connection(caller.auction_id)
    return {"statusCode": 200}
