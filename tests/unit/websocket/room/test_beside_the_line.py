"""Who asks at the door while others stand in the line: nobody passes them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.errors import RoomFull
from tests.fakes.builders import AUCTION
from tests.unit.websocket.room.places import Place

CLAIM_MS = 60_000
PEOPLE = ("ann", "bob")


def test_a_seat_that_lapsed_does_not_go_back_past_who_was_named_and_found_none() -> None:
    place = Place(seats=1, seat_claim_ms=CLAIM_MS)
    place.admit("ann")
    place.admit("bob")
    place.pass_time(CLAIM_MS)
    with pytest.raises(RoomFull):
        place.ask("ann")


def test_who_was_named_and_found_no_seat_waits_also_when_there_are_more_seats() -> None:
    place = Place(seats=1)
    place.admit("ann", "bob")
    place.settings = Place(seats=5).settings
    with pytest.raises(RoomFull):
        place.ask("cyd")


def test_who_is_named_twice_waits_once() -> None:
    place = Place(seats=0)
    place.admit("ann", "ann", "bob", waiting=3)
    assert place.room.waiting == 5


def test_once_all_who_were_named_have_a_seat_others_may_ask_again() -> None:
    place = Place(seats=1, seat_claim_ms=CLAIM_MS)
    place.admit("ann", "bob")
    place.pass_time(CLAIM_MS)
    place.admit("bob")
    place.settings = Place(seats=2).settings
    assert place.ask("cyd") is not None


people = st.sampled_from(PEOPLE)
happenings = st.one_of(
    st.tuples(st.just("join"), people),
    st.tuples(st.just("ask"), people),
    st.tuples(st.just("window"), st.integers(0, 2)),
    st.tuples(st.just("seats"), st.integers(0, 2)),
    st.tuples(st.just("time"), st.just(CLAIM_MS)),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(happenings, min_size=20, max_size=60))
def test_nobody_gets_a_seat_at_the_door_while_the_room_knows_that_others_wait(
    night: list[tuple[str, str | int]],
) -> None:
    place = Place(seats=1, seat_claim_ms=CLAIM_MS)
    place.admit()
    line: list[str] = []
    known = 0
    for what, value in night:
        match what, value:
            case "join", str():
                if value not in line:
                    line.append(value)
            case "ask", str():
                seats = place.seats.rows.get(AUCTION, {})
                held = {user for user, seat in seats.items() if seat.is_held(place.clock())}
                with suppress(RoomFull):
                    place.ask(value)
                    assert value in held or not known
            case "window", int():
                named = line[:value]
                seated = place.admit(*named, waiting=len(line) - len(named)).seated
                line = [it for it in line if it not in seated]
                known = len(line)
            case "seats", int():
                place.settings = Place(seats=value, seat_claim_ms=CLAIM_MS).settings
            case "time", int():
                place.pass_time(value)
