"""$disconnect."""

import os
from typing import Any

from bench.peers.usual_handlers.aws import dynamodb
from bench.peers.usual_handlers.socket_event import SocketEvent

connections = dynamodb.Table(os.environ["CONNECTIONS_TABLE"])


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    request = SocketEvent.model_validate(event).request_context
    connections.delete_item(
        Key={
            "auction_id": request.authorizer.auction_id,
            "connection_id": request.connection_id,
        }
    )
    return {"statusCode": 200}
