"""Who gets a ticket, in a league's own auction and in a public one."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from shared.room import CloseRoom, RenewTicket
from tests.fakes.builders import ADA, AUCTION, BEN, CLEO, EVE, MEMBERS
from tests.integration.websocket.room.house import House
from websocket_service.adapters.writes import DynamoRollWriter
from websocket_service.handlers import close_room, renew_ticket

STRANGER = "stranger"
USERS = {
    "commissioner": ADA.user_id,
    "admin": BEN.user_id,
    "bidder": CLEO.user_id,
    "spectator": EVE.user_id,
    "stranger": STRANGER,
}
OWN_RIGHT = {"commissioner", "admin", "bidder"}
ISSUED, NOBODY, FULL = (201, None), (404, "not_found"), (409, "room_full")


def remove(user_id: str) -> None:
    """From the league."""
    [member] = [it for it in MEMBERS if it.user_id == user_id]
    DynamoRollWriter().put(AUCTION, replace(member, active=False, version=member.version + 1))


def asked(house: House, user_id: str) -> tuple[int, str | None]:
    status, body = house.ask(user_id)
    return status, body.get("code")


def taken(house: House) -> int:
    room, _ = house.container.seats.read(AUCTION, ())
    return room.taken if room else 0


@pytest.mark.parametrize("who", USERS)
def test_in_a_leagues_own_auction_every_member_gets_a_ticket_and_nobody_else(
    house: House, who: str
) -> None:
    assert asked(house, USERS[who]) == (NOBODY if who == "stranger" else ISSUED)


@pytest.mark.parametrize("who", USERS)
def test_in_a_public_auction_with_free_seats_everybody_gets_a_ticket(
    house: House, who: str
) -> None:
    house.admit()
    assert asked(house, USERS[who]) == ISSUED
    assert taken(house) == (0 if who in OWN_RIGHT else 1)


@pytest.mark.parametrize("who", USERS)
@pytest.mark.parametrize("waiting", [0, 1], ids=["full", "others wait"])
def test_behind_others_only_those_with_a_right_of_their_own_get_a_ticket(
    house: House, who: str, waiting: int
) -> None:
    house.admit(*([] if waiting else ["one", "two"]), waiting=waiting)
    assert asked(house, USERS[who]) == (ISSUED if who in OWN_RIGHT else FULL)


@pytest.mark.parametrize("who", USERS)
def test_once_the_room_is_closed_only_members_get_a_ticket(house: House, who: str) -> None:
    house.admit()
    house.invoke(close_room, CloseRoom(AUCTION))
    assert asked(house, USERS[who]) == (NOBODY if who == "stranger" else ISSUED)


@pytest.mark.parametrize("who", ["bidder", "spectator"])
def test_a_member_who_was_removed_is_a_stranger(house: House, who: str) -> None:
    remove(USERS[who])
    assert asked(house, USERS[who]) == NOBODY
    house.admit()
    assert asked(house, USERS[who]) == ISSUED
    assert taken(house) == 1


def test_a_removed_bidder_comes_back_as_one_who_watches(house: House) -> None:
    remove(CLEO.user_id)
    house.admit()
    assert house.enter(CLEO.user_id, "c1") == 200
    assert house.up["c1"]["role"] == "spectator"


@pytest.mark.parametrize("who", USERS)
def test_whoever_was_let_in_through_the_line_gets_a_ticket_that_opens(
    house: House, who: str
) -> None:
    user_id = USERS[who]
    assert house.admit(user_id)["seated"] == [user_id]
    assert taken(house) == (0 if who in OWN_RIGHT else 1)
    reply = house.invoke(renew_ticket, RenewTicket(AUCTION, user_id))["reply"]
    assert house.connect(reply["ticket"], "c1") == 200
    assert house.up["c1"]["role"] == (who if who in OWN_RIGHT else "spectator")


@pytest.mark.parametrize("who", ["spectator", "stranger"])
def test_who_has_no_seat_any_more_gets_no_fresh_ticket(house: House, who: str) -> None:
    house.admit()
    answer = house.invoke(renew_ticket, RenewTicket(AUCTION, USERS[who]))
    assert answer["error"]["code"] == "not_found"


def test_an_id_that_is_none_is_refused_before_anything_is_looked_up(house: House) -> None:
    payload = {"hops": 1, "request": {"auction_id": "#room", "user_id": "#room"}}
    for function in (renew_ticket, close_room):
        assert function.handler(payload, None)["error"]["code"] == "invalid_message"


# a member's way in costs what it did


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("who", sorted(OWN_RIGHT))
def test_a_member_comes_and_goes_with_the_same_calls_whether_it_is_public_or_not(
    house: House, calls: list[str], who: str, is_public: bool
) -> None:
    if is_public:
        house.admit("one")
    calls.clear()
    ticket = house.ask(USERS[who])[1]["ticket"]
    assert Counter(calls) == {"GetItem": 1, "PutItem": 1}
    calls.clear()
    house.connect(ticket, "c1")
    assert Counter(calls) == Counter(["DeleteItem", "Query", "PutItem", "GetItem", "UpdateItem"])
    calls.clear()
    house.disconnect("c1")
    assert calls == ["DeleteItem"]


def test_a_spectator_of_a_leagues_own_auction_is_asked_about_once_more(
    house: House, calls: list[str]
) -> None:
    calls.clear()
    ticket = house.ask(EVE.user_id)[1]["ticket"]
    assert Counter(calls) == {"GetItem": 1, "BatchGetItem": 1, "PutItem": 1}
    calls.clear()
    house.connect(ticket, "c1")
    house.disconnect("c1")
    assert "BatchGetItem" not in calls
    assert "TransactWriteItems" not in calls


def test_a_members_connection_that_is_gone_is_removed_with_one_call(
    house: House, calls: list[str]
) -> None:
    house.enter(CLEO.user_id, "c1")
    house.clock.advance(20_000)
    del house.up["c1"]
    calls.clear()
    house.container.broadcaster.post(AUCTION, ["c1"], b"news")
    assert calls == ["DeleteItem"]
