"""At which step a check fails, and what its report says."""

from __future__ import annotations

import pytest

from canary_service.logic.bidding import ATTEMPTS
from canary_service.logic.check import Purse
from canary_service.logic.ports import StepFailed
from canary_service.logic.steps import FAILURES
from shared.canary import CanaryStep
from shared.commands import Command, PlaceBid, ResetLot
from shared.errors import (
    NotFound,
    Refused,
    TicketRefused,
    Unavailable,
)
from tests.fakes.site import AUCTION, HANGS, MemorySite
from tests.unit.canary.looking import hasty, look, steps_of

pytestmark = pytest.mark.timeout(30)

BREAKS = {
    "sign_in": "sign_in",
    "ticket": "ticket",
    "lobby": "lobby",
    "seat": "lobby",
    "leave": "lobby",
    "connect": "connect",
    "getState": "state",
    "nextLot": "lot",
    "placeBid": "bid",
    "row": "row",
    "tidy": "tidy",
}
"""What breaks, and the step that then fails."""


@pytest.mark.parametrize(("door", "step"), BREAKS.items())
async def test_a_door_that_hangs_fails_its_step_in_time(
    site: MemorySite, door: str, step: CanaryStep
) -> None:
    site.broken[door] = HANGS
    report = await look(site, afresh=True, through_lobby=True, limits_s=hasty(step))
    assert (report.passed, report.failed_at) == (False, step)
    assert report.reason == f"{FAILURES[step]}: nothing in 0.02 s"
    assert steps_of(report)[-1] == step


@pytest.mark.parametrize(("door", "step"), [it for it in BREAKS.items() if it[0] != "row"])
async def test_a_door_that_fails_fails_its_step_at_once(
    site: MemorySite, door: str, step: CanaryStep
) -> None:
    site.broken[door] = StepFailed("it broke")
    report = await look(site, afresh=True, through_lobby=True)
    assert (report.failed_at, report.reason) == (step, f"{FAILURES[step]}: it broke")


async def test_a_bid_that_is_not_broadcast_fails(site: MemorySite) -> None:
    site.broken["broadcast"] = HANGS
    report = await look(site, limits_s=hasty("broadcast"))
    assert report.failed_at == "broadcast"
    assert (report.bid_ms, report.broadcast_ms, report.row_ms) == (0, None, None)


async def test_a_bid_that_does_not_reach_the_database_fails(site: MemorySite) -> None:
    site.applies = False
    report = await look(site, limits_s=hasty("row"))
    assert report.failed_at == "row"
    assert (report.bid_ms, report.broadcast_ms, report.row_ms) == (0, 0, None)


async def test_another_requests_event_in_the_bids_place_is_not_its_row(site: MemorySite) -> None:
    site.applies = False
    elses = site.rows[max(site.rows)]
    site.rows[site.auctions.states[AUCTION].seq + 2] = elses
    site.rows[site.auctions.states[AUCTION].seq + 1] = elses
    purse = Purse()
    purse.next_cents = 2
    assert (await look(site, purse, limits_s=hasty("row"))).failed_at == "row"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (TicketRefused("ticket=s3cret at https://api.internal"), "the canary was refused"),
        (NotFound("s3cret"), "there is no such synthetic auction; run calcutta canary prepare"),
        (Unavailable("s3cret at 10.0.0.1"), "no good answer"),
    ],
)
async def test_a_report_holds_nothing_that_an_error_quotes(
    site: MemorySite, error: Exception, why: str
) -> None:
    site.broken["ticket"] = error
    assert (await look(site)).reason == f"no ticket was given: {why}"


async def test_a_bid_that_the_rules_refuse_fails_with_their_code(site: MemorySite) -> None:
    site.broken["placeBid"] = Refused("over_budget", "the bid is over what is left")
    report = await look(site)
    assert (report.failed_at, report.reason) == ("bid", "the bid was not accepted: over budget")


async def test_an_auction_that_keeps_refusing_is_given_up(site: MemorySite) -> None:
    def take_away(command: Command) -> None:
        if isinstance(command, PlaceBid) and site.auctions.states[AUCTION].current:
            site.run(ResetLot(request_id=f"no-{site.clock.now_ms}", lot_id="L01"))
            site.clock.advance(1)

    site.before_command = take_away
    report = await look(site)
    assert report.reason is not None
    assert report.reason.endswith(": the auction keeps refusing")
    assert len(report.steps) == 3 + ATTEMPTS


async def test_all_steps_together_have_a_limit_and_the_last_one_is_named(site: MemorySite) -> None:
    site.broken["placeBid"] = HANGS
    report = await look(site, whole_s=0.02)
    assert report.failed_at == "bid"
    assert report.reason == "the bid was not accepted: all together took longer than 0.02 s"


@pytest.mark.parametrize("door", ["none", "getState", "placeBid", "broadcast", "row", "tidy"])
async def test_no_connection_is_left_open(site: MemorySite, door: str) -> None:
    site.broken[door] = HANGS
    await look(site, afresh=True, limits_s=hasty("state", "bid", "broadcast", "row", "tidy"))
    assert len(site.lines) == 2
    assert site.open_lines == []
