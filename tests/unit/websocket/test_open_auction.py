import pytest

from shared.commands import CloseAuction, OpenAuction
from shared.errors import Forbidden, NotFound
from shared.events import AuctionOpened
from tests.fakes.builders import ADA, AUCTION, BEN, MEMBERS, RULES, next_lot, projection
from tests.fakes.queues import MemoryBridge
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.authority import Caller
from websocket_service.logic.open_auction import open_auction
from websocket_service.logic.outcome import Outcome


class Opening:
    """An auction that the database knows and that was not opened."""

    def __init__(self) -> None:
        self.world, self.bridge = World(), MemoryBridge(projection())

    def open(self, request_id: str = "open", caller: Caller = ADA) -> Outcome:
        return open_auction(
            OpenAuction(request_id=request_id),
            caller,
            auctions=self.world.auctions,
            opening=self.world.catalogue,
            bridge=self.bridge,
            settings=self.world.settings,
            now_ms=self.world.clock,
        )


def test_an_opened_auction_has_its_members_lots_and_rules() -> None:
    opening = Opening()
    opening.open()
    world = opening.world
    assert world.catalogue.members(AUCTION) == MEMBERS
    assert [lot.lot_id for lot, _ in world.catalogue.lots(AUCTION)] == ["L1", "L2", "L3"]
    assert world.rules_book.latest(AUCTION) == RULES
    assert world.state.status == "open"


def test_opening_is_the_first_event() -> None:
    opening = Opening()
    outcome = opening.open()
    assert outcome.seq == 1
    assert outcome.entry is not None
    assert outcome.entry.event == AuctionOpened(
        at_ms=opening.world.clock(), actor=0, request_id="open", rules_version=1
    )


def test_an_opened_auction_needs_the_database_no_more() -> None:
    opening = Opening()
    opening.open()
    opening.world.run(next_lot())
    opening.world.bid(BEN, 1_00)
    assert opening.bridge.calls == 1


def test_opening_sent_again_is_answered_as_the_first_time() -> None:
    opening = Opening()
    first = opening.open()
    again = opening.open()
    assert (again.seq, again.entry) == (first.seq, None)
    assert opening.bridge.calls == 1


def test_an_open_auction_is_not_opened_by_another_request() -> None:
    opening = Opening()
    opening.open()
    with refused("auction_already_open"):
        opening.open("other")


def test_a_closed_auction_is_not_opened_anew() -> None:
    opening = Opening()
    opening.open()
    opening.world.run(CloseAuction(request_id="c"))
    with refused("auction_already_open"):
        opening.open("other")


def test_of_two_openings_at_once_one_wins_and_the_other_is_refused() -> None:
    opening = Opening()
    opening.world.auctions.before_write(lambda: opening.open("theirs"))
    with refused("auction_already_open"):
        opening.open("ours")
    assert opening.world.event.request_id == "theirs"


def test_the_same_opening_sent_twice_at_once_is_done_once() -> None:
    opening = Opening()
    opening.world.auctions.before_write(lambda: opening.open("same"))
    outcome = opening.open("same")
    assert (outcome.seq, outcome.entry) == (1, None)


def test_only_the_commissioner_may_open_and_the_database_is_not_asked_otherwise() -> None:
    opening = Opening()
    with pytest.raises(Forbidden):
        opening.open(caller=BEN)
    assert opening.bridge.calls == 0


def test_an_auction_that_the_database_does_not_know_is_not_opened() -> None:
    opening = Opening()
    opening.bridge = MemoryBridge()
    with pytest.raises(NotFound):
        opening.open()
    assert opening.world.auctions.states == {}


def test_an_opening_that_died_before_its_last_write_can_be_repeated() -> None:
    opening = Opening()

    def die() -> None:
        raise TimeoutError("the Lambda timed out")

    opening.world.auctions.before_write(die)
    with pytest.raises(TimeoutError):
        opening.open()
    assert opening.open().seq == 1
