import pytest
from msgspec.structs import replace

from shared.errors import Busy
from shared.limits import CONNECTION_LIFETIME_MS
from tests.fakes.builders import AUCTION
from tests.unit.websocket.room.places import Place

GRACE_MS = 5_000
CLAIM_MS = 20_000


def public() -> Place:
    place = Place(seats=1, seat_grace_ms=GRACE_MS, seat_claim_ms=CLAIM_MS)
    place.admit()
    return place


def test_a_seat_belongs_to_the_connection_that_came_with_its_ticket() -> None:
    place = public()
    connection_id = place.enter("ann")
    seat = place.seat("ann")
    assert seat is not None
    assert (seat.connection_id, seat.claim) == (connection_id, "")


def test_a_seat_with_a_connection_is_kept_as_long_as_a_connection_can_last() -> None:
    place = public()
    place.enter("ann")
    place.clock.advance(CONNECTION_LIFETIME_MS)
    assert place.admit("bob").seated == ()
    place.clock.advance(10 * 60 * 1000)
    assert place.admit("bob").seated == ("bob",)


def test_who_drops_out_for_a_moment_comes_back_to_their_seat() -> None:
    place = public()
    place.leave(place.enter("ann"))
    place.pass_time(GRACE_MS - 1)
    assert place.admit("bob").seated == ()
    assert place.enter("ann")


def test_who_stays_away_loses_the_seat() -> None:
    place = public()
    place.leave(place.enter("ann"))
    place.pass_time(GRACE_MS)
    assert place.admit("bob").seated == ("bob",)


def test_a_goodbye_that_comes_twice_does_not_lengthen_the_grace() -> None:
    place = public()
    connection_id = place.enter("ann")
    place.drop(connection_id)
    place.disconnect(place.goodbyes[0])
    place.pass_time(GRACE_MS - 1)
    place.disconnect(place.goodbyes[0])
    place.pass_time(1)
    assert not place.has_seat("ann")


def test_a_ticket_whose_seat_went_to_another_does_not_open_a_connection() -> None:
    place = public()
    place.admit("ann")
    secret, _ = place.renew("ann")
    [ticket] = place.tickets.stored
    late = place.tickets.stored[ticket]
    place.pass_time(CLAIM_MS)
    place.admit("bob")
    place.tickets.stored[ticket] = type(late)(
        late.auction_id, late.member, place.clock() + 1, late.claim
    )
    assert place.connect(secret) is None


class Restless(Place):
    """Once `is_restless`, somebody else changes ann's seat before each write."""

    is_restless = False

    def step(self) -> None:
        if self.is_restless:
            rows = self.seats.rows[AUCTION]
            rows["ann"] = replace(rows["ann"], grace_ms=rows["ann"].grace_ms + 1)


def test_a_goodbye_that_loses_each_time_fails_and_may_come_again() -> None:
    place = Restless(seats=1, seat_grace_ms=GRACE_MS)
    place.admit()
    place.drop(place.enter("ann"))
    place.is_restless = True
    with pytest.raises(Busy):
        place.disconnect(place.goodbyes[0])
    place.is_restless = False
    place.disconnect(place.goodbyes[0])
    seat = place.seat("ann")
    assert seat is not None
    assert seat.connection_id == ""
