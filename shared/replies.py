"""Everything the server says on the WebSocket: one tagged union (`type`), frozen in this file."""

from __future__ import annotations

import msgspec

from shared.auction import Lot, LotState, Member, Rules
from shared.errors import CalcuttaError, Refused
from shared.events import AnyEvent
from shared.fields import (
    AmountCents,
    AuctionStatus,
    AutoNextMs,
    BalanceCents,
    Id,
    MemberNumber,
    MinimumCents,
    Name,
    RequestId,
    Role,
    Seq,
    TimeMs,
    ViewerNumber,
)


class Reply(msgspec.Struct, tag_field="type", frozen=True, kw_only=True, omit_defaults=True):
    """Base of all messages to clients."""


class Accepted(Reply, tag="accepted", frozen=True):
    """The command changed the auction; `seq` is the event it caused."""

    request_id: RequestId
    seq: Seq


class RefusedReply(Reply, tag="refused", frozen=True):
    """The command changed nothing.

    Attributes:
        request_id: the command's, where it could be read.
        code: stable, see `shared.errors`.
        message: one sentence for a person.
        field: the path of the offending field, for invalid messages.
        minimum_cents: the lowest bid that would stand now, where a lot is up.
        seq: the state that refused.
    """

    code: str
    message: str
    request_id: RequestId | None = None
    field: str | None = None
    minimum_cents: MinimumCents | None = None
    seq: Seq | None = None


class EventReply(Reply, tag="event", frozen=True):
    """Something happened, in its place."""

    auction_id: Id
    seq: Seq
    event: AnyEvent


class Chat(Reply, tag="chat", frozen=True):
    """Something a member said; `chat_id` is the same however often it is delivered."""

    chat_id: str
    at_ms: TimeMs
    number: MemberNumber
    name: Name
    text: str


class ChatSent(Reply, tag="chat_sent", frozen=True):
    request_id: RequestId
    chat_id: str


class CurrentLot(msgspec.Struct, frozen=True, omit_defaults=True):
    """The lot that is up. The deadline is the later of the two; None while paused.

    `your_maximum_cents`: how far the server bids for the member who asked, who has the high bid.
    """

    lot_id: Id
    minimum_cents: MinimumCents
    rules_version: int
    high_bidder: MemberNumber | None = None
    high_cents: AmountCents | None = None
    base_deadline_ms: TimeMs | None = None
    extended_to_ms: TimeMs = 0
    remaining_ms: int | None = None
    your_maximum_cents: AmountCents | None = None


class EventInPlace(msgspec.Struct, frozen=True):
    seq: Seq
    event: AnyEvent


class State(Reply, tag="state", frozen=True):
    """A consistent snapshot at `seq`, and the events after the `since_seq` that was asked for.

    Attributes:
        status: None before the auction is opened.
        auto_next_ms: the pause after which lots come up by themselves; None if they do not.
        spent: natural buy-in so far, by member number; members who bought nothing are left out.
        events: contiguous, ascending, from `since_seq` + 1.
        complete: False if events up to `seq` are missing: ask again from the last one.
    """

    request_id: RequestId
    server_time_ms: TimeMs
    auction_id: Id
    seq: Seq
    you: ViewerNumber
    status: AuctionStatus | None = None
    title: str = ""
    rules: Rules | None = None
    members: tuple[Member, ...] = ()
    lots: tuple[Lot, ...] = ()
    lot_states: tuple[LotState, ...] = ()
    current: CurrentLot | None = None
    auto_next_ms: AutoNextMs | None = None
    spent: dict[MemberNumber, BalanceCents] = {}
    events: tuple[EventInPlace, ...] = ()
    complete: bool = True
    chats: tuple[Chat, ...] = ()


class Present(msgspec.Struct, frozen=True):
    number: MemberNumber
    name: Name
    role: Role
    connections: int


class Presence(Reply, tag="presence", frozen=True):
    """The members with an open connection, by number; `watching`: how many are here besides."""

    request_id: RequestId
    members: tuple[Present, ...]
    watching: int = 0


class Pong(Reply, tag="pong", frozen=True):
    """`seq` may lag a moment; a client that has seen less asks for the state."""

    request_id: RequestId
    client_time_ms: TimeMs
    server_time_ms: TimeMs
    seq: Seq


AnyReply = Accepted | RefusedReply | EventReply | Chat | ChatSent | State | Presence | Pong


def refusal_of(error: CalcuttaError, request_id: str | None) -> RefusedReply:
    """The one map from errors to replies."""
    if isinstance(error, Refused):
        return RefusedReply(
            request_id=request_id,
            code=error.refusal_code,
            message=error.message,
            minimum_cents=error.minimum_cents,
            seq=error.seq,
        )
    return RefusedReply(
        request_id=request_id, code=error.code, message=error.message, field=error.field
    )
