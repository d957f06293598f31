from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from canary_service.logic.bidding import ATTEMPTS
from canary_service.logic.check import BIDS_A_LOT, KEPT_EVENTS, Check, Purse
from canary_service.logic.ports import StepFailed
from canary_service.logic.steps import FAILURES, LIMITS_S, WHOLE_S
from shared.canary import CanaryReport, CanaryStep
from shared.commands import CloseAuction, Command, NextLot, Pause, PlaceBid, ResetLot
from shared.errors import (
    CalleeFailed,
    LobbyClosed,
    NotFound,
    Refused,
    TicketRefused,
    Unavailable,
)
from tests.fakes.site import AUCTION, HANGS, MEMBERS_TICKET, MemorySite

SHORT: Mapping[CanaryStep, float] = dict.fromkeys(LIMITS_S, 0.02)

pytestmark = pytest.mark.timeout(30)


async def look(
    site: MemorySite,
    purse: Purse | None = None,
    *,
    afresh: bool = False,
    through_lobby: bool = False,
    limits_s: Mapping[CanaryStep, float] = LIMITS_S,
    whole_s: float = WHOLE_S,
) -> CanaryReport:
    return await Check(
        site,
        purse or Purse(),
        afresh=afresh,
        through_lobby=through_lobby,
        clock_ms=site.clock,
        limits_s=limits_s,
        whole_s=whole_s,
    ).run()


@pytest.fixture
async def site() -> MemorySite:
    """A stage that was checked once: the auction is open, its lot is up with a bid of a cent."""
    site = MemorySite()
    assert (await look(site)).passed
    return site


def steps_of(report: CanaryReport) -> list[CanaryStep]:
    return [it.step for it in report.steps]


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
    report = await look(site, afresh=True, through_lobby=True, limits_s=SHORT)
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
    report = await look(site, limits_s=SHORT)
    assert report.failed_at == "broadcast"
    assert (report.bid_ms, report.broadcast_ms, report.row_ms) == (0, None, None)


async def test_a_bid_that_does_not_reach_the_database_fails(site: MemorySite) -> None:
    site.applies = False
    report = await look(site, limits_s=SHORT)
    assert report.failed_at == "row"
    assert (report.bid_ms, report.broadcast_ms, report.row_ms) == (0, 0, None)


async def test_another_requests_event_in_the_bids_place_is_not_its_row(site: MemorySite) -> None:
    site.applies = False
    elses = site.rows[max(site.rows)]
    site.rows[site.auctions.states[AUCTION].seq + 2] = elses
    site.rows[site.auctions.states[AUCTION].seq + 1] = elses
    purse = Purse()
    purse.next_cents = 2
    assert (await look(site, purse, limits_s=SHORT)).failed_at == "row"


async def test_a_bridge_that_fails_for_a_moment_is_asked_again(site: MemorySite) -> None:
    site.broken["row"] = CalleeFailed("later")

    def mend(command: Command) -> None:
        if isinstance(command, PlaceBid):
            asyncio.get_running_loop().call_later(0.01, site.broken.clear)

    site.before_command = mend
    assert (await look(site)).passed


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
    await look(site, afresh=True, limits_s=SHORT)
    assert len(site.lines) == 2
    assert site.open_lines == []


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


def test_the_steps_of_a_scheduled_check_fit_into_the_time_of_all_also_through_the_line() -> None:
    of_a_scheduled_check: tuple[CanaryStep, ...] = (
        *("sign_in", "ticket", "lobby", "connect"),
        *("bid", "broadcast", "row"),
    )
    assert sum(LIMITS_S[it] for it in of_a_scheduled_check) <= WHOLE_S


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("canary_service.logic.check.LINE_POLL_S", 0.001)


async def test_a_check_through_the_line_takes_a_seat_and_leaves_it_and_then_bids_as_any(
    site: MemorySite,
) -> None:
    purse = Purse()
    purse.next_cents = 2
    report = await look(site, purse, through_lobby=True)
    assert report == CanaryReport(
        passed=True, bid_ms=0, lobby_ms=0, broadcast_ms=0, row_ms=0, steps=report.steps
    )
    assert steps_of(report) == ["sign_in", "ticket", "lobby", "connect", "bid", "broadcast", "row"]
    assert [it.ticket for it in site.lines[-2:]] == [site.line_ticket, MEMBERS_TICKET]
    assert site.open_lines == []


async def test_a_stage_without_a_public_room_says_what_makes_one(site: MemorySite) -> None:
    site.broken["lobby"] = NotFound("s3cret")
    assert (await look(site, through_lobby=True)).reason == (
        "the line did not lead into the room: there is no such synthetic auction; "
        "run calcutta canary prepare"
    )


@pytest.mark.usefixtures("impatient")
async def test_a_seat_that_another_check_took_meanwhile_is_asked_for_again(
    site: MemorySite,
) -> None:
    site.broken["seat"] = Unavailable("a later ticket made it void")
    asyncio.get_running_loop().call_later(0.01, site.broken.clear)
    assert (await look(site, through_lobby=True)).passed


async def test_any_other_check_connects_with_a_members_ticket_whatever_the_line_is_like(
    site: MemorySite,
) -> None:
    site.broken["lobby"] = HANGS
    assert (await look(site)).lobby_ms is None
    assert site.lines[-1].ticket == MEMBERS_TICKET


@pytest.mark.usefixtures("impatient")
async def test_a_check_waits_for_its_turn_in_the_line_and_leaves_it(site: MemorySite) -> None:
    site.ahead = 3
    assert (await look(site, through_lobby=True)).passed
    assert site.standing is None


@pytest.mark.usefixtures("impatient")
async def test_checks_at_the_same_time_stand_in_the_line_as_often_as_it_takes(
    site: MemorySite,
) -> None:
    site.ahead = 2
    reports = await asyncio.gather(*(look(site, through_lobby=True) for _ in range(3)))
    assert [it.reason for it in reports] == [None] * 3
    assert site.standing is None


@pytest.mark.usefixtures("impatient")
async def test_a_turn_that_never_comes_fails_in_time(site: MemorySite) -> None:
    site.ahead = 1_000_000
    report = await look(site, through_lobby=True, limits_s=SHORT)
    assert (report.failed_at, report.lobby_ms) == ("lobby", None)


async def test_a_line_that_was_closed_says_what_mends_it(site: MemorySite) -> None:
    site.broken["lobby"] = LobbyClosed("s3cret")
    assert (await look(site, through_lobby=True)).reason == (
        "the line did not lead into the room: it is closed; run calcutta canary prepare"
    )


async def test_a_lot_that_others_put_up_meanwhile_is_bid_on(site: MemorySite) -> None:
    site.run(ResetLot(request_id="r", lot_id="L01"))

    def put_up_first(command: Command) -> None:
        if isinstance(command, NextLot):
            site.before_command = lambda _: None
            site.run(NextLot(request_id="other", lot_id="L01"))

    site.before_command = put_up_first
    assert (await look(site)).passed
