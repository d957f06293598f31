"""A line from its doors to its end, by the real handlers on real tables."""

from __future__ import annotations

import json

import pytest

from lobby_service.handlers import join_line
from lobby_service.logic.line import SETTLING_MS
from lobby_service.logic.line_up import AT_ONCE
from lobby_service.logic.permutation import place_of
from shared.lobby import AdmitMore, CloseLine, OpenLine, PauseLine, ResumeLine, SetPace, ShowLine
from shared.settings import Settings
from tests.integration.lobby.deployed import AUCTION, Deployed

DOORS_IN_MS = 60_000


def gathering(lobby: Deployed) -> None:
    """A line whose doors open in a minute."""
    doors_at_ms = lobby.clock.now_ms + DOORS_IN_MS
    assert "reply" in lobby.order(OpenLine(doors_at_ms=doors_at_ms, pace_per_minute=60_000))


def opened(lobby: Deployed, *early: str) -> None:
    """A line whose doors are open; who was there before has a number."""
    gathering(lobby)
    for user_id in early:
        lobby.join(user_id)
    if early:
        lobby.number(*early)
    lobby.clock.advance(DOORS_IN_MS + SETTLING_MS)
    assert lobby.window() == []
    lobby.clock.advance(1_000)


def people(many: int) -> list[str]:
    return [f"user-{n:03}" for n in range(many)]


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
    lobby.join("late-1")
    lobby.number("late-1")
    lobby.join("late-2")
    lobby.number("late-2")
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
        assert lobby.line_up(some) == []
    assert sorted(lobby.look(it)["number"] for it in ("alice", "bob", "carol")) == [1, 2, 3]


def test_joining_twice_is_one_place(lobby: Deployed) -> None:
    opened(lobby)
    for _ in range(2):
        lobby.join("alice")
        lobby.number("alice")
    assert lobby.serving()["waiting"] == 1


def test_who_is_admitted_gets_a_ticket_whenever_they_look(lobby: Deployed) -> None:
    opened(lobby, "alice")
    lobby.window()
    for heard in (lobby.look("alice"), lobby.join("alice")):
        assert (heard["state"], heard["ticket"]) == ("admitted", "ticket-of-alice")
        assert heard["cache"] == "no-store"


def test_a_seat_that_nobody_claims_goes_to_the_next_in_line(lobby: Deployed) -> None:
    lobby.room.seats = 1
    opened(lobby)
    for user_id in ("alice", "bob"):
        lobby.join(user_id)
        lobby.number(user_id)
    lobby.window()
    assert lobby.look("bob")["ahead"] == 0
    lobby.clock.advance(61_000)
    lobby.window()
    assert (lobby.look("alice")["state"], lobby.look("bob")["state"]) == ("expired", "admitted")


def test_who_expired_may_stand_at_the_end_again(lobby: Deployed) -> None:
    lobby.room.seats = 1
    opened(lobby)
    lobby.join("alice")
    lobby.number("alice")
    lobby.window()
    lobby.room.taken.clear()
    assert lobby.look("alice")["state"] == "expired"
    assert lobby.join("alice")["state"] == "waiting"
    lobby.number("alice")
    assert lobby.look("alice")["place"] == 2


def test_who_left_is_passed_over(lobby: Deployed) -> None:
    opened(lobby)
    for user_id in ("alice", "bob"):
        lobby.join(user_id)
        lobby.number(user_id)
    assert lobby.leave("alice")["state"] == "left"
    lobby.window()
    assert list(lobby.room.taken) == ["bob"]
    assert lobby.serving()["waiting"] == 0


def test_a_paused_line_lets_in_only_whom_the_operator_lets_in(lobby: Deployed) -> None:
    opened(lobby)
    for user_id in ("alice", "bob"):
        lobby.join(user_id)
        lobby.number(user_id)
    lobby.order(PauseLine())
    lobby.window()
    assert lobby.room.taken == {}
    lobby.order(AdmitMore(people=1))
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
    assert [it.waiting for it in lobby.room.admits] == [1, 1]
    lobby.clock.advance(DOORS_IN_MS + SETTLING_MS)
    lobby.window()
    assert lobby.room.admits[-1].waiting == 0


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


def test_a_minute_has_twelve_windows_for_a_line_in_which_somebody_waits(lobby: Deployed) -> None:
    lobby.room.seats = 0
    opened(lobby, "alice")
    before = lobby.depth("win")
    lobby.keep_going()
    assert lobby.depth("win") - before == 12
    lobby.order(CloseLine())
    lobby.keep_going()
    assert lobby.depth("win") - before == 12


def test_a_line_without_people_costs_no_windows(lobby: Deployed) -> None:
    opened(lobby)
    before = lobby.depth("win")
    lobby.keep_going()
    assert lobby.depth("win") == before


def test_doors_that_are_to_open_in_the_next_minute_have_windows(lobby: Deployed) -> None:
    gathering(lobby)
    before = lobby.depth("win")
    lobby.keep_going()
    assert lobby.depth("win") - before == 12


def test_an_order_has_windows_at_once(lobby: Deployed) -> None:
    gathering(lobby)
    before = lobby.depth("win")
    for order, windows in ((PauseLine(), 12), (ResumeLine(), 24), (ShowLine(), 24)):
        lobby.order(order)
        assert lobby.depth("win") - before == windows


# bad input


def test_an_auction_without_a_line_is_not_found(lobby: Deployed) -> None:
    for heard in (
        lobby.join("alice", auction_id="elsewhere"),
        lobby.look("alice", auction_id="elsewhere"),
        lobby.leave("alice", auction_id="elsewhere"),
        lobby.serving(auction_id="elsewhere"),
        lobby.join("alice", auction_id="no where/" + "x" * 500),
    ):
        assert (heard["http"], heard["code"]) == (404, "not_found")
        assert heard["cache"] == "no-store"
    assert lobby.dynamodb.scan(TableName="waiters")["Count"] == 0


def test_before_people_may_gather_nobody_joins(lobby: Deployed) -> None:
    at_ms = lobby.clock.now_ms + 10_000
    lobby.order(OpenLine(gather_at_ms=at_ms, doors_at_ms=at_ms))
    heard = lobby.join("alice")
    assert (heard["http"], heard["code"]) == (409, "lobby_not_open")
    assert lobby.dynamodb.scan(TableName="waiters")["Count"] == 0


def test_after_it_is_closed_nobody_joins_and_nobody_is_let_in(lobby: Deployed) -> None:
    opened(lobby)
    lobby.join("alice")
    lobby.number("alice")
    lobby.order(CloseLine())
    lobby.clock.advance(1_000)
    for heard in (lobby.join("bob"), lobby.look("alice")):
        assert (heard["http"], heard["code"]) == (410, "lobby_closed")
    lobby.window()
    assert lobby.room.taken == {}
    assert not lobby.room.is_public


@pytest.mark.parametrize("body", ['{"place":1}', '{"number":1,"name":"Eve"}', "[]", "{", "1"])
def test_a_position_of_ones_own_choice_is_refused(lobby: Deployed, body: str) -> None:
    gathering(lobby)
    heard = lobby.join("eve", body=body)
    assert (heard["http"], heard["code"]) in (
        (400, "invalid_message"),
        (400, "malformed_message"),
    )
    assert lobby.dynamodb.scan(TableName="waiters")["Count"] == 0


def test_an_empty_object_says_nothing_and_is_taken(lobby: Deployed) -> None:
    gathering(lobby)
    assert lobby.join("alice", body="{}")["http"] == 200


def test_who_is_not_signed_in_has_no_place(lobby: Deployed) -> None:
    gathering(lobby)
    event = lobby.request(None)
    del event["requestContext"]["authorizer"]
    answered = join_line.handler(event, None)
    assert answered["statusCode"] == 401
    assert json.loads(answered["body"])["code"] == "unauthenticated"


def test_an_order_for_an_auction_without_a_line_is_refused(lobby: Deployed) -> None:
    for order in (ShowLine(), PauseLine(), SetPace(per_minute=5), AdmitMore(1), CloseLine()):
        assert lobby.order(order)["error"]["code"] == "not_found"
    assert lobby.dynamodb.scan(TableName="lines")["Count"] == 0


def test_the_doors_cannot_open_before_people_gather(lobby: Deployed) -> None:
    said = lobby.order(OpenLine(gather_at_ms=lobby.clock.now_ms, doors_at_ms=5))
    assert said["error"]["code"] == "invalid_message"
    assert lobby.dynamodb.scan(TableName="lines")["Count"] == 0


def test_doors_that_are_open_stay_as_they_were(lobby: Deployed) -> None:
    opened(lobby, "alice")
    before = lobby.serving()
    said = lobby.order(OpenLine(doors_at_ms=lobby.clock.now_ms + 1_000))
    assert "error" in said
    assert lobby.serving()["doors_at_ms"] == before["doors_at_ms"]


def test_a_closed_line_that_is_opened_again_goes_on_where_it_was(lobby: Deployed) -> None:
    opened(lobby)
    lobby.join("alice")
    lobby.number("alice")
    lobby.order(CloseLine())
    lobby.order(OpenLine())
    lobby.clock.advance(1_000)
    lobby.window()
    assert lobby.look("alice")["state"] == "admitted"


# poison


def test_a_record_that_is_no_waiter_is_set_aside_and_the_others_are_numbered(
    lobby: Deployed,
) -> None:
    gathering(lobby)
    lobby.join("alice")
    nonsense = {"dynamodb": {"SequenceNumber": "7", "NewImage": {"state": {"L": []}}}}
    odd = {"dynamodb": {"SequenceNumber": "8", "NewImage": {"state": {"S": "waiting"}}}}
    assert lobby.line_up([nonsense, lobby.record("alice"), odd, {"dynamodb": None}]) == []
    aside = lobby.messages("aside")
    assert len(aside) == 3
    assert all(it["reason"].startswith("not a waiter: ") for it in aside)
    assert json.loads(aside[0]["payload"]) == nonsense
    assert lobby.look("alice")["number"] == 1


def test_a_message_that_is_no_window_is_set_aside_and_the_others_work(lobby: Deployed) -> None:
    opened(lobby)
    lobby.join("alice")
    lobby.number("alice")
    window = json.dumps({"type": "window_due", "auction_id": AUCTION})
    assert lobby.window("{", "[]", '{"type":"other"}', window) == []
    assert [it["payload"] for it in lobby.messages("aside")] == ["{", "[]", '{"type":"other"}']
    assert lobby.look("alice")["state"] == "admitted"


def test_a_window_that_fails_comes_again_and_the_others_work(lobby: Deployed) -> None:
    opened(lobby)
    lobby.join("alice")
    lobby.number("alice")
    lobby.room.fails = True
    other = json.dumps({"type": "window_due", "auction_id": "without-a-line"})
    this = json.dumps({"type": "window_due", "auction_id": AUCTION})
    assert lobby.window(other, this) == ["m-1"]
    lobby.room.fails = False
    assert lobby.window() == []
    assert lobby.look("alice")["state"] == "admitted"


def test_a_person_whom_the_room_refuses_is_set_aside_and_the_line_goes_on(
    lobby: Deployed,
) -> None:
    opened(lobby)
    for user_id in ("alice", "eve", "bob"):
        lobby.join(user_id)
        lobby.number(user_id)
    lobby.room.refuses = {"eve"}
    assert lobby.window() == []
    states = [lobby.look(it)["state"] for it in ("alice", "eve", "bob")]
    assert states == ["admitted", "expired", "admitted"]
    [aside] = lobby.messages("aside")
    assert "this user cannot be seated" in aside["reason"]


def test_a_waiter_that_cannot_be_read_is_passed_over(lobby: Deployed) -> None:
    opened(lobby)
    for user_id in ("alice", "bob"):
        lobby.join(user_id)
        lobby.number(user_id)
    key = {"id": {"S": f"{AUCTION}#alice"}}
    broken = {"turn": {"S": "many"}, "user_id": {"S": "alice"}}
    lobby.dynamodb.put_item(TableName="waiters", Item=key | broken)
    assert lobby.window() == []
    assert list(lobby.room.taken) == ["bob"]


def test_who_has_no_number_after_a_minute_gets_one_by_looking(lobby: Deployed) -> None:
    opened(lobby)
    lobby.join("alice")
    before = lobby.record("alice")
    lobby.clock.advance(61_000)
    lobby.look("alice")
    assert lobby.record("alice") != before
    lobby.number("alice")
    assert lobby.look("alice")["number"] == 1


def test_a_batch_that_cannot_be_numbered_comes_again(
    lobby: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering(lobby)
    lobby.join("alice")
    record = lobby.record("alice", 5)
    monkeypatch.setattr(lobby.container.numbers, "_table", "no-such-table")
    assert lobby.line_up([record]) == ["5"]
    monkeypatch.setattr(lobby.container.numbers, "_table", "numbers")
    assert lobby.line_up([record]) == []


def test_a_line_that_cannot_be_read_does_not_stop_the_others(lobby: Deployed) -> None:
    gathering(lobby)
    lobby.join("alice")
    broken = {"auction_id": {"S": "broken"}, "paused": {"L": []}}
    lobby.dynamodb.put_item(TableName="lines", Item=broken)
    record = lobby.record("alice", 2)
    image = record["dynamodb"]["NewImage"] | {"auction_id": {"S": "broken"}}
    other = {"dynamodb": {"SequenceNumber": "1", "NewImage": image}}
    assert lobby.line_up([other, record]) == ["1"]
    assert lobby.look("alice")["number"] == 1
    before = lobby.depth("win")
    lobby.keep_going()
    assert lobby.depth("win") - before == 12
