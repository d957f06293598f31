"""What a message of the apply queue says, and whether that can be."""

from __future__ import annotations

import msgspec

from shared.codec import decode_entry
from shared.events import BidPlaced, BidUndone, LedgerEntry, LotReset, LotSold, MaximumSet
from shared.quarantine import SetAside, SetAsideMessage

_set_asides = msgspec.json.Decoder(SetAsideMessage)


class Cast(msgspec.Struct, frozen=True):
    """Whom and what the events of an auction may name."""

    lot_ids: frozenset[str]
    members: frozenset[int]


def record_of(body: str) -> LedgerEntry | SetAside | str:
    """The entry, what the relay had set aside, or why the message is neither."""
    try:
        return decode_entry(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        reason = f"not a ledger entry: {error}"
    try:
        return _set_asides.decode(body).set_aside
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return reason


def misfit(entry: LedgerEntry, cast: Cast | None) -> str | None:
    """Why the entry cannot belong to the auction it names, or None."""
    if cast is None:
        return "the auction is unknown"
    lot_id = getattr(entry.event, "lot_id", None)
    if lot_id is not None and lot_id not in cast.lot_ids:
        return "the lot is unknown"
    if not _members_named(entry) <= cast.members:
        return "the member is unknown"
    return None


def _members_named(entry: LedgerEntry) -> set[int]:
    match entry.event:
        case BidPlaced(bidder=member, beaten=beaten):
            return {member} if beaten is None else {member, beaten.bidder}
        case BidUndone(bidder=member) | MaximumSet(bidder=member) | LotSold(owner=member):
            return {member}
        case LotReset(owner=int(member)):
            return {member}
        case _:
            return set()
