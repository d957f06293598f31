"""What follows an accepted command: everyone is told, the actor first and with the answer."""

from __future__ import annotations

from shared.codec import encode
from shared.commands import Command
from shared.events import LedgerEntry
from shared.logs import logger
from shared.replies import Accepted, EventReply
from websocket_service.logic.broadcast import Broadcaster
from websocket_service.logic.outcome import Outcome
from websocket_service.measures import count_told


def accept(
    command: Command, outcome: Outcome, broadcaster: Broadcaster, connection_id: str
) -> Accepted:
    """Broadcast the event, if the command caused one now, and answer the actor."""
    if outcome.entry is not None:
        publish(outcome.entry, outcome.audience, broadcaster, first=connection_id)
    return Accepted(request_id=command.request_id, seq=outcome.seq)


def publish(
    entry: LedgerEntry, audience: int | None, broadcaster: Broadcaster, *, first: str | None = None
) -> None:
    """Broadcast an event."""
    logger().info("event", extra=entry.ids())
    message = encode(EventReply(auction_id=entry.auction_id, seq=entry.seq, event=entry.event))
    told = broadcaster.send(entry.auction_id, message, first=first, audience=audience)
    count_told(entry.auction_id, told)
