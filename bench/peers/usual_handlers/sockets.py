"""Posting to connections, by a client that is built once when the container starts."""

import os

import boto3

from bench.peers.usual_handlers.aws import dynamodb

connections = dynamodb.Table(os.environ["CONNECTIONS_TABLE"])
sockets = boto3.client("apigatewaymanagementapi", endpoint_url=os.environ["SOCKETS_ENDPOINT"])


def post_to_all(auction_id: str, connection_ids: list[str], message: bytes) -> None:
    """Post to each connection, and remove those that are gone."""
    for connection_id in connection_ids:
        try:
            sockets.post_to_connection(ConnectionId=connection_id, Data=message)
        except sockets.exceptions.GoneException:
            connections.delete_item(Key={"auction_id": auction_id, "connection_id": connection_id})
