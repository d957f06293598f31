"""What nobody understands is set aside whole, once, with its reason, and the line goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lobby_service.handlers import admit_next
from lobby_service.logic.line import SETTLING_MS
from shared.lobby import OpenLine
from tests.integration.lobby import calls
from tests.integration.lobby.deployed import AUCTION, Deployed
from tests.integration.stream.template import template_of

BLOCK = {"line_series": {"S": f"{AUCTION}#late"}, "first_number": {"N": "1"}}
GARBAGE = {"turns": {"S": "no list"}}


def opened(lobby: Deployed, *people: str) -> None:
    """A line whose doors are open, and who came since, in one block."""
    lobby.order(OpenLine(pace_per_minute=60_000))
    lobby.clock.advance(SETTLING_MS)
    lobby.window()
    for user_id in people:
        lobby.join(user_id)
    lobby.number(*people)


def windows(lobby: Deployed, *attempts: int) -> list[str]:
    """Hand over messages that were delivered so often; those that are to come again."""
    records = [
        {
            "messageId": f"m-{n}",
            "body": json.dumps({"type": "window_due", "auction_id": AUCTION}),
            "attributes": {"ApproximateReceiveCount": str(it)},
        }
        for n, it in enumerate(attempts)
    ]
    answer = admit_next.handler({"Records": records}, None)
    return [it["itemIdentifier"] for it in answer["batchItemFailures"]]


def items(lobby: Deployed, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = lobby.dynamodb.scan(TableName=table)["Items"]
    return found


# a block of numbers


def spoiled_block(lobby: Deployed) -> None:
    opened(lobby, "alice", "bob")
    lobby.dynamodb.put_item(TableName="numbers", Item=BLOCK | GARBAGE)
    lobby.join("carol")
    lobby.number("carol")


def test_a_block_that_cannot_be_read_is_set_aside_whole_and_the_line_goes_on(
    lobby: Deployed,
) -> None:
    spoiled_block(lobby)
    assert lobby.window() == []
    assert list(lobby.room.taken) == ["carol"]
    [aside] = lobby.messages("aside")
    assert aside["reason"].startswith("not a block of numbers: ")
    assert "numbers" in aside["origin"]
    assert json.loads(aside["payload"]) == BLOCK | GARBAGE


def test_a_block_that_every_window_meets_is_set_aside_once(lobby: Deployed) -> None:
    lobby.room.seats = 0
    opened(lobby, "zoe")
    lobby.join("alice")
    lobby.number("alice")
    second = BLOCK | {"first_number": {"N": "2"}}
    lobby.dynamodb.put_item(TableName="numbers", Item=second | GARBAGE)
    for _ in range(3):
        lobby.window()
    assert len(lobby.messages("aside")) == 1


def test_the_people_of_such_a_block_do_not_wait_for_ever(lobby: Deployed) -> None:
    spoiled_block(lobby)
    lobby.window()
    assert lobby.look("alice")["state"] == "expired"
    for user_id in ("alice", "bob"):  # with and without having looked
        assert lobby.join(user_id)["state"] == "waiting"
        lobby.number(user_id)
    lobby.window()
    assert [lobby.look(it)["state"] for it in ("alice", "bob")] == ["admitted", "admitted"]


# a waiter


def test_a_waiter_that_cannot_be_read_is_set_aside_once(lobby: Deployed) -> None:
    lobby.room.seats = 0
    opened(lobby, "zoe", "alice")
    key = {"id": {"S": f"{AUCTION}#alice"}}
    broken = {"turn": {"S": "many"}, "user_id": {"S": "alice"}}
    lobby.dynamodb.put_item(TableName="waiters", Item=key | broken)
    for _ in range(3):
        lobby.window()
    [aside] = lobby.messages("aside")
    assert json.loads(aside["payload"]) == key | broken
    assert aside["reason"].startswith("not a waiter: ")


def test_what_vanished_before_it_was_marked_does_not_come_back(
    lobby: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(lobby, "alice")
    lobby.dynamodb.put_item(TableName="numbers", Item=BLOCK | GARBAGE)
    put = lobby.container.set_asides.put

    def put_late(*what: str) -> None:
        lobby.dynamodb.delete_item(TableName="numbers", Key=BLOCK)
        put(*what)

    monkeypatch.setattr(lobby.container.set_asides, "put", put_late)
    assert lobby.window() == []
    assert items(lobby, "numbers") == []


# a window


def test_a_queue_gives_a_window_as_many_attempts_as_the_function_counts() -> None:
    queue = template_of("lobby", "resources.yml")["Resources"]["WindowQueue"]["Properties"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] == admit_next.ATTEMPTS


def test_a_window_that_fails_for_the_last_time_is_set_aside_with_the_reason(
    lobby: Deployed,
) -> None:
    opened(lobby, "alice")
    lobby.room.fails = True
    assert windows(lobby, 1, admit_next.ATTEMPTS, 2) == ["m-0", "m-2"]
    [aside] = lobby.messages("aside")
    assert aside["reason"].startswith(f"failed {admit_next.ATTEMPTS} times: CalleeFailed: ")
    assert json.loads(aside["payload"])["auction_id"] == AUCTION
    assert aside["origin"].endswith("message m-1")


def test_a_line_that_cannot_be_read_is_set_aside_once_and_no_other_waits_for_it(
    lobby: Deployed,
) -> None:
    lobby.room.seats = 0
    opened(lobby, "alice")
    broken = {"auction_id": {"S": "broken"}, "paused": {"L": []}}
    lobby.dynamodb.put_item(TableName="lines", Item=broken)
    before = lobby.depth("win")
    for _ in range(2):
        calls.order_windows()
    assert lobby.depth("win") - before == 24
    [aside] = lobby.messages("aside")
    assert json.loads(aside["payload"]) == broken


@pytest.mark.parametrize("field", ["paused", "served", "samples"])
def test_the_windows_of_a_line_that_cannot_be_read_are_set_aside_at_once(
    lobby: Deployed, field: str
) -> None:
    opened(lobby, "alice")
    [line] = items(lobby, "lines")
    lobby.dynamodb.put_item(TableName="lines", Item=line | {field: {"S": "nonsense"}})
    assert windows(lobby, 1, 1) == []
    [aside] = lobby.messages("aside")
    assert aside["reason"].startswith("not a line: ")
