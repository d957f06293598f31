from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.client import AuctionView
from shared.events import AuctionOpened, BidPlaced, LotOpened, LotReset, LotSold, Paused, Resumed
from shared.replies import EventInPlace, EventReply, State
from tests.unit.client.auctions import (
    Happened,
    event_reply,
    happenings,
    opened,
    snapshot_of,
)

UP = LotOpened(at_ms=1_000, lot_id="lot-1", minimum_cents=100, deadline_ms=16_000, rules_version=1)


def bid(bidder: int, amount: int, extended_to: int = 12_000) -> BidPlaced:
    return BidPlaced(
        at_ms=2_000,
        lot_id="lot-1",
        bidder=bidder,
        amount_cents=amount,
        minimum_cents=amount + 100,
        extended_to_ms=extended_to,
    )


def after(*events: LotOpened | BidPlaced | LotSold | LotReset | Paused | Resumed) -> AuctionView:
    view = AuctionView().fold(opened())
    for event in events:
        view = view.fold(event_reply(view.seq + 1, event))
    return view


@st.composite
def deliveries(
    draw: st.DrawFn,
) -> tuple[list[Happened], list[State | EventReply]]:
    """A story, and its messages lost, repeated and shuffled, snapshots among them."""
    story = draw(happenings())
    events = [event_reply(seq, done.event) for seq, done in enumerate(story, start=2)]
    snapshots = [snapshot_of(done.view) for done in story]
    possible: list[State | EventReply] = [opened(), *events, *snapshots]
    messages = draw(st.lists(st.sampled_from(possible), max_size=3 * len(story)))
    return story, messages


@given(deliveries())
def test_whatever_gets_lost_the_view_is_the_auction_as_it_was_at_its_seq(
    delivery: tuple[list[Happened], list[State | EventReply]],
) -> None:
    story, messages = delivery
    truth = {done.view.seq: done.view for done in story}
    truth[1] = AuctionView().fold(opened())
    view = AuctionView()
    for message in messages:
        view = view.fold(message)
        assert not view.synced or replace(view, held={}) == truth[view.seq]


@given(deliveries())
def test_the_view_never_goes_back(
    delivery: tuple[list[Happened], list[State | EventReply]],
) -> None:
    view = AuctionView()
    for message in delivery[1]:
        before, view = view.seq, view.fold(message)
        assert view.seq >= before


@given(deliveries())
def test_a_catch_up_after_any_loss_leads_to_the_end(
    delivery: tuple[list[Happened], list[State | EventReply]],
) -> None:
    story, messages = delivery
    view = AuctionView()
    for message in [*messages, snapshot_of(story[-1].view)]:
        view = view.fold(message)
    assert view == story[-1].view


@given(happenings(), st.randoms())
def test_events_in_any_order_lead_to_the_end_without_a_catch_up(
    story: list[Happened], source: random.Random
) -> None:
    messages = [event_reply(seq, done.event) for seq, done in enumerate(story, start=2)]
    source.shuffle(messages)
    view = AuctionView()
    for message in messages:
        view = view.fold(message)
    view = view.fold(opened())
    assert view == story[-1].view


def test_an_event_beyond_a_gap_is_held_and_the_gap_is_seen() -> None:
    view = AuctionView().fold(opened()).fold(event_reply(3, bid(1, 100)))
    assert view.has_gap
    assert view.seq == 1


def test_the_missing_event_closes_the_gap() -> None:
    view = AuctionView().fold(opened()).fold(event_reply(3, bid(1, 100)))
    view = view.fold(event_reply(2, UP))
    assert not view.has_gap
    assert view.current is not None
    assert view.current.high_cents == 100


def test_events_of_a_snapshot_fold_the_held_ones_in() -> None:
    view = AuctionView().fold(opened()).fold(event_reply(4, bid(2, 200)))
    at_two = after(UP)
    answer = snapshot_of(at_two, (EventInPlace(2, UP), EventInPlace(3, bid(1, 100))))
    assert view.fold(answer) == after(UP, bid(1, 100), bid(2, 200))


def test_a_late_bid_moves_the_deadline_and_an_early_one_does_not() -> None:
    assert after(UP, bid(1, 100, extended_to=12_000)).deadline_ms == 16_000
    assert after(UP, bid(1, 100, extended_to=20_000)).deadline_ms == 20_000


def test_a_paused_clock_stands_still() -> None:
    view = after(UP, bid(1, 100), Paused(at_ms=3_000, lot_id="lot-1", remaining_ms=4_000))
    assert view.deadline_ms is None
    assert view.remaining_ms(1_000_000) == 4_000


def test_a_resumed_clock_runs_to_its_new_deadline() -> None:
    view = after(
        UP,
        bid(1, 100, extended_to=90_000),
        Paused(at_ms=3_000, lot_id="lot-1", remaining_ms=4_000),
        Resumed(at_ms=9_000, lot_id="lot-1", deadline_ms=13_000),
    )
    assert view.remaining_ms(10_000) == 3_000


def test_the_time_left_is_never_negative() -> None:
    assert after(UP).remaining_ms(99_000) == 0


def test_a_sale_is_spent_by_its_owner() -> None:
    view = after(UP, bid(1, 700), LotSold(at_ms=1, lot_id="lot-1", owner=1, price_cents=700))
    assert view.spent == {1: 700}
    assert view.lot_states["lot-1"].owner == 1
    assert view.budget_left_cents(1) == 50_000 - 700


def test_a_reset_gives_the_money_back() -> None:
    view = after(
        UP,
        bid(1, 700),
        LotSold(at_ms=1, lot_id="lot-1", owner=1, price_cents=700),
        LotReset(at_ms=2, lot_id="lot-1", owner=1, refund_cents=700),
    )
    assert view.spent == {}
    assert view.lot_states["lot-1"].status == "unsold"


def test_a_member_may_have_a_budget_of_their_own() -> None:
    assert after().budget_left_cents(2) == 1_000


def test_opening_asks_for_a_snapshot_as_the_event_names_no_rules() -> None:
    unopened = State(request_id="r", server_time_ms=0, auction_id="auction", seq=0, you=1)
    view = AuctionView().fold(unopened)
    assert not view.needs_snapshot
    view = view.fold(event_reply(1, AuctionOpened(at_ms=1, rules_version=1)))
    assert view.needs_snapshot
    assert not view.fold(opened()).needs_snapshot


def test_a_lot_under_newer_rules_asks_for_a_snapshot() -> None:
    assert after(replace(UP, rules_version=2)).needs_snapshot
