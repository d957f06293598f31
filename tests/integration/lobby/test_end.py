"""How a line ends, begins again, and when its doors open: on real tables."""

from __future__ import annotations

from lobby_service.adapters.items import to_item
from lobby_service.logic.line import QUIET_MS, SETTLING_MS
from shared.lobby import AdmitMore, CloseLine, OpenLine
from tests.integration.lobby.deployed import AUCTION, Deployed

DOORS_IN_MS = 60_000


def opened(lobby: Deployed, *people: str) -> None:
    """A line with open doors; these stand in it."""
    lobby.order(OpenLine(pace_per_minute=60_000))
    lobby.clock.advance(SETTLING_MS)
    lobby.window()
    for user_id in people:
        lobby.join(user_id)
        lobby.number(user_id)


def test_the_line_of_an_auction_that_is_over_is_closed_and_so_is_its_room(lobby: Deployed) -> None:
    opened(lobby, "alice")
    lobby.room.is_over = True
    assert lobby.window() == []
    assert lobby.look("alice")["code"] == "lobby_closed"
    assert lobby.serving()["status"] == "closed"
    assert not lobby.room.is_public


def test_an_order_to_open_the_line_of_an_auction_that_is_over_is_refused(lobby: Deployed) -> None:
    lobby.room.is_over = True
    assert lobby.order(OpenLine())["error"]["code"] == "lobby_closed"
    assert lobby.dynamodb.scan(TableName="lines")["Count"] == 0


def test_a_line_that_is_closed_is_forgotten_in_the_end_unless_it_is_opened_again(
    lobby: Deployed,
) -> None:
    opened(lobby)
    lobby.order(CloseLine())
    [closed] = lobby.dynamodb.scan(TableName="lines")["Items"]
    assert "expires_at" in closed
    lobby.order(OpenLine())
    [again] = lobby.dynamodb.scan(TableName="lines")["Items"]
    assert "expires_at" not in again


def test_a_line_that_is_opened_again_lets_in_who_stood_in_it(lobby: Deployed) -> None:
    opened(lobby, "alice")
    lobby.order(CloseLine())
    lobby.order(OpenLine())
    lobby.window()
    assert lobby.look("alice")["state"] == "admitted"


def test_a_window_that_read_the_line_before_it_was_opened_again_does_not_close_it(
    lobby: Deployed,
) -> None:
    opened(lobby)
    lines = lobby.container.lines
    stale = lines.read(AUCTION)
    assert stale is not None
    lobby.order(CloseLine())
    lobby.order(OpenLine())
    assert not lines.close(stale)
    assert not lines.reopen(stale, lobby.clock.now_ms)
    assert lobby.serving()["status"] == "open"


def test_a_line_that_was_made_before_its_opening_was_kept_can_be_closed_and_opened_again(
    lobby: Deployed,
) -> None:
    opened(lobby, "alice")
    lobby.dynamodb.update_item(
        TableName="lines",
        Key=to_item({"auction_id": AUCTION}),
        UpdateExpression="REMOVE opened_at_ms, early_at_ms",
    )
    lobby.order(CloseLine())
    assert lobby.serving()["status"] == "closed"
    lobby.order(OpenLine())
    lobby.window()
    assert lobby.look("alice")["state"] == "admitted"


def test_people_beyond_the_pace_count_once_however_often_the_order_comes(lobby: Deployed) -> None:
    opened(lobby)
    for _ in range(2):
        assert lobby.order(AdmitMore(5, "first"))["reply"]["extra"] == 5
    assert lobby.order(AdmitMore(5, "second"))["reply"]["extra"] == 10


def test_the_doors_stay_shut_while_early_people_are_still_being_numbered(lobby: Deployed) -> None:
    lobby.order(OpenLine(doors_at_ms=lobby.clock.now_ms + DOORS_IN_MS))
    for user_id in ("alice", "bob"):
        lobby.join(user_id)
    lobby.clock.advance(DOORS_IN_MS + SETTLING_MS)
    lobby.number("alice")
    lobby.window()
    assert lobby.serving()["status"] == "gathering"
    lobby.number("bob")
    lobby.clock.advance(QUIET_MS)
    lobby.window()
    assert (lobby.serving()["status"], lobby.serving()["early"]) == ("open", 2)


def test_who_was_let_in_by_a_window_that_died_is_paid_for_by_the_next(lobby: Deployed) -> None:
    lobby.room.seats = 100
    opened(lobby, "alice", "bob")
    lobby.dynamodb.update_item(
        TableName="lines",
        Key=to_item({"auction_id": AUCTION}),
        UpdateExpression="SET pace_per_minute = :slow, credit = :none, credited_at_ms = :now",
        ExpressionAttributeValues=to_item(
            {":slow": 60, ":none": 0, ":now": lobby.clock.now_ms - 1_000}
        ),
    )
    waiter = lobby.container.waiters.read(AUCTION, "alice")
    assert waiter is not None
    lobby.container.waiters.admit(waiter, lobby.clock.now_ms)
    lobby.window()
    assert lobby.look("bob")["state"] == "waiting"
    lobby.window()
    assert lobby.look("bob")["state"] == "admitted"
