"""Seats in DynamoDB: each write under its condition, by many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from msgspec.structs import replace

from shared.commands import GetState, Ping, SendChat, WhoIsHere
from shared.errors import Busy
from shared.limits import NO_MEMBER
from shared.room import CloseRoom, RenewTicket
from tests.fakes.builders import AUCTION, EVE, MEMBERS
from tests.integration.websocket.room.house import SEATS_TABLE, House
from tests.integration.websocket.world import live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.writes import DynamoRollWriter
from websocket_service.handlers import admit, close_room, renew_ticket, send_chat
from websocket_service.logic.change import Change
from websocket_service.logic.room.seats import Room, Seat, SeatsChange

ANN = Seat("ann", "Ann", expires_at_ms=1_000, grace_ms=500)


# the rows


def test_what_was_written_is_read(house: House) -> None:
    seats, room = house.container.seats, Room(taken=1, waiting=3, is_open=False)
    bob = Seat("bob", "Bob ☃", expires_at_ms=2_000, grace_ms=1, claim="hash", connection_id="c=")
    assert seats.write(SeatsChange(AUCTION, seats=((None, ANN), (None, bob)), room=(None, room)))
    assert seats.read(AUCTION, ["ann", "bob", "cyd"]) == (room, {"ann": ANN, "bob": bob})
    assert seats.read("another", ["ann"]) == (None, {})


def test_a_row_is_only_changed_if_it_still_is_what_was_read(house: House) -> None:
    seats = house.container.seats
    later = replace(ANN, expires_at_ms=2_000)
    assert seats.write(SeatsChange(AUCTION, seats=((None, ANN),)))
    for before, after in [(None, later), (later, ANN), (later, None)]:
        assert not seats.write(SeatsChange(AUCTION, seats=((before, after),)))
    assert seats.write(SeatsChange(AUCTION, seats=((ANN, later),)))
    assert seats.write(SeatsChange(AUCTION, seats=((later, None),)))
    assert seats.read(AUCTION, ["ann"]) == (None, {})


def test_a_room_that_was_written_before_it_could_be_opened_again_is_changed_as_any(
    house: House,
) -> None:
    seats, before = house.container.seats, Room(taken=1)
    assert seats.write(SeatsChange(AUCTION, room=(None, before)))
    [row] = boto3.client("dynamodb").scan(TableName=SEATS_TABLE)["Items"]
    assert "opened_at_ms" not in row
    again = replace(before, opened_at_ms=5)
    assert seats.write(SeatsChange(AUCTION, room=(before, again)))
    assert not seats.write(SeatsChange(AUCTION, room=(before, Room())))
    assert seats.read(AUCTION, ()) == (again, {})


def test_all_rows_of_a_change_are_written_or_none(house: House) -> None:
    seats = house.container.seats
    assert seats.write(SeatsChange(AUCTION, room=(None, Room(taken=1))))
    stale = SeatsChange(AUCTION, seats=((None, ANN),), room=(Room(taken=2), Room(taken=3)))
    assert not seats.write(stale)
    assert seats.read(AUCTION, ["ann"]) == (Room(taken=1), {})


def test_expired_seats_are_found_the_longest_first(house: House) -> None:
    seats = house.container.seats
    rows = [replace(ANN, user_id=f"u{n}", expires_at_ms=n) for n in (3, 1, 2, 4)]
    seats.write(
        SeatsChange(AUCTION, seats=tuple((None, it) for it in rows), room=(None, Room(taken=4)))
    )
    assert [it.user_id for it in seats.expired(AUCTION, 3, 10)] == ["u1", "u2", "u3"]
    assert [it.user_id for it in seats.expired(AUCTION, 3, 2)] == ["u1", "u2"]


# the whole way


def test_who_is_in_no_league_sees_the_auction_and_says_nothing(house: House) -> None:
    house.admit()
    assert house.enter("ann", "c1") == 200
    assert house.say("c1", GetState(request_id="g"))["you"] == NO_MEMBER
    assert house.say("c1", Ping(request_id="p", client_time_ms=1))["type"] == "pong"
    assert house.say("c1", WhoIsHere(request_id="w"))["watching"] == 1
    chat = house.say("c1", SendChat(request_id="s", text="hi"), to=send_chat)
    assert chat["code"] == "forbidden"


def test_a_seat_goes_to_the_next_once_its_owner_is_gone_for_the_grace(house: House) -> None:
    house.admit()
    house.enter("ann", "c1")
    house.enter("bob", "c2")
    house.disconnect("c1")
    house.clock.advance(house.settings.seat_grace_ms - 1)
    assert house.admit("cyd")["seated"] == []
    house.clock.advance(1)
    admitted = house.admit("cyd")
    assert (admitted["seated"], admitted["expired"], admitted["free"]) == (["cyd"], ["ann"], 0)


def test_a_connection_that_is_found_gone_leaves_its_seat(house: House) -> None:
    house.admit()
    house.enter("ann", "c1")
    house.clock.advance(20_000)
    del house.up["c1"]
    house.container.broadcaster.post(AUCTION, ["c1"], b"news")
    assert house.container.connections.list(AUCTION) == []
    house.clock.advance(house.settings.seat_grace_ms)
    assert house.admit()["expired"] == ["ann"]


def test_a_goodbye_that_cannot_leave_its_seat_is_made_up_for_by_the_next_post(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.admit()
    house.enter("ann", "c1")
    with monkeypatch.context() as busy:
        busy.setattr(house.container.seats, "write", lambda _: False)
        with pytest.raises(Busy):
            house.disconnect("c1")
    house.clock.advance(20_000)
    house.container.broadcaster.post(AUCTION, ["c1"], b"news")
    house.clock.advance(house.settings.seat_grace_ms)
    assert house.admit()["expired"] == ["ann"]


def test_a_connection_that_is_just_opening_keeps_its_seat_though_it_seems_gone(
    house: House,
) -> None:
    house.admit()
    house.enter("ann", "c1")
    del house.up["c1"]
    house.container.broadcaster.post(AUCTION, ["c1"], b"news")
    assert [it.connection_id for it in house.container.connections.list(AUCTION)] == ["c1"]
    _, seats = house.container.seats.read(AUCTION, ["ann"])
    assert seats["ann"].connection_id == "c1"


def test_the_newest_device_wins(house: House) -> None:
    house.admit()
    house.enter("ann", "phone")
    house.clock.advance(20_000)
    assert house.enter("ann", "laptop") == 200
    assert [*house.up] == ["laptop"]


def test_a_spectator_who_was_removed_is_not_let_in_with_the_ticket_of_before(house: House) -> None:
    house.admit()
    ticket = house.ask(EVE.user_id)[1]["ticket"]
    eve = MEMBERS[EVE.number]
    DynamoRollWriter().put(AUCTION, replace(eve, active=False, version=eve.version + 1))
    assert house.connect(ticket, "c1") == 403
    assert house.container.connections.list(AUCTION) == []


def test_a_seat_that_is_gone_does_not_open_a_connection(house: House) -> None:
    house.admit("ann")
    ticket = house.invoke(renew_ticket, RenewTicket(AUCTION, "ann"))["reply"]["ticket"]
    house.invoke(renew_ticket, RenewTicket(AUCTION, "ann"))
    assert house.connect(ticket, "c1") == 403
    assert house.container.connections.list(AUCTION) == []


def test_a_request_that_says_too_much_is_refused(house: House) -> None:
    too_many = [{"user_id": f"u{n}", "name": "U"} for n in range(26)]
    for fields in (
        {"waiting": 0, "users": too_many},
        {"waiting": -1},
        {"waiting": 0, "seats": 5},
        {"waiting": 0, "users": [{"user_id": "#room", "name": "U"}]},
    ):
        payload = {"hops": 1, "request": {"auction_id": AUCTION, **fields}}
        assert admit.handler(payload, None)["error"]["code"] == "invalid_message"
    assert house.container.seats.read(AUCTION, ()) == (None, {})


def test_the_room_of_an_auction_that_was_closed_is_closed_by_the_next_window(
    house: House,
) -> None:
    house.admit()
    assert not house.admit()["is_over"]
    auctions = DynamoAuctions(live())
    state = auctions.read(AUCTION)
    assert state is not None
    closed = replace(state, status="closed", seq=state.seq + 1)
    auctions.commit(Change(before=state, after=closed))
    assert house.admit("ann")["is_over"]
    assert house.ask("ann")[0] == 404


def test_closing_the_room_leaves_those_who_are_in(house: House) -> None:
    house.admit()
    house.enter("ann", "c1")
    assert house.invoke(close_room, CloseRoom(AUCTION))["reply"] == {"taken": 1}
    assert house.say("c1", Ping(request_id="p", client_time_ms=1))["type"] == "pong"


# by many at once


def test_windows_that_admit_at_once_never_seat_more_than_there_are_seats(
    house: House,
) -> None:
    house.settings = replace(house.settings, seats=10)
    crowds = [[f"u{n}" for n in range(first, first + 4)] for first in range(0, 32, 3)]
    with ThreadPoolExecutor(4) as windows:
        answers = [*windows.map(lambda users: house.admit(*users), crowds)]
    everyone = {user for crowd in crowds for user in crowd}
    room, seats = house.container.seats.read(AUCTION, sorted(everyone))
    assert room is not None
    assert room.taken == len(seats) == 10
    assert {user for answer in answers for user in answer["seated"]} == {*seats}


def test_those_who_come_without_the_line_at_once_never_take_more_than_there_are_seats(
    house: House,
) -> None:
    house.settings = replace(house.settings, seats=5)
    house.admit()
    with ThreadPoolExecutor(4) as crowd:
        statuses = [*crowd.map(lambda n: house.ask(f"u{n}")[0], range(20))]
    room, seats = house.container.seats.read(AUCTION, [f"u{n}" for n in range(20)])
    assert room is not None
    assert statuses.count(201) == room.taken == len(seats) == 5
