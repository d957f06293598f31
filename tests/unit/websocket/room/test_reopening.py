"""A room whose line is closed, is opened again, or leads into an auction that is over."""

import pytest

from shared.errors import RoomFull
from tests.unit.websocket.room.places import Place

FIRST_MS, SECOND_MS = 1_000, 2_000


def closed() -> Place:
    place = Place(seats=2)
    place.admit(opened_at_ms=FIRST_MS)
    place.close_room(opened_at_ms=FIRST_MS)
    return place


def test_a_line_that_was_opened_again_seats_people() -> None:
    admitted = closed().admit("ann", opened_at_ms=SECOND_MS)
    assert (admitted.seated, admitted.free) == (("ann",), 1)


def test_a_late_window_of_before_it_was_closed_does_not_open_it() -> None:
    place = closed()
    assert place.admit("ann", opened_at_ms=FIRST_MS).seated == ()
    assert not place.room.is_open


def test_a_late_window_of_before_seats_nobody_in_the_room_that_is_open_again() -> None:
    place = closed()
    place.admit(waiting=3, opened_at_ms=SECOND_MS)
    assert place.admit("ann", waiting=0, opened_at_ms=FIRST_MS).seated == ()
    assert (place.room.is_open, place.room.waiting) == (True, 3)


def test_a_late_order_to_close_leaves_the_room_open_that_is_open_again() -> None:
    place = closed()
    place.admit("ann", opened_at_ms=SECOND_MS)
    assert place.close_room(opened_at_ms=FIRST_MS).taken == 1
    assert place.room.is_open


def test_a_room_that_is_open_again_can_be_closed_again() -> None:
    place = closed()
    place.admit(opened_at_ms=SECOND_MS)
    place.close_room(opened_at_ms=SECOND_MS)
    assert place.admit("ann", opened_at_ms=SECOND_MS).seated == ()


def test_who_kept_a_seat_while_the_room_was_closed_has_it_when_it_opens_again() -> None:
    place = Place(seats=1)
    place.admit("ann", opened_at_ms=FIRST_MS)
    place.close_room(opened_at_ms=FIRST_MS)
    admitted = place.admit("bob", "ann", opened_at_ms=SECOND_MS)
    assert (admitted.seated, place.room.taken) == (("ann",), 1)


def test_the_room_of_an_auction_that_is_over_closes_itself_and_says_so() -> None:
    place = Place(seats=2)
    place.admit()
    place.is_over = True
    admitted = place.admit("ann")
    assert (admitted.seated, admitted.free, admitted.is_over) == ((), 0, True)
    assert not place.room.is_open


def test_who_is_in_the_room_of_an_auction_that_is_over_stays() -> None:
    place = Place(seats=2)
    place.admit()
    place.enter("ann")
    place.is_over = True
    place.admit()
    assert place.enter("ann")


def test_an_auction_that_is_over_is_not_made_public() -> None:
    place = Place()
    place.is_over = True
    assert place.admit().is_over
    assert place.ask("ann") is None


def test_an_auction_that_goes_on_after_all_may_be_public_again() -> None:
    place = Place(seats=1)
    place.admit(opened_at_ms=FIRST_MS)
    place.is_over = True
    place.admit(opened_at_ms=FIRST_MS)
    place.is_over = False
    assert place.admit("ann", opened_at_ms=FIRST_MS).seated == ()
    assert place.admit("ann", opened_at_ms=SECOND_MS).seated == ("ann",)


def test_a_seat_that_is_free_in_a_room_that_is_open_again_is_given_at_the_door() -> None:
    place = closed()
    place.admit(waiting=1, opened_at_ms=SECOND_MS)
    with pytest.raises(RoomFull):
        place.ask("ann")
    place.admit(waiting=0, opened_at_ms=SECOND_MS)
    assert place.ask("ann")
