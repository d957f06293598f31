"""The stream of notices: a member or the rules of a league changed in the database."""

from typing import Any

from shared.errors import InvalidInput
from shared.logs import logger
from websocket_service.adapters.notices import notices_of
from websocket_service.logic.connect import disconnect_member
from websocket_service.logic.follow_leagues import (
    FollowStopped,
    Notice,
    follow,
    follow_member,
    follow_rules,
)
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def disconnect(auction_id: str, user_id: str) -> int:
        return disconnect_member(auction_id, user_id, connections=c.connections, sockets=c.sockets)

    def look(notice: Notice) -> None:
        auction_id, user_id = notice.auction_id, notice.user_id
        if user_id is None:
            follow_rules(
                auction_id, bridge=c.bridge, rules_book=c.rules_book, settings=c.settings()
            )
        else:
            follow_member(
                auction_id, user_id, bridge=c.bridge, roll=c.roll_writer, disconnect=disconnect
            )

    def give_up(notice: Notice, error: InvalidInput) -> None:
        about = {"auction_id": notice.auction_id, "why": error.message}
        logger().error("notice given up", extra=about)

    try:
        follow(notices_of(event["Records"]), look, give_up)
    except FollowStopped as stopped:
        logger().exception("not followed", extra={"sequence_number": stopped.sequence_number})
        return {"batchItemFailures": [{"itemIdentifier": stopped.sequence_number}]}
    return {"batchItemFailures": []}
