"""A check that stands in the line before the room."""

from __future__ import annotations

import asyncio

import pytest

from canary_service.logic.check import Purse
from canary_service.logic.steps import LIMITS_S, WHOLE_S
from shared.canary import CanaryReport, CanaryStep
from shared.errors import (
    LobbyClosed,
)
from tests.fakes.site import HANGS, LINE_TICKET, MEMBERS_TICKET, MemorySite
from tests.unit.canary.looking import SHORT, look, steps_of

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


async def test_a_check_through_the_line_connects_with_the_ticket_at_its_end(
    site: MemorySite,
) -> None:
    purse = Purse()
    purse.next_cents = 2
    report = await look(site, purse, through_lobby=True)
    assert report == CanaryReport(
        passed=True, bid_ms=0, lobby_ms=0, broadcast_ms=0, row_ms=0, steps=report.steps
    )
    assert steps_of(report) == ["sign_in", "ticket", "lobby", "connect", "bid", "broadcast", "row"]
    assert site.lines[-1].ticket == LINE_TICKET


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
        "the line did not lead to a ticket: it is closed; run calcutta canary prepare"
    )
