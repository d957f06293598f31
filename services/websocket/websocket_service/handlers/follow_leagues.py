"""The stream of notices: a member or the rules of a league changed in the database."""

from typing import Any

from shared.logs import logger
from websocket_service.adapters.catalogue import DynamoRoll
from websocket_service.logic.connect import disconnect_member
from websocket_service.logic.follow_leagues import follow_member, follow_rules
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> None:
    c = container()

    def disconnect(auction_id: str, user_id: str) -> int:
        return disconnect_member(auction_id, user_id, connections=c.connections, sockets=c.sockets)

    for record in event["Records"]:
        if record["eventName"] == "REMOVE":
            continue  # forgotten after a day
        keys = record["dynamodb"]["Keys"]
        auction_id = keys["auction_id"]["S"]
        match keys["about"]["S"].split(" "):
            case ["member", user_id]:
                follow_member(
                    auction_id, user_id, bridge=c.bridge, roll=DynamoRoll(), disconnect=disconnect
                )
            case ["rules"]:
                follow_rules(
                    auction_id,
                    bridge=c.bridge,
                    auctions=c.auctions,
                    rules_book=c.rules_book,
                    settings=c.settings(),
                )
            case _:
                logger().error("notice not understood", extra={"auction_id": auction_id})
