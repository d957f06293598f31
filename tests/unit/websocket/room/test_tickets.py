import pytest

from shared.errors import Busy, NotFound, RoomFull
from shared.limits import NO_MEMBER, TICKET_LIFETIME_MS
from tests.fakes.builders import AUCTION, MEMBERS
from tests.unit.websocket.room.places import LAMBDA_MS, Crowd, Place
from websocket_service.logic.tickets import use_ticket

EVE = MEMBERS[4]
CLAIM_MS = 60_000


def public(seats: int = 1, waiting: int = 0) -> Place:
    place = Place(seats=seats, seat_claim_ms=CLAIM_MS)
    place.admit(waiting=waiting)
    return place


# without the line


def test_an_auction_that_was_never_public_has_no_seats() -> None:
    place = Place()
    assert place.ask("ann") is None
    assert place.seats.rows.get(AUCTION) is None


def test_a_free_seat_is_taken_at_once() -> None:
    place = public()
    assert place.connect(place.secret("ann"))
    assert place.room.taken == 1


def test_where_no_seat_is_free_one_has_to_join_the_line() -> None:
    place = public(seats=1)
    place.secret("ann")
    with pytest.raises(RoomFull):
        place.ask("bob")


def test_while_others_wait_nobody_passes_them() -> None:
    with pytest.raises(RoomFull):
        public(seats=5, waiting=1).ask("ann")


def test_who_has_a_seat_gets_a_ticket_though_others_wait() -> None:
    place = public(seats=1)
    place.admit("ann", waiting=5)
    assert place.connect(place.secret("ann"))


def test_a_ticket_stands_for_a_spectator_without_a_number() -> None:
    place = public()
    ticket = use_ticket(place.secret("ann"), AUCTION, tickets=place.tickets, now_ms=place.clock())
    member = ticket.member
    assert (member.user_id, member.role, member.number) == ("ann", "spectator", NO_MEMBER)


def test_a_spectator_of_the_league_takes_a_seat_and_keeps_their_number() -> None:
    place = public()
    issued = place.ask(EVE.user_id, EVE)
    assert issued is not None
    ticket = use_ticket(issued[0], AUCTION, tickets=place.tickets, now_ms=place.clock())
    assert ticket.member == EVE
    assert place.room.taken == 1


def test_a_crowd_that_keeps_each_other_from_the_seats_has_to_stand_in_line() -> None:
    place = Crowd(seats=1_000)
    place.step()
    with pytest.raises(RoomFull):
        place.ask("ann")


def test_who_lost_their_seat_may_take_it_again_if_it_is_free() -> None:
    place = public(seats=1)
    place.secret("ann")
    place.pass_time(CLAIM_MS)
    place.secret("ann")
    assert place.room.taken == 1


# again


def test_a_ticket_is_good_for_thirty_seconds_and_never_longer_than_its_seat() -> None:
    place = public()
    place.admit("ann")
    assert place.renew("ann")[1] == place.clock() + TICKET_LIFETIME_MS
    place.pass_time(CLAIM_MS - 10_000)
    assert place.renew("ann")[1] == place.clock() + 10_000


def test_a_fresh_ticket_makes_the_earlier_one_void() -> None:
    place = public()
    place.admit("ann")
    earlier, later = place.renew("ann")[0], place.renew("ann")[0]
    assert place.connect(earlier) is None
    assert place.connect(later)


def test_asking_for_tickets_again_and_again_does_not_keep_an_offer() -> None:
    place = public()
    place.admit("ann")
    for _ in range(4):
        place.renew("ann")
        place.pass_time(CLAIM_MS // 4)
    assert not place.has_seat("ann")


def test_the_newest_device_wins_and_the_earlier_connection_is_closed() -> None:
    place = public()
    phone = place.enter("ann")
    place.pass_time(LAMBDA_MS)
    laptop = place.enter("ann")
    assert [*place.sockets] == [laptop]
    assert phone != laptop


def test_the_goodbye_of_the_earlier_connection_does_not_touch_the_later_one() -> None:
    place = public()
    place.enter("ann")
    laptop = place.enter("ann")
    place.disconnect(place.goodbyes.pop())
    seat = place.seat("ann")
    assert seat is not None
    assert seat.connection_id == laptop


def test_there_is_no_ticket_beside_a_connection_that_could_not_be_closed() -> None:
    place = public()
    place.enter("ann")
    place.closing_fails = True
    with pytest.raises(Busy):
        place.renew("ann")


def test_there_is_no_ticket_beside_a_connection_that_is_just_opening() -> None:
    place = public()
    connection_id = place.enter("ann")
    place.sockets[connection_id].is_up = False
    with pytest.raises(Busy):
        place.renew("ann")
    place.pass_time(LAMBDA_MS)
    assert place.renew("ann")


def test_without_a_seat_there_is_no_ticket() -> None:
    place = public()
    with pytest.raises(NotFound):
        place.renew("ann")


def test_an_offer_that_has_expired_has_no_ticket_though_nobody_took_it_back() -> None:
    place = public()
    place.admit("ann")
    place.pass_time(CLAIM_MS)
    assert not place.has_seat("ann")
