from tests.unit.websocket.room.places import Place


def test_a_closed_room_seats_nobody_any_more() -> None:
    place = Place(seats=5)
    place.admit()
    place.close_room()
    admitted = place.admit("ann")
    assert (admitted.seated, admitted.free) == ((), 0)
    assert place.ask("ann") is None


def test_who_has_a_seat_keeps_it_when_the_room_closes() -> None:
    place = Place()
    place.admit()
    place.enter("ann")
    assert place.close_room().taken == 1
    assert place.enter("ann")


def test_a_room_that_nobody_was_admitted_to_yet_stays_closed_too() -> None:
    place = Place()
    assert place.close_room().taken == 0
    assert place.admit("ann").seated == ()


def test_closing_a_room_twice_is_closing_it() -> None:
    place = Place()
    assert place.close_room() == place.close_room()
    assert not place.room.is_open


def test_seats_that_expire_in_a_closed_room_are_taken_back() -> None:
    place = Place(seat_claim_ms=1_000)
    place.admit("ann")
    place.close_room()
    place.pass_time(1_000)
    assert place.admit().expired == ("ann",)
    assert place.room.taken == 0
