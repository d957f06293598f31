"""Real concurrency against stores in memory: a right one, and some with a bug each."""

from __future__ import annotations

import threading
import time

import pytest
from msgspec.structs import replace

from chaos.histories.judging import play_and_judge
from tests.fakes.auctions import MemoryAuctions, stands
from tests.fakes.builders import AUCTION, lots, open_state, projection
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.world import World
from tests.integration.websocket.world import RULES
from websocket_service.logic.bidding import BidAttempt
from websocket_service.logic.change import Change
from websocket_service.logic.ports import BidLost, Committed
from websocket_service.logic.state import NO_REQUEST, AuctionState

HISTORIES = 60


class RightAuctions(MemoryAuctions):
    """As a table is: each write by itself, its condition with it."""

    def __init__(self) -> None:
        super().__init__(stream=lambda entry: None)
        self.one_at_a_time = threading.RLock()

    def place_bid(self, bid: BidAttempt) -> Committed | BidLost:
        with self.one_at_a_time:
            return super().place_bid(bid)

    def commit(self, change: Change) -> Committed:
        with self.one_at_a_time:
            return super().commit(change)


class LowerBidsStand(RightAuctions):
    """Its condition forgets the minimum."""

    def place_bid(self, bid: BidAttempt) -> Committed | BidLost:
        with self.one_at_a_time:
            state = self.states[bid.auction_id]
            if state.current is not None:
                current = replace(state.current, minimum_cents=1)
                self.states[bid.auction_id] = replace(state, current=current)
            result = super().place_bid(bid)
            if isinstance(result, BidLost):
                self.states[bid.auction_id] = state
                return BidLost(state)
            return result


class ReadsThenWrites(RightAuctions):
    """Its condition holds for what it read a moment ago."""

    def place_bid(self, bid: BidAttempt) -> Committed | BidLost:
        state = self.states[bid.auction_id]
        time.sleep(0.001)
        if not stands(bid, state):
            return BidLost(state)
        with self.one_at_a_time:
            self.states[bid.auction_id] = state
            return super().place_bid(bid)


class ForgetsRequests(RightAuctions):
    """Does not know a request again."""

    def _write(self, state: AuctionState) -> None:
        super()._write(replace(state, recent=(NO_REQUEST,) * len(state.recent)))


class LosesSales(RightAuctions):
    """Writes the auction without the lot's row."""

    def commit(self, change: Change) -> Committed:
        is_sale = change.lot is not None and change.lot.status == "sold"
        return super().commit(replace(change, lot=None) if is_sale else change)


def failures(store: type[RightAuctions]) -> list[str]:
    return [failure for seed in range(HISTORIES) for failure in _play(store(), seed)]


def _play(auctions: RightAuctions, seed: int) -> list[str]:
    world = World()
    world.auctions = auctions
    world.catalogue = MemoryCatalogue(auctions.lot_rows, world.rules_book)
    named = tuple(replace(lot, lot_id=f"L{n:02}") for n, lot in enumerate(lots(), start=1))
    world.catalogue.write(replace(projection(), lots=named), RULES)
    auctions.create(open_state())
    try:
        return play_and_judge(AUCTION, world.desk, world.reader, world.ledger, seed).failures
    except KeyError as error:  # a refund of what nobody paid, for one
        return [f"the store led to a state that cannot be: {error!r}"]


def test_a_right_store_is_found_right() -> None:
    assert failures(RightAuctions) == []


@pytest.mark.parametrize("store", [LowerBidsStand, ReadsThenWrites, ForgetsRequests, LosesSales])
def test_a_bug_is_found(store: type[RightAuctions]) -> None:
    assert any("not linearizable" in failure for failure in failures(store))
