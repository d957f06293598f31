"""Taking up a seat with a connection, and leaving it."""

from __future__ import annotations

from collections.abc import Callable

from shared.errors import Busy
from websocket_service.logic.room.ports import ATTEMPTS, Seats
from websocket_service.logic.room.seats import SeatsChange, claimed, without_connection


def take_seat(
    auction_id: str,
    user_id: str,
    claim: str,
    connection_id: str,
    *,
    seats: Seats,
    now_ms: Callable[[], int],
) -> bool:
    """Make a seat the connection's that came with its ticket; False if the seat is gone, or a
    later ticket was issued for it."""
    for _ in range(ATTEMPTS):
        seat = seats.read(auction_id, [user_id])[1].get(user_id)
        if seat is not None and seat.connection_id == connection_id:
            return True
        taken = claimed(seat, claim, connection_id, now_ms())
        if taken is None:
            return False
        if seats.write(SeatsChange(auction_id, seats=((seat, taken),))):
            return True
    return False


def leave_seat(
    auction_id: str,
    user_id: str,
    connection_id: str,
    *,
    seats: Seats,
    now_ms: Callable[[], int],
) -> None:
    """Keep a seat for its user a while, whose connection is gone; that of another connection
    stays as it is.

    Raises:
        Busy: others were faster each time; as long as the connection is in the list, whoever posts
            to it finds it gone, and says so again.
    """
    for _ in range(ATTEMPTS):
        seat = seats.read(auction_id, [user_id])[1].get(user_id)
        if seat is None or seat.connection_id != connection_id:
            return
        left = without_connection(seat, now_ms())
        if seats.write(SeatsChange(auction_id, seats=((seat, left),))):
            return
    raise Busy("the seat changes too fast")
