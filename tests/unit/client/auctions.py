"""Auctions for tests: a first snapshot, and events that can happen after it."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from shared.auction import BidRule, Lot, LotState, Member, Rules, Slot
from shared.client.view import AuctionView
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionReopened,
    BidPlaced,
    BidUndone,
    ClockReset,
    LotOpened,
    LotPassed,
    LotReset,
    LotSold,
    Paused,
    Resumed,
)
from shared.replies import EventInPlace, EventReply, State

RULES = Rules(
    version=1,
    bid_rules=(BidRule(0, 100),),
    clock_ms=15_000,
    extension_ms=10_000,
    budget_cents=50_000,
    budgets={2: 1_000},
)
MEMBERS = (
    Member(0, "user-0", "Ada", "commissioner"),
    Member(1, "user-1", "Ben", "bidder"),
    Member(2, "user-2", "Cleo", "bidder"),
)


def lots(count: int = 3) -> tuple[Lot, ...]:
    return tuple(
        Lot(f"lot-{n}", n, f"Team {n}", (Slot(f"slot-{n}", "East", n, (f"Team {n}",)),))
        for n in range(1, count + 1)
    )


def opened(count: int = 3) -> State:
    """The snapshot after the auction was opened (seq 1)."""
    return State(
        request_id="first",
        server_time_ms=1_000,
        auction_id="auction",
        seq=1,
        you=1,
        status="open",
        title="Test",
        rules=RULES,
        members=MEMBERS,
        lots=lots(count),
        lot_states=tuple(LotState(lot.lot_id, "unsold", 0) for lot in lots(count)),
    )


def snapshot_of(view: AuctionView, events: tuple[EventInPlace, ...] = ()) -> State:
    """What the server would answer at this point."""
    return State(
        request_id="again",
        server_time_ms=1_000,
        auction_id="auction",
        seq=view.seq,
        you=view.you,
        status=view.status,
        title=view.title,
        rules=view.rules,
        members=view.members,
        lots=view.lots,
        lot_states=tuple(view.lot_states.values()),
        current=view.current,
        spent=view.spent,
        events=events,
    )


def event_reply(seq: int, event: AnyEvent) -> EventReply:
    return EventReply(auction_id="auction", seq=seq, event=event)


class Happened(NamedTuple):
    """An event and the auction after it."""

    event: AnyEvent
    view: AuctionView


@st.composite
def happenings(draw: st.DrawFn, longest: int = 25) -> list[Happened]:
    """What happens in an auction after it was opened: events of seq 2, 3, …"""
    view = AuctionView().fold(opened())
    story = []
    for _ in range(draw(st.integers(1, longest))):
        event = draw(st.sampled_from(possible(view)))
        view = view.fold(event_reply(view.seq + 1, event))
        story.append(Happened(event, view))
    return story


def possible(view: AuctionView) -> list[AnyEvent]:
    """What may happen next."""
    at = 1_000 * view.seq
    if view.status == "closed":
        return [AuctionReopened(at_ms=at)]
    lot = view.current
    settled: list[AnyEvent] = [
        LotReset(at_ms=at, lot_id=row.lot_id, owner=row.owner, refund_cents=row.price_cents or 0)
        for row in view.lot_states.values()
        if row.status in ("sold", "passed")
    ]
    if lot is None:
        free = [row.lot_id for row in view.lot_states.values() if row.status != "sold"]
        up: list[AnyEvent] = [
            LotOpened(
                at_ms=at,
                lot_id=lot_id,
                minimum_cents=100,
                deadline_ms=at + 15_000,
                rules_version=1,
            )
            for lot_id in free
        ]
        return [*settled, *up, AuctionClosed(at_ms=at)]
    common: dict[str, Any] = {"at_ms": at, "lot_id": lot.lot_id}
    events: list[AnyEvent] = [
        *settled,
        ClockReset(**common, deadline_ms=at + 15_000),
        LotPassed(**common),
        LotReset(**common),
    ]
    if view.status == "paused":
        return [*events, Resumed(**common, deadline_ms=at + 3_000)]
    events += [
        BidPlaced(
            **common,
            bidder=bidder,
            amount_cents=lot.minimum_cents,
            minimum_cents=lot.minimum_cents + 100,
            extended_to_ms=at + 10_000,
        )
        for bidder in (1, 2)
    ]
    events.append(Paused(**common, remaining_ms=3_000))
    if lot.high_bidder is not None and lot.high_cents is not None:
        events += [
            LotSold(**common, owner=lot.high_bidder, price_cents=lot.high_cents),
            BidUndone(
                **common,
                bidder=lot.high_bidder,
                amount_cents=lot.high_cents,
                minimum_cents=100,
                extended_to_ms=at + 10_000,
            ),
        ]
    return events
