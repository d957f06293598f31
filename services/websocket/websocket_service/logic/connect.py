"""Coming and going, and losing a right while connected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.errors import TicketRefused, TooManyConnections
from shared.settings import Settings
from websocket_service.logic.ports import Connection, Connections, Sockets


def connect(
    auction_id: str,
    connection: Connection,
    *,
    connections: Connections,
    settings: Settings,
    has_right: Callable[[], bool],
) -> None:
    """Let a connection in.

    Args:
        has_right: whether the member still is what the ticket says. It is asked once the
            connection is listed: whoever takes the right away meanwhile either finds the
            connection in the list and closes it, or has changed the answer.

    Raises:
        TooManyConnections: the member's, or the auction's, limit is reached.
        TicketRefused: the member lost the right after the ticket was issued.
    """
    if not connection.has_seat:  # a seat is a limit of its own
        _require_space(connection, connections.list(auction_id), settings)
    connections.add(auction_id, connection)
    if not has_right():
        connections.remove(auction_id, connection.connection_id)
        raise TicketRefused("your role has changed; get a new ticket")


def _require_space(
    connection: Connection, everyone: Sequence[Connection], settings: Settings
) -> None:
    present = [c for c in everyone if not c.has_seat]
    own = [c for c in present if c.number == connection.number]
    if len(own) >= settings.connections_per_member:
        raise TooManyConnections("you have too many connections to this auction")
    if len(present) >= settings.connections_per_auction:
        raise TooManyConnections("the auction has too many connections")


def disconnect_member(
    auction_id: str, user_id: str, *, connections: Connections, sockets: Sockets
) -> int:
    """Close every socket of a member whose role changed or who was removed; how many."""
    theirs = [c.connection_id for c in connections.list(auction_id) if c.user_id == user_id]
    if theirs:
        sockets.close(theirs)
    for connection_id in theirs:
        connections.remove(auction_id, connection_id)
    return len(theirs)
