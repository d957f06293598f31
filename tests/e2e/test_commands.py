"""Running an auction: every command's effect, and the books afterwards."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio

from shared.client import AuctionClient
from shared.client.view import AuctionView
from shared.commands import (
    CloseAuction,
    Command,
    Hammer,
    NextLot,
    OpenAuction,
    PassLot,
    Pause,
    PlaceBid,
    ReopenAuction,
    ResetClock,
    ResetLot,
    Resume,
    UndoBid,
)
from shared.replies import CurrentLot, RefusedReply
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, System, accepted

LOTS = {f"L0{n}" for n in range(1, 7)}
L01 = {"lot_id": "L01"}


async def done(client: AuctionClient, kind: type[Command], **fields: object) -> AuctionView:
    """The auction once an accepted command has taken effect."""
    answer = await accepted(client, kind, **fields)
    return await client.wait_until(lambda view: view.seq >= answer.seq, 10)


async def lot_after(client: AuctionClient, kind: type[Command], **fields: object) -> CurrentLot:
    """The lot that is up after an accepted command."""
    current = (await done(client, kind, **fields)).current
    assert current is not None
    return current


async def code_of(client: AuctionClient, kind: type[Command], **fields: object) -> str:
    """Why a command is refused."""
    answer = await client.send(kind, **fields)
    assert isinstance(answer, RefusedReply), answer
    return answer.code


def high(lot: CurrentLot) -> tuple[int | None, int | None]:
    return lot.high_bidder, lot.high_cents


# lots


async def test_next_lot_puts_up_every_lot_once(system: System, auction_id: str) -> None:
    async with await system.enter(auction_id, COMMISSIONER) as commissioner:
        await accepted(commissioner, OpenAuction)
        came_up = []
        for _ in LOTS:
            came_up.append((await lot_after(commissioner, NextLot)).lot_id)
            await accepted(commissioner, PassLot, lot_id=came_up[-1])
        assert sorted(came_up) == sorted(LOTS)


async def test_a_passed_lot_comes_back_when_none_is_left_that_never_was_up(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(commissioner, PassLot, **L01)
        for lot_id in sorted(LOTS - {"L01"}):
            await accepted(commissioner, NextLot, lot_id=lot_id)
            await accepted(bidder, PlaceBid, lot_id=lot_id, amount_cents=5_00)
            await accepted(commissioner, Hammer, lot_id=lot_id, forced=True)
        assert (await lot_after(commissioner, NextLot)).lot_id == "L01"


async def test_once_every_lot_is_sold_there_is_no_next_one(system: System, auction_id: str) -> None:
    async with (
        await system.enter(auction_id, COMMISSIONER) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(commissioner, OpenAuction)
        for _ in LOTS:
            lot_id = (await lot_after(commissioner, NextLot)).lot_id
            await accepted(bidder, PlaceBid, lot_id=lot_id, amount_cents=5_00)
            await accepted(commissioner, Hammer, lot_id=lot_id, forced=True)
        assert await code_of(commissioner, NextLot) == "no_lots_left"


async def test_a_passed_lot_is_nobodys_and_its_bids_cost_nothing(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        view = await done(commissioner, PassLot, **L01)
        assert (view.lot_states["L01"].status, view.lot_states["L01"].owner) == ("passed", None)
        assert view.spent == {}


async def test_a_lot_that_comes_back_can_be_sold(system: System, auction_id: str) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, RIVAL) as rival,
    ):
        await accepted(commissioner, PassLot, **L01)
        again = await lot_after(commissioner, NextLot, **L01)
        assert high(again) == (None, None)
        await accepted(rival, PlaceBid, amount_cents=7_00, **L01)
        view = await done(commissioner, Hammer, forced=True, **L01)
        assert (view.lot_states["L01"].status, view.spent) == ("sold", {2: 7_00})


async def test_a_sold_lot_does_not_come_up_again(system: System, auction_id: str) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        await accepted(commissioner, Hammer, forced=True, **L01)
        assert await code_of(commissioner, NextLot, **L01) == "lot_not_available"


async def test_a_second_lot_does_not_come_up_beside_the_first(
    system: System, auction_id: str
) -> None:
    async with await system.open(auction_id) as commissioner:
        assert await code_of(commissioner, NextLot, lot_id="L02") == "lot_is_up"


# undo and reset


async def test_undo_takes_bids_back_one_by_one_to_the_start(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
        await system.enter(auction_id, RIVAL) as rival,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        await accepted(rival, PlaceBid, amount_cents=10_00, **L01)
        await accepted(bidder, PlaceBid, amount_cents=60_00, **L01)
        steps = [await lot_after(commissioner, UndoBid, **L01) for _ in range(3)]
        assert [(*high(lot), lot.minimum_cents) for lot in steps] == [
            (2, 10_00, 11_00),
            (1, 5_00, 6_00),
            (None, None, 1_00),
        ]
        assert await code_of(commissioner, UndoBid, **L01) == "no_bid_to_undo"


async def test_undo_does_not_bring_back_a_bid_that_was_taken_back(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
        await system.enter(auction_id, RIVAL) as rival,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        await accepted(rival, PlaceBid, amount_cents=10_00, **L01)
        await accepted(commissioner, UndoBid, **L01)
        await accepted(rival, PlaceBid, amount_cents=8_00, **L01)
        assert high(await lot_after(commissioner, UndoBid, **L01)) == (1, 5_00)


async def test_resetting_a_sold_lot_gives_the_money_back_in_sql_too(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=90_00, **L01)
        assert (await done(commissioner, Hammer, forced=True, **L01)).spent == {1: 90_00}
        sold = system.reconcile(auction_id)
        assert (sold["equal"], sold["sales"]) == (True, 1)
        view = await done(commissioner, ResetLot, **L01)
        assert (view.spent, view.lot_states["L01"].status) == ({}, "unsold")
        reset = system.reconcile(auction_id)
        assert (reset["equal"], reset["sales"]) == (True, 0)


async def test_money_that_was_given_back_can_be_spent_again(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=90_00, **L01)
        await accepted(commissioner, Hammer, forced=True, **L01)
        await accepted(commissioner, NextLot, lot_id="L02")
        ninety = {"lot_id": "L02", "amount_cents": 90_00}
        assert await code_of(bidder, PlaceBid, **ninety) == "over_budget"
        await accepted(commissioner, ResetLot, **L01)
        await accepted(bidder, PlaceBid, **ninety)


async def test_resetting_the_lot_that_is_up_takes_it_down(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        view = await done(commissioner, ResetLot, **L01)
        assert (view.current, view.lot_states["L01"].status) == (None, "unsold")


async def test_a_lot_that_never_was_up_is_not_reset(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        assert await code_of(commissioner, ResetLot, lot_id="L02") == "lot_not_settled"


# the clock


async def test_resetting_the_clock_gives_the_lot_its_full_time(
    system: System, auction_id: str
) -> None:
    async with await system.open(auction_id) as commissioner:
        asked_at_ms = commissioner.server_now_ms()
        before = commissioner.view.current
        lot = await lot_after(commissioner, ResetClock, **L01)
        assert before is not None
        assert before.base_deadline_ms is not None
        assert lot.base_deadline_ms is not None
        assert lot.base_deadline_ms > before.base_deadline_ms
        assert lot.base_deadline_ms - asked_at_ms > 59_000


async def test_the_clock_of_a_sold_lot_is_not_reset(system: System, auction_id: str) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        view = await done(commissioner, Hammer, forced=True, **L01)
        assert await code_of(commissioner, ResetClock, **L01) == "lot_not_up"
        assert (view.status, view.lot_states["L01"].status) == ("open", "sold")


async def test_while_paused_nobody_bids(system: System, auction_id: str) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(commissioner, Pause)
        assert await code_of(bidder, PlaceBid, amount_cents=5_00, **L01) == "auction_paused"
        await accepted(commissioner, Resume)
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)


async def test_a_pause_keeps_the_time_that_was_left(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        paused = await lot_after(commissioner, Pause)
        assert paused.remaining_ms is not None
        assert 0 < paused.remaining_ms <= 60_000
        resumed_at_ms = commissioner.server_now_ms()
        resumed = await lot_after(commissioner, Resume)
        assert resumed.base_deadline_ms is not None
        assert resumed.base_deadline_ms >= resumed_at_ms + paused.remaining_ms - 1_000


async def test_the_servers_hammer_does_not_fall_while_paused(system: System) -> None:
    paused_id, later_id = system.make_league(clock="2s"), system.make_league(clock="2s")
    async with await system.open(paused_id) as commissioner:
        paused = await done(commissioner, Pause)
        async with await system.open(later_id) as elsewhere:  # its hammer comes after the other
            await elsewhere.wait_until(lambda view: view.lot_states["L01"].status == "passed", 30)
        assert system.seq(paused_id) == paused.seq


async def test_the_servers_hammer_falls_after_a_pause(system: System) -> None:
    auction_id = system.make_league(clock="2s")
    async with await system.open(auction_id) as commissioner:
        await accepted(commissioner, Pause)
        await accepted(commissioner, Resume)
        await commissioner.wait_until(lambda view: view.lot_states["L01"].status == "passed", 30)


async def test_a_paused_auction_is_not_paused_again(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        await accepted(commissioner, Pause)
        assert await code_of(commissioner, Pause) == "auction_paused"


async def test_a_running_auction_is_not_resumed(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        assert await code_of(commissioner, Resume) == "auction_not_paused"


# the end


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def closed_id(system: System) -> str:
    auction_id = system.make_league()
    async with await system.open(auction_id) as commissioner:
        await accepted(commissioner, PassLot, **L01)
        await accepted(commissioner, CloseAuction)
    return auction_id


async def test_an_auction_does_not_close_while_a_lot_is_up(system: System, auction_id: str) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        assert await code_of(commissioner, CloseAuction) == "lot_is_up"
        view = await done(commissioner, Hammer, forced=True, **L01)
        assert view.spent == {1: 5_00}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (NextLot, {}),
        (PlaceBid, {"lot_id": "L01", "amount_cents": 5_00}),
        (ResetLot, L01),
        (UndoBid, L01),
        (CloseAuction, {}),
    ],
)
async def test_a_closed_auction_stands(
    system: System, closed_id: str, kind: type[Command], fields: dict[str, object]
) -> None:
    seq = system.seq(closed_id)
    async with await system.enter(closed_id, COMMISSIONER) as commissioner:
        assert await code_of(commissioner, kind, **fields) == "auction_closed"
    assert system.seq(closed_id) == seq


async def test_a_reopened_auction_goes_on(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        await accepted(commissioner, PassLot, **L01)
        assert (await done(commissioner, CloseAuction)).status == "closed"
        assert (await done(commissioner, ReopenAuction)).status == "open"
        assert (await lot_after(commissioner, NextLot, lot_id="L02")).lot_id == "L02"


async def test_an_open_auction_is_not_reopened(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        assert await code_of(commissioner, ReopenAuction) == "auction_already_open"


async def test_after_every_kind_of_command_the_books_are_equal(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
        await accepted(bidder, PlaceBid, amount_cents=6_00, **L01)
        await accepted(commissioner, Pause)
        await accepted(commissioner, Resume)
        await accepted(commissioner, ResetClock, **L01)
        await accepted(commissioner, UndoBid, **L01)
        await accepted(commissioner, Hammer, forced=True, **L01)
        await accepted(commissioner, NextLot, lot_id="L02")
        await accepted(commissioner, PassLot, lot_id="L02")
        await accepted(commissioner, ResetLot, **L01)
        await accepted(commissioner, NextLot, **L01)
        await accepted(bidder, PlaceBid, amount_cents=9_00, **L01)
        await accepted(commissioner, Hammer, forced=True, **L01)
        await accepted(commissioner, CloseAuction)
        await accepted(commissioner, ReopenAuction)
        last = await accepted(commissioner, CloseAuction)
    found = system.reconcile(auction_id)
    assert found == {"equal": True, "events": last.seq, "sales": 1, "differences": []}
    results = json.loads(system.calcutta("auction", "results", auction_id, "--json").stdout)
    assert results["prize_pool_cents"] == 9_00
