"""Everything a client may say on the WebSocket: one tagged union, frozen in this file.

The tag is `action`, as API Gateway selects routes by `$request.body.action`.
"""

from __future__ import annotations

import msgspec

from shared.fields import (
    AmountCents,
    AutoNextMs,
    ChatText,
    Id,
    LotOrder,
    MemberNumber,
    RequestId,
    Seq,
    TimeMs,
)


class Command(
    msgspec.Struct, tag_field="action", forbid_unknown_fields=True, frozen=True, kw_only=True
):
    """Base of all commands; `request_id` makes each of them repeatable."""

    request_id: RequestId


class OpenAuction(Command, tag="openAuction", frozen=True):
    """Fetch the auction from the database and open it (commissioner)."""


class NextLot(Command, tag="nextLot", frozen=True):
    """Put a lot up: the one named, or one that was not sold; those never up come before those that
    were passed (commissioner, admin).

    Attributes:
        order: which one, if none is named: the first as the lots are arranged, or any.
    """

    lot_id: Id | None = None
    order: LotOrder = "random"


class PlaceBid(Command, tag="placeBid", frozen=True):
    """Bid on the lot that is up (commissioner, admin, bidder), or in the name of an absent member,
    `bidder` (commissioner, admin)."""

    lot_id: Id
    amount_cents: AmountCents
    bidder: MemberNumber | None = None


class SetMaximum(Command, tag="setMaximum", frozen=True):
    """Let the server bid on the lot that is up, up to a maximum that nobody else sees
    (commissioner, admin, bidder).

    Of two maxima the higher one wins, at the other one plus an increment; of equal ones the
    earlier. The high bidder may change theirs, down to the bid that stands.
    """

    lot_id: Id
    maximum_cents: AmountCents


class SeenBid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The high bid as the sender saw it, in the words of `CurrentLot`: both None if there was
    none."""

    high_bidder: MemberNumber | None = None
    high_cents: AmountCents | None = None


class Hammer(Command, tag="hammer", frozen=True):
    """End the lot: a nudge once its deadline has passed (anyone), or `forced` before
    (commissioner).

    Attributes:
        seen: the bid that is meant; if another stands, nothing is done (`bid_changed`).
    """

    lot_id: Id
    forced: bool = False
    seen: SeenBid | None = None


class PassLot(Command, tag="passLot", frozen=True):
    """Take the lot that is up off the block, unsold; its bids are void (commissioner, admin)."""

    lot_id: Id


class UndoBid(Command, tag="undoBid", frozen=True):
    """Take back the high bid; the one before it stands again (commissioner, admin).

    Attributes:
        seen: the bid that is meant; if another stands, nothing is done (`bid_changed`).
    """

    lot_id: Id
    seen: SeenBid | None = None


class ResetLot(Command, tag="resetLot", frozen=True):
    """Make a lot unsold again: its bids are void, its price is given back (commissioner,
    admin)."""

    lot_id: Id


class ResetClock(Command, tag="resetClock", frozen=True):
    """Give the lot that is up its full clock again (commissioner, admin)."""

    lot_id: Id


class Pause(Command, tag="pause", frozen=True):
    """Stop the clock of the lot that is up (commissioner, admin)."""


class Resume(Command, tag="resume", frozen=True):
    """Let the clock go on with the time it had left (commissioner, admin)."""


class SetAutoNext(Command, tag="setAutoNext", frozen=True):
    """Put the next lot up, as they are arranged, whenever none has been for so long, or (None) wait
    to be told (commissioner, admin)."""

    after_ms: AutoNextMs | None = None


class CloseAuction(Command, tag="closeAuction", frozen=True):
    """End the auction; refused while a lot is up (commissioner)."""


class ReopenAuction(Command, tag="reopenAuction", frozen=True):
    """Go on with a closed auction (commissioner)."""


class SendChat(Command, tag="sendChat", frozen=True):
    """Say something to everyone in the auction."""

    text: ChatText


class GetState(Command, tag="getState", frozen=True):
    """Ask for a snapshot and the events after `since_seq`."""

    since_seq: Seq = 0


class WhoIsHere(Command, tag="whoIsHere", frozen=True):
    """Ask which members have an open connection."""


class Ping(Command, tag="ping", frozen=True):
    """Keep the connection alive, measure the clock's offset, learn the latest seq."""

    client_time_ms: TimeMs


AnyCommand = (
    OpenAuction
    | NextLot
    | PlaceBid
    | SetMaximum
    | Hammer
    | PassLot
    | UndoBid
    | ResetLot
    | ResetClock
    | Pause
    | Resume
    | SetAutoNext
    | CloseAuction
    | ReopenAuction
    | SendChat
    | GetState
    | WhoIsHere
    | Ping
)
