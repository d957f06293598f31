"""What cannot be worked on, beside what can: real handlers on real tables and queues."""

from __future__ import annotations

import json

import pytest

from tests.integration.lobby import calls
from tests.integration.lobby.deployed import AUCTION, Deployed
from tests.integration.lobby.doors import gathering, opened


def test_a_record_that_is_no_waiter_is_set_aside_and_the_others_are_numbered(
    lobby: Deployed,
) -> None:
    gathering(lobby)
    lobby.join("alice")
    nonsense = {"dynamodb": {"SequenceNumber": "7", "NewImage": {"state": {"L": []}}}}
    odd = {"dynamodb": {"SequenceNumber": "8", "NewImage": {"state": {"S": "waiting"}}}}
    assert calls.number([nonsense, lobby.record("alice"), odd, {"dynamodb": None}]) == []
    aside = lobby.messages("aside")
    assert len(aside) == 3
    assert all(it["reason"].startswith("not a waiter: ") for it in aside)
    assert json.loads(aside[0]["payload"]) == nonsense
    assert lobby.look("alice")["number"] == 1


def test_a_message_that_is_no_window_is_set_aside_and_the_others_work(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice")
    window = json.dumps({"type": "window_due", "auction_id": AUCTION})
    assert lobby.window("{", "[]", '{"type":"other"}', window) == []
    assert [it["payload"] for it in lobby.messages("aside")] == ["{", "[]", '{"type":"other"}']
    assert lobby.look("alice")["state"] == "admitted"


def test_a_window_that_fails_comes_again_and_the_others_work(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice")
    lobby.room.fails = True
    other = json.dumps({"type": "window_due", "auction_id": "without-a-line"})
    this = json.dumps({"type": "window_due", "auction_id": AUCTION})
    assert lobby.window(other, this) == ["m-1"]
    lobby.room.fails = False
    assert lobby.window() == []
    assert lobby.look("alice")["state"] == "admitted"


def test_a_person_whom_the_room_refuses_is_set_aside_and_the_line_goes_on(
    lobby: Deployed,
) -> None:
    opened(lobby)
    lobby.stand("alice", "eve", "bob")
    lobby.room.refuses = {"eve"}
    assert lobby.window() == []
    states = [lobby.look(it)["state"] for it in ("alice", "eve", "bob")]
    assert states == ["admitted", "expired", "admitted"]
    [aside] = lobby.messages("aside")
    assert "this user cannot be seated" in aside["reason"]


def test_a_waiter_that_cannot_be_read_is_passed_over(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice", "bob")
    key = {"id": {"S": f"{AUCTION}#alice"}}
    broken = {"turn": {"S": "many"}, "user_id": {"S": "alice"}}
    lobby.dynamodb.put_item(TableName="waiters", Item=key | broken)
    assert lobby.window() == []
    assert list(lobby.room.taken) == ["bob"]


def test_a_batch_that_cannot_be_numbered_comes_again(
    lobby: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering(lobby)
    lobby.join("alice")
    record = lobby.record("alice", 5)
    monkeypatch.setattr(lobby.container.numbers, "_table", "no-such-table")
    assert calls.number([record]) == ["5"]
    monkeypatch.setattr(lobby.container.numbers, "_table", "numbers")
    assert calls.number([record]) == []


def test_a_line_that_cannot_be_read_does_not_stop_the_others(lobby: Deployed) -> None:
    gathering(lobby)
    lobby.join("alice")
    broken = {"auction_id": {"S": "broken"}, "paused": {"L": []}}
    lobby.dynamodb.put_item(TableName="lines", Item=broken)
    record = lobby.record("alice", 2)
    image = record["dynamodb"]["NewImage"] | {"auction_id": {"S": "broken"}}
    other = {"dynamodb": {"SequenceNumber": "1", "NewImage": image}}
    assert calls.number([other, record]) == []
    assert lobby.messages("aside")[0]["reason"].startswith("not a line: ")
    assert lobby.look("alice")["number"] == 1
    before = lobby.depth("win")
    calls.order_windows()
    assert lobby.depth("win") - before == 12
