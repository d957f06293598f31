"""Whatever is asked of an auction, and in whatever order, some things always hold."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.client.view import AuctionView
from shared.commands import GetState
from shared.events import BidPlaced, LotReset, LotSold
from shared.replies import EventReply, State
from tests.fakes.builders import AUCTION, CLEO, RULES
from tests.fakes.stories import STORIES, Wish, grant
from tests.fakes.world import World
from websocket_service.logic.read_state import get_state
from websocket_service.logic.rules import budget_of


def look(world: World, since_seq: int = 0) -> State:
    return get_state(GetState(request_id="g", since_seq=since_seq), CLEO, world.reader)


def seen(view: AuctionView) -> tuple[object, ...]:
    """What everybody sees."""
    current = view.current and replace(view.current, your_maximum_cents=None)
    return (view.seq, view.status, current, view.spent, view.lot_states, view.auto_next_ms)


@given(STORIES)
def test_every_change_adds_one_to_seq_and_every_refusal_nothing(story: list[Wish]) -> None:
    world = World.opened()
    for wish in story:
        before = world.state
        refusal = grant(world, wish)
        if refusal is None:
            assert world.state.seq == before.seq + 1
        else:
            assert world.state == before
            assert refusal.seq == before.seq


@given(STORIES)
def test_what_members_spent_is_what_the_lots_they_own_cost(story: list[Wish]) -> None:
    world = World.opened()
    for wish in story:
        grant(world, wish)
        owed: dict[int, int] = {}
        for row in world.auctions.lot_rows[AUCTION].values():
            if row.owner is not None:
                owed[row.owner] = owed.get(row.owner, 0) + (row.price_cents or 0)
        assert world.state.spent == owed
        assert all(cents <= budget_of(RULES, member) for member, cents in owed.items())


@given(STORIES)
def test_the_ledger_never_sells_a_lot_twice_without_a_reset_between(story: list[Wish]) -> None:
    world = World.opened()
    for wish in story:
        grant(world, wish)
    sold: set[str] = set()
    for entry in world.ledger.events(AUCTION, 0, 1_000):
        if isinstance(entry.event, LotSold):
            assert entry.event.lot_id not in sold
            sold.add(entry.event.lot_id)
        if isinstance(entry.event, LotReset):
            sold.discard(entry.event.lot_id)


@given(STORIES)
def test_a_bid_never_stands_at_or_after_the_deadline(story: list[Wish]) -> None:
    world = World.opened()
    for wish in story:
        lot = world.state.current
        if grant(world, wish) is None and isinstance(world.event, BidPlaced):
            assert lot is not None
            assert world.event.at_ms < lot.deadline_ms <= world.lot.deadline_ms


@given(STORIES)
def test_exactly_the_lot_that_is_up_has_a_row_that_says_so(story: list[Wish]) -> None:
    world = World.opened()
    for wish in story:
        grant(world, wish)
        up = [r.lot_id for r in world.auctions.lot_rows[AUCTION].values() if r.status == "up"]
        assert up == ([world.state.current.lot_id] if world.state.current else [])
        assert (world.state.current is not None) == (world.state.status in ("bidding", "paused"))


@given(STORIES)
def test_who_follows_the_events_sees_what_a_snapshot_shows(story: list[Wish]) -> None:
    world = World.opened()
    view = AuctionView().fold(look(world))
    for wish in story:
        if grant(world, wish) is None:
            view = view.fold(EventReply(auction_id=AUCTION, seq=world.state.seq, event=world.event))
        assert seen(view) == seen(AuctionView().fold(look(world)))


@given(STORIES)
def test_what_a_client_knows_of_its_maximum_is_never_more_than_the_server_does(
    story: list[Wish],
) -> None:
    world = World.opened()
    view = AuctionView().fold(look(world))
    for place, wish in enumerate(story):
        if grant(world, wish) is None:
            view = view.fold(EventReply(auction_id=AUCTION, seq=world.state.seq, event=world.event))
        if place % 5 == 0:
            view = view.fold(look(world))
        now = look(world).current
        known = view.current and view.current.your_maximum_cents
        assert known in (None, now and now.your_maximum_cents)


@given(STORIES, st.integers(0, 60))
def test_who_was_away_and_asks_for_what_was_missed_has_every_event(
    story: list[Wish], away_from: int
) -> None:
    world = World.opened()
    known = 1
    for place, wish in enumerate(story):
        grant(world, wish)
        if place == away_from:
            known = world.state.seq
    missed = look(world, since_seq=known)
    assert missed.complete
    assert [event.seq for event in missed.events] == list(range(known + 1, world.state.seq + 1))
