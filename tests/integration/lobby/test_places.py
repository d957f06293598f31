"""Numbers and places: who joins, by the real handlers on real tables."""

from __future__ import annotations

from lobby_service.logic.line_up import AT_ONCE
from lobby_service.logic.permutation import place_of
from shared.settings import Settings
from tests.integration.lobby import calls
from tests.integration.lobby.deployed import Deployed
from tests.integration.lobby.doors import gathering, opened, people


def test_who_joins_waits_and_has_no_place_before_the_doors_open(lobby: Deployed) -> None:
    gathering(lobby)
    assert lobby.join("alice")["state"] == "waiting"
    lobby.number("alice")
    standing = lobby.look("alice")
    assert (standing["number"], standing["early"], standing["place"]) == (1, True, None)


def test_early_people_are_let_in_as_the_published_seed_says(lobby: Deployed) -> None:
    users = people(30)
    opened(lobby, *users)
    serving = lobby.serving()
    places = {u: 1 + place_of(n, serving["early"], serving["seed"]) for n, u in enumerate(users)}
    seats: list[str] = []
    while lobby.room.admits[-1].waiting or len(seats) < len(users):
        lobby.window()
        seats += [it for it in lobby.room.taken if it not in seats]
        lobby.room.taken = dict.fromkeys(lobby.room.taken, lobby.clock.now_ms)
        lobby.clock.advance(1_000)
    assert [places[it] for it in seats] == list(range(1, 31))


def test_a_person_hears_their_place_as_everyone_can_compute_it(lobby: Deployed) -> None:
    users = people(8)
    opened(lobby, *users)
    lobby.room.seats = 0
    serving = lobby.serving()
    for user_id in set(users) - set(lobby.room.taken):
        heard = lobby.look(user_id)
        place = 1 + place_of(heard["number"] - 1, serving["early"], serving["seed"])
        assert (heard["place"], heard["ahead"]) == (place, place - serving["served"] - 1)


def test_late_people_come_behind_the_early_ones_in_their_order(lobby: Deployed) -> None:
    opened(lobby, *people(5))
    lobby.stand("late-1", "late-2")
    assert [lobby.look(it)["place"] for it in ("late-1", "late-2")] == [6, 7]


def test_more_people_than_a_transaction_takes_get_numbers_without_gaps(lobby: Deployed) -> None:
    users = people(2 * AT_ONCE + 5)
    gathering(lobby)
    for user_id in users:
        lobby.join(user_id)
    lobby.number(*users)
    assert sorted(lobby.look(it)["number"] for it in users) == list(range(1, len(users) + 1))


def test_records_that_come_again_in_other_groups_change_nothing(lobby: Deployed) -> None:
    gathering(lobby)
    for user_id in ("alice", "bob", "carol"):
        lobby.join(user_id)
    records = [lobby.record(it, n) for n, it in enumerate(("alice", "bob", "carol"))]
    for some in ([records[0]], records, records[1:], records[::-1]):
        assert calls.number(some) == []
    assert sorted(lobby.look(it)["number"] for it in ("alice", "bob", "carol")) == [1, 2, 3]


def test_joining_twice_is_one_place(lobby: Deployed) -> None:
    opened(lobby)
    lobby.stand("alice", "alice")
    assert lobby.serving()["waiting"] == 1


def test_who_has_no_number_after_a_minute_gets_one_by_looking(lobby: Deployed) -> None:
    opened(lobby)
    lobby.join("alice")
    before = lobby.record("alice")
    lobby.clock.advance(61_000)
    lobby.look("alice")
    assert lobby.record("alice") != before
    lobby.number("alice")
    assert lobby.look("alice")["number"] == 1


def test_what_serves_everyone_may_be_kept_for_a_second(lobby: Deployed) -> None:
    gathering(lobby)
    heard = lobby.serving()
    assert (heard["http"], heard["cache"]) == (200, "public, max-age=1")
    assert (heard["status"], heard["seed"], heard["early"]) == ("gathering", None, None)


def test_everyone_may_know_until_when_people_have_numbers(lobby: Deployed) -> None:
    gathering(lobby)
    joined = {}
    for user_id in ("alice", "bob"):
        joined[user_id] = lobby.join(user_id)["joined_at_ms"]
        lobby.clock.advance(1)
    assert lobby.serving()["numbered_until_ms"] == 0
    lobby.number("bob")
    assert lobby.serving()["numbered_until_ms"] == joined["bob"]
    lobby.number("alice")  # from a shard that is late
    assert lobby.serving()["numbered_until_ms"] == joined["bob"] > joined["alice"]


def test_everyone_may_know_how_long_a_seat_is_kept(lobby: Deployed) -> None:
    gathering(lobby)
    lobby.container.settings = lambda: Settings(seat_claim_ms=90_000)
    assert lobby.serving()["seat_claim_ms"] == 90_000
