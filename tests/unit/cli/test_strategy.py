from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calcutta.bots.strategy import (
    Bot,
    amount_to_bid,
    is_over,
    make_bot,
    next_to_call,
    thinking_s,
    wants_to_bid,
)
from shared.auction import LotState
from shared.client import AuctionView
from shared.events import BidPlaced, LotOpened
from tests.unit.client.auctions import event_reply, opened


def opened_view(lots: int = 3) -> AuctionView:
    return AuctionView().fold(opened(lots))


def up(high_bidder: int | None = None, minimum: int = 100) -> AuctionView:
    """lot-1 up, perhaps with a bid."""
    view = opened_view().fold(
        event_reply(
            2,
            LotOpened(
                at_ms=1, lot_id="lot-1", minimum_cents=minimum, deadline_ms=9, rules_version=1
            ),
        )
    )
    if high_bidder is None:
        return view
    bid = BidPlaced(
        at_ms=2,
        lot_id="lot-1",
        bidder=high_bidder,
        amount_cents=minimum,
        minimum_cents=minimum + 100,
        extended_to_ms=9,
    )
    return view.fold(event_reply(3, bid))


def test_the_same_seed_makes_the_same_bot() -> None:
    assert make_bot(opened_view(), 1, 5, seed=7) == make_bot(opened_view(), 1, 5, seed=7)


def test_bots_of_one_run_differ_in_taste() -> None:
    one, two = (make_bot(opened_view(16), number, 5, seed=7) for number in (1, 2))
    assert one.valuations != two.valuations


@given(st.integers())
def test_the_first_seed_is_worth_more_than_the_sixteenth(seed: int) -> None:
    valuations = make_bot(opened_view(16), 1, 5, seed).valuations
    assert valuations["lot-1"] > valuations["lot-16"]


def test_a_bot_bids_while_the_price_is_below_its_valuation() -> None:
    assert wants_to_bid(up(minimum=500), Bot(1, {"lot-1": 500}))
    assert not wants_to_bid(up(minimum=501), Bot(1, {"lot-1": 500}))


def test_a_bot_does_not_bid_against_itself() -> None:
    bot = Bot(1, {"lot-1": 10_000})
    assert not wants_to_bid(up(high_bidder=1), bot)
    assert wants_to_bid(up(high_bidder=2), bot)


def test_a_bot_bids_only_what_it_has() -> None:
    view = replace(up(minimum=500), spent={2: 600})
    assert not wants_to_bid(view, Bot(2, {"lot-1": 10_000}))


def test_a_bot_waits_while_nothing_is_up() -> None:
    assert not wants_to_bid(opened_view(), Bot(1, {"lot-1": 10_000}))
    assert amount_to_bid(opened_view(), Bot(1, {"lot-1": 10_000}), random.Random(1)) == 0


@given(worth=st.integers(100, 100_000), minimum=st.integers(1, 100_000), seed=st.integers())
def test_a_bid_is_at_least_the_minimum_and_at_most_what_the_bot_would_pay(
    worth: int, minimum: int, seed: int
) -> None:
    view, bot = up(minimum=minimum), Bot(1, {"lot-1": worth})
    amount = amount_to_bid(view, bot, random.Random(seed))
    if wants_to_bid(view, bot):
        assert minimum <= amount <= min(worth, view.budget_left_cents(1))
    else:
        assert amount == 0


@given(st.integers())
def test_thinking_takes_about_the_pace(seed: int) -> None:
    assert 1 <= thinking_s(2.0, random.Random(seed)) <= 3


def test_it_is_over_when_every_lot_was_sold_or_passed() -> None:
    view = opened_view()
    assert not is_over(view)
    states = {
        "lot-1": LotState("lot-1", "sold", 3, 1, 100),
        "lot-2": LotState("lot-2", "passed", 5),
        "lot-3": LotState("lot-3", "passed", 7),
    }
    assert is_over(replace(view, lot_states=states))


def test_an_auction_without_lots_in_view_is_not_over() -> None:
    assert not is_over(AuctionView())


def called(passed: set[str], called_again: frozenset[str] = frozenset()) -> str | None:
    view = opened_view()
    states = {lot_id: LotState(lot_id, "passed", 3) for lot_id in passed}
    lot = next_to_call(replace(view, lot_states=view.lot_states | states), called_again)
    return lot.lot_id if lot else None


def test_lots_come_up_by_position() -> None:
    assert called(set()) == "lot-1"


def test_a_lot_that_passed_is_called_a_second_time_at_once() -> None:
    assert called({"lot-1"}) == "lot-1"


def test_a_lot_that_passed_twice_stays_passed() -> None:
    assert called({"lot-1"}, frozenset({"lot-1"})) == "lot-2"


def test_nothing_is_called_when_every_lot_passed_twice() -> None:
    lots = {"lot-1", "lot-2", "lot-3"}
    assert called(lots, frozenset(lots)) is None
