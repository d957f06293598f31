"""A check that stands in the line before the room."""

from __future__ import annotations

import asyncio

import pytest

from canary_service.logic.check import Purse
from canary_service.logic.steps import LIMITS_S, WHOLE_S
from shared.canary import CanaryReport, CanaryStep
from shared.errors import LobbyClosed, NotFound, Unavailable
from tests.fakes.site import HANGS, MEMBERS_TICKET, MemorySite
from tests.unit.canary.looking import hasty, look, steps_of

pytestmark = pytest.mark.timeout(30)


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
    report = await look(site, through_lobby=True, limits_s=hasty("lobby"))
    assert (report.failed_at, report.lobby_ms) == ("lobby", None)


async def test_a_line_that_was_closed_says_what_mends_it(site: MemorySite) -> None:
    site.broken["lobby"] = LobbyClosed("s3cret")
    assert (await look(site, through_lobby=True)).reason == (
        "the line did not lead into the room: it is closed; run calcutta canary prepare"
    )
