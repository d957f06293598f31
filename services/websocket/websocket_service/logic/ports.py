"""What the logic needs of the world; `adapters/` offers it, and tests offer it in memory.

Everything speaks of these ports, and few functions of all that they speak of: so the names that are
only annotations are not imported when a container starts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from shared.auction import Lot, LotState, Member, Rules
    from shared.bridge import AuctionProjection, MemberNow
    from shared.events import LedgerEntry
    from shared.fields import Role
    from shared.quarantine import SetAside
    from shared.replies import Chat
    from websocket_service.logic.bidding import BidAttempt
    from websocket_service.logic.change import Change
    from websocket_service.logic.state import AuctionState


class Committed(msgspec.Struct, frozen=True):
    """A change that was written. `audience` is how many connections the auction had seen by
    then, or None where the write did not tell."""

    seq: int
    audience: int | None


class BidLost(msgspec.Struct, frozen=True):
    """The write of a bid was refused by this state; None if there is no such auction."""

    state: AuctionState | None


class ConflictingChange(Exception):
    """Somebody else changed the auction first; read it again and decide anew."""


class Auctions(Protocol):
    """The serialization points: one item per auction."""

    def read(self, auction_id: str) -> AuctionState | None: ...
    def place_bid(self, bid: BidAttempt) -> Committed | BidLost: ...
    def commit(self, change: Change) -> Committed:
        """Raises ConflictingChange if `change.before` is not the state any more."""
        ...

    def create(self, state: AuctionState) -> Committed:
        """Raises ConflictingChange if the auction exists."""
        ...


class RulesBook(Protocol):
    """The versions of an auction's rules; a version never changes, so it may be kept."""

    def latest(self, auction_id: str) -> Rules | None: ...
    def version(self, auction_id: str, version: int) -> Rules: ...
    def kept(self, auction_id: str) -> Rules | None:
        """What a warm container remembers, without a read."""
        ...


class Catalogue(Protocol):
    """Members and lots of an auction, as they stand."""

    def title(self, auction_id: str) -> str: ...
    def members(self, auction_id: str) -> tuple[Member, ...]: ...
    def lots(self, auction_id: str) -> tuple[tuple[Lot, LotState], ...]:
        """As they are arranged: by position."""
        ...


class Roll(Protocol):
    """Who is in an auction's league, as far as the live auction was told."""

    def find(self, auction_id: str, user_id: str) -> MemberNow | None:
        """What a user is in the league, also one who has left; None if nobody said so far."""
        ...


class Opening(Protocol):
    """Where rules, members and lots are left when an auction is opened."""

    def write(self, auction: AuctionProjection, rules: Rules) -> None:
        """What is there in a newer version, or has moved on, stays."""
        ...


class Ledger(Protocol):
    """Every event in its place; a moment behind the auction's item."""

    def events(self, auction_id: str, after_seq: int, limit: int) -> list[LedgerEntry]: ...


class LedgerWriter(Protocol):
    """Where events get into their places."""

    def append(self, entries: Sequence[LedgerEntry]) -> None: ...


SETTLING_MS = 10_000
"""API Gateway calls a connection gone until `$connect` has returned; after this it has."""


class Connection(msgspec.Struct, frozen=True):
    """One open WebSocket; `has_seat`: it is there by a seat of a public auction."""

    connection_id: str
    number: int
    name: str
    role: Role
    user_id: str
    has_seat: bool = False


class Connections(Protocol):
    """The open WebSockets of each auction."""

    def add(self, auction_id: str, connection: Connection) -> None: ...
    def remove(self, auction_id: str, connection_id: str) -> None: ...
    def remove_gone(self, auction_id: str, connection_id: str) -> bool:
        """Remove a connection that answered 410, unless it is so young that it may not be up
        yet: API Gateway answers 410 until `$connect` has returned. Whether it was removed."""
        ...

    def list(self, auction_id: str) -> list[Connection]: ...


class Sockets(Protocol):
    """The way to open WebSockets."""

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        """Send to all, in parallel; returns those that are gone. Other failures are logged."""
        ...

    def close(self, connection_ids: Sequence[str]) -> None: ...


class Ticket(msgspec.Struct, frozen=True):
    """What a ticket stands for.

    Attributes:
        member: who it is for; a spectator with the number `NO_MEMBER` if they are in no league.
        claim: what it says to the seat that it is for, see `logic.room`; empty if it is for none.
    """

    auction_id: str
    member: Member
    expires_at_ms: int
    claim: str = ""


class Tickets(Protocol):
    def put(self, ticket_hash: str, ticket: Ticket) -> None: ...
    def take(self, ticket_hash: str, auction_id: str, now_ms: int) -> Ticket | None:
        """Use a ticket up: at most one caller gets it, none if it is expired or foreign."""
        ...


class Chats(Protocol):
    def say(self, auction_id: str, chat: Chat) -> bool:
        """Keep a message; False if it was kept before."""
        ...

    def latest(self, auction_id: str, limit: int) -> list[Chat]: ...


Traces = Mapping[tuple[str, int], str]
"""Auction and seq → header of the event's trace, where that is recorded."""


class Outbox(Protocol):
    """The queues behind the stream."""

    def to_database(self, entries: Sequence[LedgerEntry], traces: Traces) -> None: ...
    def to_quarantine(self, records: Sequence[SetAside]) -> None: ...
    def hammer_at(self, auction_id: str, lot_id: str, deadline_ms: int, now_ms: int) -> None: ...
    def next_lot_at(self, auction_id: str, seq: int, due_ms: int, now_ms: int) -> None: ...


class Bridge(Protocol):
    """The database, through its service."""

    def open_auction(self, auction_id: str) -> AuctionProjection:
        """Everything there is; from now on the database takes the auction for open."""
        ...

    def find_member(self, auction_id: str, user_id: str) -> Member:
        """Raises NotFound: the user is not in the league."""
        ...

    def look_up(self, auction_id: str, user_id: str) -> MemberNow:
        """A member, also one who has left.

        Raises:
            NotFound: there is no such auction, or the user never was in its league.
        """
        ...
