"""The state of one auction: what its DynamoDB item says."""

from __future__ import annotations

import base64
import hashlib

import msgspec

from shared.events import AnyEvent
from shared.fields import AuctionStatus
from shared.limits import REPLAY_WINDOW

NO_REQUEST = "-"
"""The digest of a change that nobody asked for: the server's own."""


class HighBid(msgspec.Struct, frozen=True):
    bidder: int
    amount_cents: int


class CurrentLot(msgspec.Struct, frozen=True):
    """The lot that is up.

    Attributes:
        opened_seq: the event that put it up; its bids come after.
        minimum_cents: the lowest bid that would now stand.
        base_deadline_ms: the clock it was given.
        extended_to_ms: the extension after its latest bid; 0 before the first.
        remaining_ms: what the clock had left when it was paused; None while it runs.
        maximum_cents: how far the server bids for the high bidder; None if no further. Anybody
            else's maximum has been reached, or they would have the high bid.
    """

    lot_id: str
    opened_seq: int
    minimum_cents: int
    base_deadline_ms: int
    extended_to_ms: int = 0
    remaining_ms: int | None = None
    high: HighBid | None = None
    maximum_cents: int | None = None

    @property
    def deadline_ms(self) -> int:
        """The end of the lot. A bid only ever writes `extended_to_ms`, so that it need not know
        the deadline it may be moving: the later of the two counts."""
        return max(self.base_deadline_ms, self.extended_to_ms)


class AuctionState(msgspec.Struct, frozen=True):
    """One auction between two changes.

    Attributes:
        spent: natural buy-in so far, by member number; nobody is listed with zero.
        seq: how many changes there were.
        last_event: the change that led here.
        auto_next_ms: the pause after which lots come up by themselves; None if they do not.
        recent: digests of the requests behind the latest changes, newest first; the digest at
            index i belongs to `seq` - i.
    """

    auction_id: str
    status: AuctionStatus
    rules_version: int
    seq: int
    last_event: AnyEvent
    spent: dict[int, int] = {}
    current: CurrentLot | None = None
    auto_next_ms: int | None = None
    recent: tuple[str, ...] = (NO_REQUEST,) * REPLAY_WINDOW

    def seq_of(self, digest: str) -> int | None:
        """The change that a request caused, if it is among the latest `REPLAY_WINDOW`."""
        for age, known in enumerate(self.recent):
            if known == digest:
                return self.seq - age
        return None


def request_digest(member: int | None, request_id: str | None) -> str:
    """What the auction item remembers of a request, in 8 characters.

    The member is part of it: two members may choose the same request id.
    """
    if request_id is None:
        return NO_REQUEST
    digest = hashlib.sha256(f"{member}:{request_id}".encode()).digest()
    return base64.b64encode(digest[:6]).decode()


def remember(recent: tuple[str, ...], digest: str) -> tuple[str, ...]:
    """The digests after one more change."""
    return (digest, *recent)[:REPLAY_WINDOW]
