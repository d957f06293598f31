"""What is counted of a line each minute, whether windows work on it or not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lobby_service.logic.line import SETTLING_MS
from lobby_service.logic.watch import MOVING_MS
from shared.lobby import OpenLine
from tests.integration.lobby import calls
from tests.integration.lobby.deployed import Deployed

MINUTE_MS = 60_000


def counted(lobby: Deployed, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The metrics of one minute."""
    capsys.readouterr()
    calls.order_windows()
    lines = [json.loads(it) for it in capsys.readouterr().out.splitlines()]
    return {
        metric["Name"]: line[metric["Name"]]
        for line in lines
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", ())
        for metric in directive["Metrics"]
    }


def waiting(lobby: Deployed, *people: str) -> None:
    """Open doors, and people of whom nobody has come in."""
    lobby.order(OpenLine(pace_per_minute=60_000))
    lobby.clock.advance(SETTLING_MS)
    lobby.window()
    for user_id in people:
        lobby.join(user_id)
    lobby.number(*people)


def test_a_line_that_no_window_works_on_is_told_by_its_oldest_wait_and_stands(
    lobby: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting(lobby, "alice", "bob")
    lobby.clock.advance(MOVING_MS)
    found = counted(lobby, capsys)
    assert (found["LobbyWaiting"], found["LobbyStands"]) == (2, 1)
    before = found["LobbyOldestMs"]
    lobby.clock.advance(MINUTE_MS)
    assert counted(lobby, capsys)["LobbyOldestMs"] == before + MINUTE_MS


def test_a_line_in_front_of_a_full_room_is_told_and_does_not_stand(
    lobby: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    lobby.room.seats = 0
    waiting(lobby, "alice")
    lobby.clock.advance(120 * MINUTE_MS)
    lobby.window()
    found = counted(lobby, capsys)
    assert found["LobbyOldestMs"] >= 120 * MINUTE_MS
    assert "LobbyStands" not in found


def test_a_line_that_moves_does_not_stand(
    lobby: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    lobby.room.seats = 1
    waiting(lobby, "alice", "bob")
    lobby.window()
    lobby.room.seats = 2
    found = counted(lobby, capsys)
    assert "LobbyStands" not in found


def test_a_room_that_fails_is_a_line_that_stands_and_windows_are_made_all_the_same(
    lobby: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting(lobby, "alice")
    lobby.clock.advance(MOVING_MS)
    lobby.room.fails = True
    before = lobby.depth("win")
    assert counted(lobby, capsys)["LobbyStands"] == 1
    assert lobby.depth("win") - before == 12


def test_what_cannot_be_looked_at_hinders_no_windows(
    lobby: Deployed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting(lobby, "alice")
    monkeypatch.setattr(lobby.container.numbers, "_table", "no-such-table")
    before = lobby.depth("win")
    found = counted(lobby, capsys)
    assert lobby.depth("win") - before == 12
    assert found == {"LobbyWaiting": 1}
