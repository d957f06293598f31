import json
from typing import Any

import pytest

from rds_bridge_service.logic.applying import Applied, Written
from rds_bridge_service.measures import count_applied, count_waiting
from shared.clock import now_ms
from shared.events import AuctionClosed, LedgerEntry
from shared.synthetic import synthetic_id


def written(auction_id: str, ago_ms: int) -> Written:
    return Written(LedgerEntry(auction_id, 1, AuctionClosed(at_ms=now_ms() - ago_ms)), None)


def counted(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    names = ("EventsApplied", "RecordsWaiting", "CommitToRowMs")
    return {name: line[name] for line in lines for name in names if name in line}


def test_a_batch_is_counted_with_the_lag_of_its_oldest_event(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count_applied(Applied((written("a", 50), written("a", 90_000)), (), ()))
    found = counted(capsys)
    assert found["EventsApplied"] == 2
    assert found["CommitToRowMs"] >= 90_000


def test_what_waits_in_quarantine_is_told_also_when_nothing_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count_waiting(0)
    assert counted(capsys) == {"RecordsWaiting": 0}


def test_nothing_is_counted_of_a_canary(capsys: pytest.CaptureFixture[str]) -> None:
    count_applied(Applied((written(synthetic_id("canary"), 50),), (), ()))
    assert counted(capsys) == {}
