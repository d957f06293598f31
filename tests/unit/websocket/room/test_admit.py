import pytest

from shared.errors import Busy
from shared.limits import MAX_ADMIT
from tests.fakes.builders import AUCTION
from tests.unit.websocket.room.places import Crowd, Place
from websocket_service.logic.room.seats import MOST_TAKEN_BACK

CLAIM_MS = 60_000


def test_those_who_are_next_are_seated_in_their_order_until_the_room_is_full() -> None:
    admitted = Place(seats=2).admit("ann", "bob", "cyd")
    assert (admitted.seated, admitted.free) == (("ann", "bob"), 0)


def test_who_has_a_seat_is_seated_again_and_takes_no_other() -> None:
    place = Place(seats=2)
    place.admit("ann")
    admitted = place.admit("ann", "bob")
    assert (admitted.seated, admitted.free) == (("ann", "bob"), 0)
    assert place.admit("bob", "ann", "cyd").seated == ("bob", "ann")


def test_who_is_named_twice_has_one_seat() -> None:
    admitted = Place(seats=2).admit("ann", "ann")
    assert admitted.free == 1


def test_the_same_request_again_changes_nothing() -> None:
    place = Place()
    first = place.admit("ann", waiting=3)
    seats, room = dict(place.seats.rows[AUCTION]), place.room
    assert place.admit("ann", waiting=3) == first
    assert (place.seats.rows[AUCTION], place.room) == (seats, room)


def test_who_has_a_right_of_their_own_is_seated_without_a_seat() -> None:
    place = Place(seats=1)
    place.own_right = frozenset({"bob"})
    admitted = place.admit("ann", "bob", "cyd")
    assert admitted.seated == ("ann", "bob")
    assert place.seat("bob") is None


def test_a_seat_that_nobody_claims_in_time_goes_to_the_next() -> None:
    place = Place(seats=1, seat_claim_ms=CLAIM_MS)
    place.admit("ann")
    place.pass_time(CLAIM_MS - 1)
    assert place.admit("bob").seated == ()
    place.pass_time(1)
    admitted = place.admit("bob")
    assert (admitted.seated, admitted.expired) == (("bob",), ("ann",))


def test_whose_seat_has_expired_may_be_named_again_and_is_not_called_expired() -> None:
    place = Place(seats=1, seat_claim_ms=CLAIM_MS)
    place.admit("ann")
    place.pass_time(CLAIM_MS)
    admitted = place.admit("ann", "bob")
    assert (admitted.seated, admitted.expired, admitted.free) == (("ann",), (), 0)
    assert place.room.taken == 1


def test_without_users_it_says_how_many_seats_are_free() -> None:
    place = Place(seats=3)
    assert place.admit().free == 3
    place.admit("ann")
    assert place.admit().free == 2


def test_how_many_wait_is_remembered() -> None:
    place = Place()
    place.admit(waiting=7)
    assert place.room.waiting == 7


def test_a_crowd_of_expired_seats_is_taken_back_in_several_calls() -> None:
    crowd = [f"user-{n}" for n in range(MOST_TAKEN_BACK + 5)]
    place = Place(seats=len(crowd))
    for start in range(0, len(crowd), MAX_ADMIT):
        place.admit(*crowd[start : start + MAX_ADMIT])
    place.pass_time(CLAIM_MS)
    assert len(place.admit().expired) == MOST_TAKEN_BACK
    assert len(place.admit().expired) == 5
    assert place.admit().free == len(crowd)


def test_when_the_setting_is_lowered_nobody_loses_a_seat_and_nobody_else_gets_one() -> None:
    place = Place(seats=2)
    place.admit("ann", "bob")
    place.settings = Place(seats=1).settings
    assert place.admit("ann", "bob", "cyd").seated == ("ann", "bob")
    assert place.admit().free == 0


def test_who_finds_others_faster_each_time_is_told_to_try_again() -> None:
    with pytest.raises(Busy):
        Crowd(seats=1_000).admit("ann")
