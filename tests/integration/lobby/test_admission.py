"""Whom a line lets in, by the real handlers on real tables."""

from __future__ import annotations

from lobby_service.logic.line import SETTLING_MS
from shared.lobby import AdmitMore, CloseLine, OpenLine, PauseLine, ResumeLine, SetPace
from tests.integration.lobby.deployed import Deployed
from tests.integration.lobby.doors import DOORS_IN_MS, gathering, opened, people


def test_who_is_admitted_gets_a_ticket_whenever_they_look(lobby: Deployed) -> None:
    opened(lobby, "alice")
    lobby.window()
    for heard in (lobby.look("alice"), lobby.join("alice")):
        assert (heard["state"], heard["ticket"]) == ("admitted", "ticket-of-alice")
        assert heard["cache"] == "no-store"


def test_a_seat_that_nobody_claims_goes_to_the_next_in_line(lobby: Deployed) -> None:
    lobby.room.seats = 1
    opened(lobby)
    lobby.stand("alice", "bob")
    lobby.window()
    assert lobby.look("bob")["ahead"] == 0
    lobby.clock.advance(61_000)
    lobby.window()
    assert (lobby.look("alice")["state"], lobby.look("bob")["state"]) == ("expired", "admitted")


def test_who_expired_may_stand_at_the_end_again(lobby: Deployed) -> None:
    lobby.room.seats = 1
    opened(lobby)
    lobby.stand("alice")
    lobby.window()
    lobby.room.taken = {}
    assert lobby.look("alice")["state"] == "expired"
    assert lobby.join("alice")["state"] == "waiting"
    lobby.number("alice")
    assert lobby.look("alice")["place"] == 2


def test_who_left_is_passed_over(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice", "bob")
    assert lobby.leave("alice")["state"] == "left"
    lobby.window()
    assert list(lobby.room.taken) == ["bob"]
    assert lobby.serving()["waiting"] == 0


def test_a_paused_line_lets_in_only_whom_the_operator_lets_in(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice", "bob")
    lobby.order(PauseLine())
    lobby.window()
    assert lobby.room.taken == {}
    lobby.order(AdmitMore(people=1, request_id="r-1"))
    lobby.window()
    assert list(lobby.room.taken) == ["alice"]
    lobby.order(ResumeLine())
    lobby.window()
    assert list(lobby.room.taken) == ["alice", "bob"]


def test_the_pace_decides_how_many_come_in(lobby: Deployed) -> None:
    lobby.room.seats = 100
    opened(lobby)
    lobby.window()
    lobby.order(SetPace(per_minute=60))
    for user_id in people(20):
        lobby.join(user_id)
    lobby.number(*people(20))
    lobby.window()
    lobby.clock.advance(2_000)
    before = len(lobby.room.taken)
    lobby.window()
    assert len(lobby.room.taken) - before == 3


def test_the_room_is_told_that_somebody_waits_until_the_doors_are_open(lobby: Deployed) -> None:
    gathering(lobby)
    lobby.window()
    assert {it.waiting for it in lobby.room.admits} == {1}
    lobby.clock.advance(DOORS_IN_MS + SETTLING_MS)
    lobby.window()
    assert lobby.room.admits[-1].waiting == 0


def test_a_closed_line_that_is_opened_again_goes_on_where_it_was(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice")
    lobby.order(CloseLine())
    lobby.order(OpenLine())
    lobby.clock.advance(1_000)
    lobby.window()
    assert lobby.look("alice")["state"] == "admitted"
