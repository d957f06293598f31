"""Opening an auction on DynamoDB, while its league is changed or somebody else opens it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from shared.auction import LotState
from shared.bridge import AuctionProjection
from shared.commands import Hammer, NextLot, OpenAuction, PlaceBid
from shared.errors import Refused
from shared.settings import Settings
from tests.fakes.builders import ADA, AUCTION, BEN, CLEO, MEMBERS, RULES, projection
from tests.fakes.queues import MemoryBridge
from tests.integration.websocket.world import catalogue, live, opening
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.members import DynamoRoll
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.writes import DynamoRollWriter
from websocket_service.logic.follow_leagues import follow_member, follow_rules
from websocket_service.logic.open_auction import open_auction
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.run_command import Desk, run_command

pytestmark = pytest.mark.usefixtures("aws")

NOW_MS = 1_000_000


class Meanwhile(MemoryBridge):
    """A database that is changed once it has been asked, and before anybody has the answer."""

    def __init__(self, auction: AuctionProjection, then: Callable[[], object]) -> None:
        super().__init__(auction)
        self._then = then

    def open_auction(self, auction_id: str) -> AuctionProjection:
        answer = super().open_auction(auction_id)
        self._then()
        return answer


def opened(bridge: MemoryBridge, request_id: str = "open") -> int:
    outcome = open_auction(
        OpenAuction(request_id=request_id),
        ADA,
        auctions=DynamoAuctions(live()),
        opening=opening(),
        bridge=bridge,
        settings=Settings(),
        now_ms=lambda: NOW_MS,
    )
    return outcome.seq


def noticed(user_id: str, now: AuctionProjection) -> None:
    """A notice about a member, followed to the end."""
    follow_member(
        AUCTION,
        user_id,
        bridge=MemoryBridge(now),
        roll=DynamoRollWriter(),
        disconnect=lambda *_: 0,
    )


def with_cleo(**changes: object) -> AuctionProjection:
    """The league after a change of Cleo."""
    cleo = replace(MEMBERS[CLEO.number], version=2, **changes)
    others = tuple(it for it in MEMBERS if it.number != CLEO.number)
    if cleo.active:
        return replace(projection(), members=(*others, cleo))
    return replace(projection(), members=others, former=(cleo,))


def test_an_auction_is_opened_with_everybody_and_everything() -> None:
    former = replace(MEMBERS[CLEO.number], number=5, user_id="user-5", active=False)
    assert opened(MemoryBridge(replace(projection(), former=(former,)))) == 1
    assert [it.number for it in catalogue().members(AUCTION)] == [0, 1, 2, 3, 4]
    assert DynamoRoll(live()).find(AUCTION, "user-5") == former
    assert [lot.lot_id for lot, _ in catalogue().lots(AUCTION)] == ["L1", "L2", "L3"]
    assert DynamoRulesBook(live()).latest(AUCTION) == RULES


def test_a_role_that_changed_while_the_auction_was_opened_stays_changed() -> None:
    now = with_cleo(role="spectator")
    opened(Meanwhile(projection(), lambda: noticed(CLEO.user_id, now)))
    cleo = DynamoRoll(live()).find(AUCTION, CLEO.user_id)
    assert cleo is not None
    assert cleo.role == "spectator"


def test_who_was_removed_while_the_auction_was_opened_stays_removed() -> None:
    now = with_cleo(active=False)
    opened(Meanwhile(projection(), lambda: noticed(CLEO.user_id, now)))
    assert [it.number for it in catalogue().members(AUCTION)] == [0, 1, 3, 4]


def test_who_was_readmitted_while_the_auction_was_opened_stays_in() -> None:
    back = replace(MEMBERS[CLEO.number], version=3)
    now = replace(projection(), members=(*MEMBERS[:2], back, *MEMBERS[3:]))
    opened(Meanwhile(with_cleo(active=False), lambda: noticed(CLEO.user_id, now)))
    assert DynamoRoll(live()).find(AUCTION, CLEO.user_id) == back


def test_a_notice_that_was_answered_before_the_auction_was_opened_takes_nothing_back() -> None:
    opened(MemoryBridge(with_cleo(role="admin")))
    noticed(CLEO.user_id, projection())
    cleo = DynamoRoll(live()).find(AUCTION, CLEO.user_id)
    assert cleo is not None
    assert (cleo.role, cleo.version) == ("admin", 2)


def test_rules_that_changed_while_the_auction_was_opened_hold_from_the_first_lot_on() -> None:
    faster = replace(projection(), rules=replace(projection().rules, clock_ms=7_000), version=2)

    def change() -> None:
        bridge, book = MemoryBridge(faster), DynamoRulesBook(live())
        follow_rules(AUCTION, bridge=bridge, rules_book=book, settings=Settings())

    opened(Meanwhile(projection(), change))
    latest = DynamoRulesBook(live()).latest(AUCTION)
    assert latest is not None
    assert (latest.version, latest.clock_ms) == (2, 7_000)


def test_an_opening_that_comes_late_takes_back_nothing_that_was_sold() -> None:
    desk = Desk(
        auctions=DynamoAuctions(live()),
        rules_book=DynamoRulesBook(live()),
        catalogue=catalogue(),
        ledger=DynamoLedger(live()),
        now_ms=lambda: NOW_MS,
    )

    def play() -> None:
        """Somebody else opens it, and sells a lot."""
        opened(MemoryBridge(projection()), "theirs")
        run_command(NextLot(request_id="up", lot_id="L1"), ADA, desk)
        place_bid_of_ben()
        run_command(Hammer(request_id="gone", lot_id="L1", forced=True), ADA, desk)

    with pytest.raises(Refused):
        opened(Meanwhile(projection(), play), "ours")
    states = {lot.lot_id: state for lot, state in catalogue().lots(AUCTION)}
    assert states["L1"] == LotState("L1", "sold", 4, owner=BEN.number, price_cents=5_00)


def place_bid_of_ben() -> None:
    place_bid(
        PlaceBid(request_id="bid", lot_id="L1", amount_cents=5_00),
        BEN,
        auctions=DynamoAuctions(live()),
        rules_book=DynamoRulesBook(live()),
        members=catalogue().members,
        now_ms=lambda: NOW_MS + 1,
    )
