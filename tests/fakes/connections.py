"""`Connections`, `Sockets` and `Tickets` in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from websocket_service.logic.ports import Connection, Ticket


class MemoryConnections:
    """Open WebSockets by auction; `young` ones are not removed when they seem gone."""

    def __init__(self) -> None:
        self.open: dict[str, list[Connection]] = {}
        self.young: set[str] = set()
        self.calls: Counter[str] = Counter()

    def add(self, auction_id: str, connection: Connection) -> None:
        self.open.setdefault(auction_id, []).append(connection)

    def remove(self, auction_id: str, connection_id: str) -> None:
        left = [c for c in self.open.get(auction_id, []) if c.connection_id != connection_id]
        self.open[auction_id] = left

    def remove_gone(self, auction_id: str, connection_id: str) -> bool:
        if connection_id in self.young:
            return False
        self.remove(auction_id, connection_id)
        return True

    def list(self, auction_id: str) -> list[Connection]:
        self.calls["list"] += 1
        return [*self.open.get(auction_id, [])]

    def ids(self, auction_id: str) -> Sequence[str]:
        """Which connections an auction has, not counted as a call."""
        return [c.connection_id for c in self.open.get(auction_id, [])]


class MemorySockets:
    """What each connection was sent, in the order of posting.

    Attributes:
        gone: connections that answer 410.
        broken: posting fails altogether.
    """

    def __init__(self) -> None:
        self.posts: list[tuple[str, bytes]] = []
        self.closed: list[str] = []
        self.gone: set[str] = set()
        self.broken = False

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        if self.broken:
            raise ConnectionError("the network is down")
        self.posts += [(c, message) for c in connection_ids if c not in self.gone]
        return [c for c in connection_ids if c in self.gone]

    def close(self, connection_ids: Sequence[str]) -> None:
        self.closed += connection_ids

    @property
    def reached(self) -> list[str]:
        """Who was posted to, in order."""
        return [connection_id for connection_id, _ in self.posts]


class MemoryTickets:
    """Tickets by their hash; taking one is atomic."""

    def __init__(self) -> None:
        self.stored: dict[str, Ticket] = {}

    def put(self, ticket_hash: str, ticket: Ticket) -> None:
        self.stored[ticket_hash] = ticket

    def take(self, ticket_hash: str, auction_id: str, now_ms: int) -> Ticket | None:
        ticket = self.stored.get(ticket_hash)
        if ticket is None or ticket.auction_id != auction_id or ticket.expires_at_ms <= now_ms:
            return None
        return self.stored.pop(ticket_hash)
