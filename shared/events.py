"""Everything that can happen in an auction: one tagged union, frozen in this file.

An event is committed inside the auction item, carried by its stream to ledger and database, and
broadcast to clients; it is the same structure everywhere. Its `seq` travels beside it.
"""

from __future__ import annotations

import msgspec

from shared.fields import (
    AmountCents,
    AutoNextMs,
    BalanceCents,
    Id,
    MemberNumber,
    MinimumCents,
    RequestId,
    Seq,
    TimeMs,
)


class Event(
    msgspec.Struct,
    tag_field="type",
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    kw_only=True,
):
    """Base of all events.

    Attributes:
        at_ms: when the server decided it.
        actor: the member who asked for it; None is the server's own clock.
        request_id: the request that caused it, so that its sender knows it again.
    """

    at_ms: TimeMs
    actor: MemberNumber | None = None
    request_id: RequestId | None = None


class AuctionOpened(Event, tag="auction_opened", frozen=True):
    rules_version: int


class LotOpened(Event, tag="lot_opened", frozen=True):
    lot_id: Id
    minimum_cents: MinimumCents
    deadline_ms: TimeMs
    rules_version: int


class BeatenBid(msgspec.Struct, frozen=True):
    """The bid or maximum of another member that a maximum went over in the same moment."""

    bidder: MemberNumber
    amount_cents: AmountCents


class BidPlaced(Event, tag="bid_placed", frozen=True):
    """A member has the high bid.

    Attributes:
        bidder: whose bid it is; `actor` is who caused it: the bidder, who bid in their name, or
            whose own bid their maximum went over.
        extended_to_ms: the deadline is this or the one it had, whichever is later.
        beaten: set where the bidder's maximum met another bid; the server chose the amount then.
    """

    lot_id: Id
    bidder: MemberNumber
    amount_cents: AmountCents
    minimum_cents: MinimumCents
    extended_to_ms: TimeMs
    beaten: BeatenBid | None = None


class MaximumSet(Event, tag="maximum_set", frozen=True):
    """The high bidder changed how far the server may bid for them; how far is nobody's business."""

    lot_id: Id
    bidder: MemberNumber


class BidUndone(Event, tag="bid_undone", frozen=True):
    """The high bid of `bidder` is void; `high_*` is the bid that stands again, if any."""

    lot_id: Id
    bidder: MemberNumber
    amount_cents: AmountCents
    minimum_cents: MinimumCents
    extended_to_ms: TimeMs
    high_bidder: MemberNumber | None = None
    high_cents: AmountCents | None = None


class LotSold(Event, tag="lot_sold", frozen=True):
    lot_id: Id
    owner: MemberNumber
    price_cents: AmountCents


class LotPassed(Event, tag="lot_passed", frozen=True):
    lot_id: Id


class LotReset(Event, tag="lot_reset", frozen=True):
    """The lot is unsold again; `owner` got `refund_cents` back if it had been sold."""

    lot_id: Id
    owner: MemberNumber | None = None
    refund_cents: BalanceCents = 0


class ClockReset(Event, tag="clock_reset", frozen=True):
    lot_id: Id
    deadline_ms: TimeMs


class Paused(Event, tag="paused", frozen=True):
    lot_id: Id
    remaining_ms: int


class Resumed(Event, tag="resumed", frozen=True):
    lot_id: Id
    deadline_ms: TimeMs


class AutoNextSet(Event, tag="auto_next_set", frozen=True):
    """From now on lots come up by themselves after a pause, or (None) do not."""

    after_ms: AutoNextMs | None = None


class AuctionClosed(Event, tag="auction_closed", frozen=True):
    pass


class AuctionReopened(Event, tag="auction_reopened", frozen=True):
    pass


AnyEvent = (
    AuctionOpened
    | LotOpened
    | BidPlaced
    | MaximumSet
    | BidUndone
    | LotSold
    | LotPassed
    | LotReset
    | ClockReset
    | Paused
    | Resumed
    | AutoNextSet
    | AuctionClosed
    | AuctionReopened
)


class LedgerEntry(msgspec.Struct, frozen=True):
    """An event in its place: what the ledger holds and the queue to the database carries."""

    auction_id: Id
    seq: Seq
    event: AnyEvent

    def ids(self) -> dict[str, str | int | None]:
        """What a log or a trace says about it."""
        return {
            "auction_id": self.auction_id,
            "seq": self.seq,
            "type": self.event.__struct_config__.tag,
            "request_id": self.event.request_id,
        }
