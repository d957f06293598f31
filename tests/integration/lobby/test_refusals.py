"""What a line refuses, by the real handlers on real tables."""

from __future__ import annotations

import json

import pytest

from lobby_service.handlers import join_line
from shared.lobby import AdmitMore, CloseLine, OpenLine, PauseLine, SetPace, ShowLine
from tests.integration.lobby import calls
from tests.integration.lobby.deployed import AUCTION, Deployed
from tests.integration.lobby.doors import gathering, opened


def test_an_auction_without_a_line_is_not_found(lobby: Deployed) -> None:
    for heard in (
        lobby.join("alice", auction_id="elsewhere"),
        lobby.look("alice", auction_id="elsewhere"),
        lobby.leave("alice", auction_id="elsewhere"),
        lobby.serving(auction_id="elsewhere"),
        lobby.join("alice", auction_id="no where/" + "x" * 500),
    ):
        assert (heard["http"], heard["code"]) == (404, "not_found")
        assert heard["cache"] == "no-store"
    assert lobby.dynamodb.scan(TableName="waiters")["Count"] == 0


def test_before_people_may_gather_nobody_joins(lobby: Deployed) -> None:
    at_ms = lobby.clock.now_ms + 10_000
    lobby.order(OpenLine(gather_at_ms=at_ms, doors_at_ms=at_ms))
    heard = lobby.join("alice")
    assert (heard["http"], heard["code"]) == (409, "lobby_not_open")
    assert lobby.dynamodb.scan(TableName="waiters")["Count"] == 0


def test_after_it_is_closed_nobody_joins_and_nobody_is_let_in(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice")
    lobby.order(CloseLine())
    lobby.clock.advance(1_000)
    for heard in (lobby.join("bob"), lobby.look("alice")):
        assert (heard["http"], heard["code"]) == (410, "lobby_closed")
    lobby.window()
    assert lobby.room.taken == {}
    assert not lobby.room.is_public


@pytest.mark.parametrize("body", ['{"place":1}', '{"number":1,"name":"Eve"}', "[]", "{", "1"])
def test_a_position_of_ones_own_choice_is_refused(lobby: Deployed, body: str) -> None:
    gathering(lobby)
    heard = lobby.join("eve", body=body)
    assert (heard["http"], heard["code"]) in (
        (400, "invalid_message"),
        (400, "malformed_message"),
    )
    assert lobby.dynamodb.scan(TableName="waiters")["Count"] == 0


def test_an_empty_object_says_nothing_and_is_taken(lobby: Deployed) -> None:
    gathering(lobby)
    assert lobby.join("alice", body="{}")["http"] == 200


def test_who_is_not_signed_in_has_no_place(lobby: Deployed) -> None:
    gathering(lobby)
    event = calls.request(AUCTION)
    del event["requestContext"]["authorizer"]
    answered = join_line.handler(event, None)
    assert answered["statusCode"] == 401
    assert json.loads(answered["body"])["code"] == "unauthenticated"


def test_an_order_for_an_auction_without_a_line_is_refused(lobby: Deployed) -> None:
    for order in (ShowLine(), PauseLine(), SetPace(per_minute=5), AdmitMore(1, "r-1"), CloseLine()):
        assert lobby.order(order)["error"]["code"] == "not_found"
    assert lobby.dynamodb.scan(TableName="lines")["Count"] == 0


def test_the_doors_cannot_open_before_people_gather(lobby: Deployed) -> None:
    said = lobby.order(OpenLine(gather_at_ms=lobby.clock.now_ms, doors_at_ms=5))
    assert said["error"]["code"] == "invalid_message"
    assert lobby.dynamodb.scan(TableName="lines")["Count"] == 0


def test_doors_that_are_open_stay_as_they_were(lobby: Deployed) -> None:
    opened(lobby, "alice")
    before = lobby.serving()
    said = lobby.order(OpenLine(doors_at_ms=lobby.clock.now_ms + 1_000))
    assert "error" in said
    assert lobby.serving()["doors_at_ms"] == before["doors_at_ms"]
