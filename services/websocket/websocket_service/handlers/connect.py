"""$connect, once the ticket was used."""

from typing import Any

from shared.errors import TooManyConnections
from websocket_service.adapters.auctions import count_connection
from websocket_service.edge import caller_of, connection_id_of
from websocket_service.logic.connect import connect
from websocket_service.logic.ports import Connection
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    caller = caller_of(event)
    connection = Connection(
        connection_id=connection_id_of(event),
        number=caller.number,
        name=caller.name,
        role=caller.role,
        user_id=caller.user_id,
    )
    try:
        connect(caller.auction_id, connection, connections=c.connections, settings=c.settings())
    except TooManyConnections:
        return {"statusCode": 429}
    count_connection(caller.auction_id)
    return {"statusCode": 200}
