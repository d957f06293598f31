"""What lines count, and for whom they do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lobby_service.logic.admit_next import Admission
from lobby_service.logic.line import Line
from lobby_service.logic.watch import Watched
from lobby_service.measures import count_admission, count_waiting, count_watched


def counted(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Every metric that was counted since the last look."""
    lines = [json.loads(it) for it in capsys.readouterr().out.splitlines()]
    return {
        metric["Name"]: line[metric["Name"]]
        for line in lines
        for directive in line["_aws"]["CloudWatchMetrics"]
        for metric in directive["Metrics"]
    }


def line(auction_id: str, arrived: int, served: int) -> Line:
    return Line(
        auction_id=auction_id, gather_at_ms=0, doors_at_ms=0, late_arrived=arrived, served=served
    )


def test_those_who_wait_are_counted_over_all_lines(capsys: pytest.CaptureFixture[str]) -> None:
    count_waiting([line("a-1", 10, 4), line("a-2", 3, 0), line("synthetic-a", 5, 0)])
    assert counted(capsys) == {"LobbyWaiting": 9}


def test_where_there_is_no_line_nothing_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    count_waiting([line("synthetic-a", 5, 0)])
    assert counted(capsys) == {}


def test_a_window_counts_who_came_in_and_who_did_not(capsys: pytest.CaptureFixture[str]) -> None:
    count_admission("a-1", Admission(admitted=3, expired=2, longest_ms=9_000))
    assert counted(capsys) == {"LobbyAdmitted": 3, "LobbyWaitMs": 9_000, "LobbyExpired": 2}


def test_a_window_that_did_nothing_counts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    count_admission("a-1", Admission())
    assert counted(capsys) == {}


def test_a_canarys_line_is_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    count_admission("synthetic-a", Admission(admitted=1, expired=1, longest_ms=5))
    count_watched("synthetic-a", Watched(5, stands=True, expired=1))
    assert counted(capsys) == {}


def test_the_oldest_wait_is_counted_though_nobody_comes_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count_watched("a-1", Watched(7_000))
    assert counted(capsys) == {"LobbyOldestMs": 7_000}


def test_a_line_that_stands_is_counted_with_the_seats_it_was_asked_about(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count_watched("a-1", Watched(7_000, stands=True, expired=2))
    assert counted(capsys) == {"LobbyOldestMs": 7_000, "LobbyStands": 1, "LobbyExpired": 2}


def test_where_nobody_waits_nothing_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    count_watched("a-1", Watched())
    assert counted(capsys) == {}
