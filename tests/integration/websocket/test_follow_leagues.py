"""The stream of notices, as Lambda is given it, with the tables on moto."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from shared.logs import logger
from shared.settings import Settings
from tests.fakes.builders import AUCTION, CLEO, MEMBERS, RULES, connection, open_state, projection
from tests.fakes.queues import MemoryBridge
from tests.integration.websocket.world import catalogue, live, opening
from websocket_service.adapters.members import DynamoRoll
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.handlers import follow_leagues
from websocket_service.wiring import Container

pytestmark = pytest.mark.usefixtures("aws")


class Here(Container):
    """A container with sockets that only remember, and a database in memory."""

    def __init__(self, bridge: MemoryBridge) -> None:
        super().__init__({})
        self.closed: list[str] = []
        self.__dict__ |= {"bridge": bridge, "sockets": self}

    def settings(self) -> Settings:
        return Settings()

    def close(self, connection_ids: list[str]) -> None:
        self.closed += connection_ids


def record(about: str, kind: str = "INSERT") -> dict[str, Any]:
    keys = {"auction_id": {"S": AUCTION}, "about": {"S": about}}
    change = {"Keys": keys, "SequenceNumber": "100"}
    return {"eventName": kind, "eventSource": "aws:dynamodb", "dynamodb": change}


def deliver(
    monkeypatch: pytest.MonkeyPatch, bridge: MemoryBridge, *records: dict[str, Any]
) -> Here:
    """An auction that is open, with one connection of Cleo's; then these records."""
    opening().write(projection(), RULES)
    here = Here(bridge)
    here.auctions.create(open_state())
    here.connections.add(AUCTION, connection("c1", CLEO))
    monkeypatch.setattr(follow_leagues, "container", lambda: here)
    answer = follow_leagues.handler({"Records": list(records)}, None)
    assert answer == {"batchItemFailures": []}
    return here


def test_a_removed_member_is_none_any_more_and_has_no_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    removed = replace(MEMBERS[2], active=False, version=2)
    bridge = MemoryBridge(replace(projection(), members=MEMBERS[:2], former=(removed,)))
    here = deliver(monkeypatch, bridge, record(f"member {CLEO.user_id}"))
    assert DynamoRoll(live()).find(AUCTION, CLEO.user_id) == removed
    assert [it.number for it in catalogue().members(AUCTION)] == [0, 1, 3, 4]
    assert here.closed == ["c1"]


def test_of_a_league_that_is_deleted_nobody_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(monkeypatch, MemoryBridge(), record(f"member {CLEO.user_id}"))
    assert DynamoRoll(live()).find(AUCTION, CLEO.user_id) is None


def test_a_changed_member_has_the_new_role(monkeypatch: pytest.MonkeyPatch) -> None:
    cleo = replace(MEMBERS[2], role="admin", version=2)
    bridge = MemoryBridge(replace(projection(), members=(cleo,)))
    deliver(monkeypatch, bridge, record(f"member {CLEO.user_id}", "MODIFY"))
    assert DynamoRoll(live()).find(AUCTION, CLEO.user_id) == cleo


def test_other_rules_are_kept_as_the_next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(projection(), rules=replace(projection().rules, clock_ms=9_000), version=2)
    deliver(monkeypatch, MemoryBridge(asked), record("rules"))
    assert DynamoRulesBook(live()).version(AUCTION, 2) == replace(RULES, version=2, clock_ms=9_000)


def test_a_version_that_is_there_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(monkeypatch, MemoryBridge(projection()))
    assert not DynamoRulesBook(live()).add(AUCTION, replace(RULES, clock_ms=9_000), "title")
    assert DynamoRulesBook(live()).version(AUCTION, 1) == RULES


def test_a_notice_that_is_forgotten_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    here = deliver(monkeypatch, MemoryBridge(), record(f"member {CLEO.user_id}", "REMOVE"))
    assert here.closed == []


def test_a_notice_of_another_kind_does_not_stop_those_behind_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logger(), "propagate", True)
    here = deliver(monkeypatch, MemoryBridge(), record("weather"), record(f"member {CLEO.user_id}"))
    assert here.closed == ["c1"]
    assert "notice not understood" in caplog.text
