from hypothesis import example, given
from hypothesis import strategies as st

from shared.fields import AuctionStatus
from tests.fakes.auctions import stands
from tests.fakes.builders import AUCTION, NOW_MS, RULES, bidding_state, open_state
from websocket_service.logic.bidding import BidAttempt, attempt, refusal
from websocket_service.logic.rules import minimum_after
from websocket_service.logic.state import AuctionState, CurrentLot

CLEO, DAN = 2, 3
AROUND_NOW = st.integers(NOW_MS - 2, NOW_MS + 2)


def bid(bidder: int = CLEO, amount_cents: int = 1_00, lot_id: str = "L1") -> BidAttempt:
    return attempt(
        RULES,
        auction_id=AUCTION,
        lot_id=lot_id,
        bidder=bidder,
        actor=bidder,
        amount_cents=amount_cents,
        request_id="r",
        now_ms=NOW_MS,
    )


@st.composite
def states(draw: st.DrawFn) -> AuctionState:
    """Auctions as they can be: a lot is up exactly while bidding or paused."""
    status: AuctionStatus = draw(st.sampled_from(["open", "bidding", "paused", "closed"]))
    lot = None
    if status in ("bidding", "paused"):
        lot = CurrentLot(
            lot_id=draw(st.sampled_from(["L1", "L2"])),
            opened_seq=2,
            minimum_cents=draw(st.integers(1, 110_00)),
            base_deadline_ms=draw(AROUND_NOW),
            extended_to_ms=draw(st.just(0) | AROUND_NOW),
            remaining_ms=1 if status == "paused" else None,
        )
    spent = draw(st.dictionaries(st.integers(2, 4), st.integers(1, 1_000_00)))
    return open_state(status=status, current=lot, spent=spent)


@given(states(), st.integers(2, 4), st.integers(1, 1_100_00), st.sampled_from(["L1", "L2"]))
def test_the_condition_of_the_write_and_the_reason_of_its_refusal_agree(
    state: AuctionState, bidder: int, amount_cents: int, lot_id: str
) -> None:
    it = bid(bidder, amount_cents, lot_id)
    assert stands(it, state) == (refusal(state, it) is None)


@given(states(), st.integers(2, 4), st.integers(1, 110_00))
def test_a_refusal_names_the_minimum_whenever_a_lot_is_up(
    state: AuctionState, bidder: int, amount_cents: int
) -> None:
    reason = refusal(state, bid(bidder, amount_cents))
    if reason is not None:
        assert reason.seq == state.seq
        assert reason.minimum_cents == (state.current and state.current.minimum_cents)


@given(spent=st.integers(0, 999_00), over=st.integers(-1_00, 1_00))
@example(spent=0, over=0)
@example(spent=0, over=1)
def test_a_bid_stands_exactly_if_it_and_what_was_spent_fit_the_budget(
    spent: int, over: int
) -> None:
    state = bidding_state(minimum_cents=1)
    state.spent.update({CLEO: spent} if spent else {})
    amount_cents = max(1, RULES.budget_cents - spent + over)
    reason = refusal(state, bid(CLEO, amount_cents))
    assert (reason is None) == (amount_cents + spent <= RULES.budget_cents)


def test_the_headroom_is_what_may_be_spent_besides_the_bid() -> None:
    assert bid(CLEO, 40_00).headroom_cents == RULES.budget_cents - 40_00
    assert bid(DAN, 40_00).headroom_cents == RULES.budgets[DAN] - 40_00


def test_the_headroom_of_a_bid_over_the_whole_budget_is_negative() -> None:
    assert bid(DAN, RULES.budgets[DAN] + 1).headroom_cents == -1


def test_an_attempt_carries_the_version_of_the_rules_that_priced_it() -> None:
    it = bid(CLEO, 60_00)
    assert it.rules_version == RULES.version
    assert it.event.minimum_cents == minimum_after(RULES, 60_00)


def test_a_bid_where_no_auction_is_says_that_it_was_not_opened() -> None:
    reason = refusal(None, bid())
    assert reason is not None
    assert reason.refusal_code == "auction_not_open"
    assert reason.seq is None


def test_the_time_is_checked_before_the_amount() -> None:
    state = bidding_state(base_deadline_ms=NOW_MS, minimum_cents=5_00)
    reason = refusal(state, bid())
    assert reason is not None
    assert reason.refusal_code == "deadline_passed"
