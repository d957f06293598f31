"""The handler: who asks is told, and nobody asks the schedule's checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from canary_service.handlers import check_auction
from canary_service.wiring import Container
from shared.canary import CanaryReport, StepTaken

SCHEDULED = {
    "source": "aws.events",
    "detail-type": "Scheduled Event",
    "time": "2026-11-21T09:05:00Z",
    "detail": {},
}
ASKED = {"hops": 1, "request": {}}
PASSED = CanaryReport(
    passed=True, bid_ms=1, lobby_ms=4, broadcast_ms=2, row_ms=3, steps=(StepTaken("row", 3),)
)
FAILED = CanaryReport(passed=False, failed_at="row", reason="it was not seen", broadcast_ms=2)


class Looks:
    """A container that sees the same each time."""

    def __init__(self, report: CanaryReport) -> None:
        self.report = report
        self.asked: list[dict[str, bool]] = []

    def look(self, *, afresh: bool, through_lobby: bool) -> CanaryReport:
        self.asked.append({"afresh": afresh, "through_lobby": through_lobby})
        return self.report


def handled(
    monkeypatch: pytest.MonkeyPatch, report: CanaryReport, event: Mapping[str, Any]
) -> tuple[Looks, dict[str, Any]]:
    looks = Looks(report)
    monkeypatch.setattr(check_auction, "container", lambda: looks)
    return looks, check_auction.handler(dict(event), None)


@pytest.mark.parametrize("report", [PASSED, FAILED])
def test_who_asks_is_told_what_was_seen(
    monkeypatch: pytest.MonkeyPatch, report: CanaryReport
) -> None:
    looks, answer = handled(monkeypatch, report, ASKED)
    assert answer["reply"]["passed"] is report.passed
    assert looks.asked == [{"afresh": True, "through_lobby": True}]


def test_a_scheduled_check_that_passes_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, answer = handled(monkeypatch, PASSED, SCHEDULED)
    assert answer["row_ms"] == 3
    assert looks.asked == [{"afresh": False, "through_lobby": False}]


def test_the_schedules_first_check_of_two_hours_goes_through_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks, _ = handled(monkeypatch, PASSED, SCHEDULED | {"time": "2026-11-21T08:04:59Z"})
    assert looks.asked == [{"afresh": False, "through_lobby": True}]


def test_a_scheduled_check_that_fails_is_an_error_that_lambda_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(check_auction.CheckFailed, match=r"^row: it was not seen$"):
        handled(monkeypatch, FAILED, SCHEDULED)


def test_a_request_with_more_in_it_than_there_is_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks, answer = handled(monkeypatch, PASSED, {"hops": 1, "request": {"stage": "prod"}})
    assert answer["error"]["code"] == "invalid_message"
    assert looks.asked == []


@pytest.fixture
def container(monkeypatch: pytest.MonkeyPatch) -> Container:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("STAGE", "alice")
    names = (
        *("CANARY_PARAMETER", "USER_POOL_CLIENT_ID"),
        *("TICKETS_URL", "LOBBY_URL", "WEBSOCKET_URL"),
    )
    return Container(dict.fromkeys((*names, "LIST_EVENTS_ARN", "FORGET_EVENTS_ARN"), "x"))


@pytest.mark.parametrize(
    ("report", "published"),
    [(PASSED, {"BroadcastMs": 2, "RowMs": 3}), (FAILED, {"BroadcastMs": 2})],
    ids=["passed", "failed at the row"],
)
def test_what_was_measured_is_published_as_at_most_two_metrics(
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    report: CanaryReport,
    published: dict[str, int],
) -> None:
    async def saw(_: object) -> CanaryReport:
        return report

    monkeypatch.setattr("canary_service.logic.check.Check.run", saw)
    assert container.look(afresh=False, through_lobby=False) is report
    line = json.loads(capsys.readouterr().out)
    [directive] = line["_aws"]["CloudWatchMetrics"]
    units = {it["Name"]: it["Unit"] for it in directive["Metrics"]}
    assert {name: line[name] for name in units} == published
    assert set(units.values()) == {"Milliseconds"}
    assert (line["Stage"], directive["Dimensions"]) == ("alice", [["Stage"]])
    assert line["lobby_ms"] == report.lobby_ms


def test_a_check_that_measured_nothing_publishes_nothing(
    container: Container, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def saw(_: object) -> CanaryReport:
        return CanaryReport(passed=False, failed_at="ticket", reason="none")

    monkeypatch.setattr("canary_service.logic.check.Check.run", saw)
    container.look(afresh=False, through_lobby=False)
    assert capsys.readouterr().out == ""
