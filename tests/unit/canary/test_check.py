from __future__ import annotations

import asyncio

import pytest

from canary_service.logic.check import BIDS_A_LOT, KEPT_EVENTS, Purse
from shared.canary import CanaryReport
from shared.commands import CloseAuction, Command, NextLot, Pause, PlaceBid, ResetLot
from shared.errors import (
    CalleeFailed,
)
from tests.fakes.site import AUCTION, MemorySite
from tests.unit.canary.looking import look, steps_of

pytestmark = pytest.mark.timeout(30)


async def test_an_auction_that_was_never_opened_is_opened_and_bid_in() -> None:
    report = await look(MemorySite())
    assert report == CanaryReport(
        passed=True, bid_ms=0, broadcast_ms=0, row_ms=0, steps=report.steps
    )
    assert steps_of(report) == [
        *("sign_in", "ticket", "connect"),
        *("bid", "lot", "bid", "lot", "bid", "broadcast", "row"),
    ]


async def test_where_the_lot_is_up_a_check_is_one_bid(site: MemorySite) -> None:
    purse = Purse()
    purse.next_cents = 2
    before = site.auctions.states[AUCTION].seq
    report = await look(site, purse)
    assert steps_of(report) == ["sign_in", "ticket", "connect", "bid", "broadcast", "row"]
    assert site.auctions.states[AUCTION].seq == before + 1
    assert purse.next_cents == 3


async def test_a_container_that_does_not_know_the_price_is_told(site: MemorySite) -> None:
    purse = Purse()
    assert (await look(site, purse)).passed
    assert purse.next_cents == 3


@pytest.mark.parametrize("leave", ["sold", "reset", "paused", "closed", "overdue"])
async def test_a_check_mends_what_was_left_behind(site: MemorySite, leave: str) -> None:
    match leave:
        case "sold":
            site.let_hammer_fall()
        case "reset":
            site.run(ResetLot(request_id="r", lot_id="L01"))
        case "paused":
            site.run(Pause(request_id="r"))
        case "closed":
            site.run(ResetLot(request_id="r1", lot_id="L01"))
            site.run(CloseAuction(request_id="r2"))
        case "overdue":
            site.clock.advance(600_000)
    assert (await look(site)).passed
    assert site.auctions.states[AUCTION].spent == {}


async def test_a_lot_that_others_put_up_meanwhile_is_bid_on(site: MemorySite) -> None:
    site.run(ResetLot(request_id="r", lot_id="L01"))

    def put_up_first(command: Command) -> None:
        if isinstance(command, NextLot):
            site.before_command = lambda _: None
            site.run(NextLot(request_id="other", lot_id="L01"))

    site.before_command = put_up_first
    assert (await look(site)).passed


async def test_a_bridge_that_fails_for_a_moment_is_asked_again(site: MemorySite) -> None:
    site.broken["row"] = CalleeFailed("later")

    def mend(command: Command) -> None:
        if isinstance(command, PlaceBid):
            asyncio.get_running_loop().call_later(0.01, site.broken.clear)

    site.before_command = mend
    assert (await look(site)).passed


async def test_one_that_is_asked_for_looks_at_the_state_and_bids_on_a_fresh_lot(
    site: MemorySite,
) -> None:
    for _ in range(3):
        await look(site)
    report = await look(site, afresh=True)
    assert steps_of(report) == [
        *("sign_in", "ticket", "connect"),
        *("state", "lot", "bid", "broadcast", "row", "tidy"),
    ]
    current = site.auctions.states[AUCTION].current
    assert current is not None
    assert current.high is not None
    assert current.high.amount_cents == 1


async def test_checks_at_the_same_time_do_not_fail_each_other(site: MemorySite) -> None:
    reports = await asyncio.gather(
        *(look(site, afresh=afresh) for afresh in (False, True, False, True))
    )
    assert [it.reason for it in reports] == [None] * 4


async def test_a_check_waits_for_its_place_while_others_have_all(site: MemorySite) -> None:
    site.places = 1
    reports = await asyncio.gather(*(look(site) for _ in range(3)))
    assert [it.reason for it in reports] == [None] * 3


async def test_what_is_kept_does_not_grow_with_the_number_of_checks(site: MemorySite) -> None:
    purse, most = Purse(), 0
    for _ in range(3 * BIDS_A_LOT):
        assert (await look(site, purse)).passed
        most = max(most, len(site.rows))
    # besides the bids: a reset and a lot that comes up, each time a check starts afresh
    assert most <= BIDS_A_LOT + KEPT_EVENTS + 4
    assert len(site.auctions.states) == 1
    assert purse.next_cents <= BIDS_A_LOT + 1


async def test_rows_that_another_check_may_be_waiting_for_are_kept(site: MemorySite) -> None:
    for _ in range(10):
        await look(site)
    before = set(site.rows)
    await look(site, afresh=True)
    assert before <= set(site.rows)
