from typing import Any

import pytest
from sqlalchemy import update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.auctions import SqlAuctions
from shared.bridge import FindMember, OpenAuctionRequest
from shared.errors import NotFound
from shared.limits import MAX_MEMBERS
from tests.integration.rds_bridge.api.http import (
    ADMIN,
    BIDDER,
    COMMISSIONER,
    NUMBERS,
    SPECTATOR,
    Api,
    Response,
    event,
)

LEAVE = "DELETE /leagues/{league_id}/membership"
REMOVE = "DELETE /leagues/{league_id}/members/{number}"
BUDGET = "PUT /leagues/{league_id}/members/{number}/budget"


def remove(api: Api, league_id: str, user: str) -> Response:
    return api.ask(REMOVE, COMMISSIONER, league_id=league_id, number=NUMBERS[user])


def member(api: Api, league_id: str, number: int, user: str = COMMISSIONER) -> Any:
    route = "GET /leagues/{league_id}/members/{number}"
    return api.ask(route, user, league_id=league_id, number=number).body


def set_status(api: Api, league_id: str, status: str) -> None:
    with api.engine.begin() as connection:
        auction = t.auction.c.league_id == league_id
        connection.execute(update(t.auction).where(auction).values(status=status))


def test_who_joins_is_a_bidder_with_the_next_number(api: Api) -> None:
    league_id = api.league()
    joined = api.join(api.invite(league_id), "newcomer").body
    assert (joined["number"], joined["role"], joined["status"]) == (1, "bidder", "active")


def test_joining_again_changes_nothing(api: Api, league_id: str) -> None:
    code = api.invite(league_id)
    first, again = api.join(code, ADMIN), api.join(code, ADMIN)
    assert first == again
    assert first.body["role"] == "admin"


@pytest.mark.parametrize("revoke", [True, False])
def test_an_invitation_that_was_revoked_or_renewed_lets_nobody_in(
    api: Api, league_id: str, revoke: bool
) -> None:
    code = api.invite(league_id)
    if revoke:
        api.ask("DELETE /leagues/{league_id}/invite", ADMIN, league_id=league_id)
    else:
        api.invite(league_id)
    assert api.join(code, "newcomer").status == 404


def test_codes_are_not_the_same(api: Api, league_id: str) -> None:
    assert len({api.invite(league_id) for _ in range(20)}) == 20


def test_a_user_without_a_verified_address_cannot_join(api: Api, league_id: str) -> None:
    body = {"code": api.invite(league_id), "member_name": "Newcomer"}
    asked = event("POST /memberships", "newcomer", body=body)
    asked["requestContext"]["authorizer"]["jwt"]["claims"]["email_verified"] = "false"
    answer = api.send(asked)
    assert (answer.status, answer.body["code"]) == (403, "forbidden")


def test_two_users_with_one_address_are_not_both_members(api: Api, league_id: str) -> None:
    body = {"code": api.invite(league_id), "member_name": "Newcomer"}
    asked = event("POST /memberships", "newcomer", body=body)
    asked["requestContext"]["authorizer"]["jwt"]["claims"]["email"] = f"{BIDDER}@EXAMPLE.com"
    answer = api.send(asked)
    assert (answer.status, answer.body["code"]) == (409, "already_member")


def test_a_full_league_takes_nobody(api: Api, league_id: str) -> None:
    with api.engine.begin() as connection:
        last = t.member.c.number == NUMBERS[SPECTATOR]
        connection.execute(update(t.member).where(last).values(number=MAX_MEMBERS - 1))
    answer = api.join(api.invite(league_id), "newcomer")
    assert (answer.status, answer.body["code"]) == (409, "league_full")


def test_nobody_joins_a_league_whose_auction_is_over(api: Api, league_id: str) -> None:
    set_status(api, league_id, "closed")
    answer = api.join(api.invite(league_id), "newcomer")
    assert (answer.status, answer.body["code"]) == (409, "auction_closed")


def test_who_has_left_is_kept_with_the_number(api: Api, league_id: str) -> None:
    assert api.ask(LEAVE, BIDDER, league_id=league_id).status == 204
    assert member(api, league_id, NUMBERS[BIDDER])["status"] == "left"


def test_who_has_left_may_come_back_as_the_same_member_and_a_bidder(
    api: Api, league_id: str
) -> None:
    api.ask(LEAVE, ADMIN, league_id=league_id)
    back = api.join(api.invite(league_id), ADMIN).body
    assert (back["number"], back["role"], back["status"]) == (1, "bidder", "active")


def test_nobody_comes_back_to_a_league_whose_auction_is_over(api: Api, league_id: str) -> None:
    code = api.invite(league_id)
    api.ask(LEAVE, BIDDER, league_id=league_id)
    set_status(api, league_id, "closed")
    answer = api.join(code, BIDDER)
    assert (answer.status, answer.body["code"]) == (409, "auction_closed")
    assert member(api, league_id, NUMBERS[BIDDER])["status"] == "left"


def test_no_budget_is_changed_once_the_auction_is_over(api: Api, league_id: str) -> None:
    set_status(api, league_id, "closed")
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    headers = api.if_match(league_id, NUMBERS[BIDDER])
    answer = api.ask(BUDGET, ADMIN, **path, body={"budget_cents": 5_00}, headers=headers)
    assert (answer.status, answer.body["code"]) == (409, "auction_closed")
    assert member(api, league_id, NUMBERS[BIDDER])["budget_cents"] is None


def test_who_was_removed_cannot_join_again(api: Api, league_id: str) -> None:
    remove(api, league_id, BIDDER)
    assert api.join(api.invite(league_id), BIDDER).status == 403


def test_who_was_removed_is_let_in_again_with_a_role(api: Api, league_id: str) -> None:
    remove(api, league_id, BIDDER)
    assert api.change_role(league_id, NUMBERS[BIDDER], "bidder").status == 200
    assert api.ask("GET /leagues/{league_id}", BIDDER, league_id=league_id).status == 200


def test_removing_again_is_done_already(api: Api, league_id: str) -> None:
    assert [remove(api, league_id, BIDDER).status for _ in range(2)] == [204, 204]


def test_the_commissioner_stays_one(api: Api, league_id: str) -> None:
    answers = [
        api.ask(LEAVE, COMMISSIONER, league_id=league_id),
        api.ask(REMOVE, ADMIN, league_id=league_id, number=0),
        api.change_role(league_id, 0, "bidder"),
    ]
    assert [it.status for it in answers] == [409] * 3
    assert {it.body["code"] for it in answers} == {"commissioner_needed"}


def test_a_league_is_handed_over(api: Api, league_id: str) -> None:
    assert api.change_role(league_id, NUMBERS[BIDDER], "commissioner").status == 200
    roles = [member(api, league_id, number)["role"] for number in (0, NUMBERS[BIDDER])]
    assert roles == ["admin", "commissioner"]


def test_a_role_is_changed_from_the_version_that_was_read(api: Api, league_id: str) -> None:
    headers = api.if_match(league_id, NUMBERS[BIDDER])
    api.change_role(league_id, NUMBERS[BIDDER], "spectator")
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    route = "PUT /leagues/{league_id}/members/{number}/role"
    answer = api.ask(route, COMMISSIONER, **path, body={"role": "admin"}, headers=headers)
    assert answer.status == 412


def test_a_budget_is_set_and_taken_back(api: Api, league_id: str) -> None:
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    for cents in (40_00, None):
        headers = api.if_match(league_id, NUMBERS[BIDDER])
        body = {"budget_cents": cents}
        assert api.ask(BUDGET, ADMIN, **path, body=body, headers=headers).status == 200
        assert member(api, league_id, NUMBERS[BIDDER])["budget_cents"] == cents


@pytest.mark.parametrize(
    ("user", "seen"), [(COMMISSIONER, True), (ADMIN, True), (BIDDER, True), (SPECTATOR, False)]
)
def test_addresses_are_for_managers_and_oneself(
    api: Api, league_id: str, user: str, seen: bool
) -> None:
    told = member(api, league_id, NUMBERS[BIDDER], user)
    assert told["email"] == (f"{BIDDER}@example.com" if seen else None)


# what the live auction hears


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        (lambda api, it: api.join(api.invite(it), "newcomer"), ["newcomer"]),
        (lambda api, it: api.ask(LEAVE, BIDDER, league_id=it), [BIDDER]),
        (lambda api, it: remove(api, it, BIDDER), [BIDDER]),
        (lambda api, it: api.change_role(it, NUMBERS[BIDDER], "admin"), [BIDDER]),
        (
            lambda api, it: api.change_role(it, NUMBERS[BIDDER], "commissioner"),
            [BIDDER, COMMISSIONER],
        ),
    ],
    ids=["join", "leave", "remove", "role", "hand over"],
)
def test_the_live_auction_hears_of_a_changed_member(
    api: Api, league_id: str, change: Any, noticed: list[str]
) -> None:
    assert change(api, league_id).status < 300
    auction_id = api.auction_id(league_id)
    assert api.noticed() == [(auction_id, user) for user in noticed]


def test_the_live_auction_hears_of_who_comes_back(api: Api, league_id: str) -> None:
    api.ask(LEAVE, BIDDER, league_id=league_id)
    api.forget_notices()
    api.join(api.invite(league_id), BIDDER)
    assert api.noticed() == [(api.auction_id(league_id), BIDDER)]


@pytest.mark.parametrize(("status", "notices"), [("planned", 0), ("open", 1)])
def test_an_auction_that_is_open_hears_of_a_budget(
    api: Api, league_id: str, status: str, notices: int
) -> None:
    set_status(api, league_id, status)
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    headers = api.if_match(league_id, NUMBERS[BIDDER])
    answer = api.ask(BUDGET, ADMIN, **path, body={"budget_cents": 5_00}, headers=headers)
    assert answer.status == 200
    assert api.noticed() == [(api.auction_id(league_id), "")] * notices


def test_who_was_removed_is_not_found_for_a_ticket(api: Api, league_id: str) -> None:
    auctions, auction_id = SqlAuctions(api.engine), api.auction_id(league_id)
    assert auctions.find_member(FindMember(auction_id, BIDDER)).number == NUMBERS[BIDDER]
    remove(api, league_id, BIDDER)
    with pytest.raises(NotFound):
        auctions.find_member(FindMember(auction_id, BIDDER))


def test_the_live_auction_can_ask_for_who_was_removed(api: Api, league_id: str) -> None:
    auctions, asked = SqlAuctions(api.engine), FindMember(api.auction_id(league_id), BIDDER, True)
    before = auctions.find_member(asked)
    remove(api, league_id, BIDDER)
    after = auctions.find_member(asked)
    assert (before.active, after.active) == (True, False)
    assert after.version == before.version + 1
    with pytest.raises(NotFound):
        auctions.find_member(FindMember(asked.auction_id, "stranger", True))


def test_who_was_removed_is_not_in_an_auction_that_is_opened_later(
    api: Api, league_id: str
) -> None:
    remove(api, league_id, BIDDER)
    opened = SqlAuctions(api.engine).open(OpenAuctionRequest(api.auction_id(league_id)))
    assert [it.number for it in opened.members] == [0, 1, 3]
    assert [(it.number, it.active) for it in opened.former] == [(NUMBERS[BIDDER], False)]


@pytest.mark.parametrize(
    "change",
    [
        lambda api, it: api.join(api.invite(it), "newcomer"),
        lambda api, it: remove(api, it, BIDDER),
        lambda api, it: api.change_role(it, NUMBERS[BIDDER], "admin"),
        lambda api, it: api.put(it, "/rules", {"clock_ms": 9_000}),
        lambda api, it: api.ask(
            BUDGET,
            ADMIN,
            league_id=it,
            number=NUMBERS[BIDDER],
            body={"budget_cents": 5_00},
            headers=api.if_match(it, NUMBERS[BIDDER]),
        ),
    ],
    ids=["join", "remove", "role", "rules", "budget"],
)
def test_every_change_is_a_newer_word_for_the_live_auction(
    api: Api, league_id: str, change: Any
) -> None:
    auctions, asked = SqlAuctions(api.engine), OpenAuctionRequest(api.auction_id(league_id))
    before = auctions.open(asked).version
    assert change(api, league_id).status < 300
    assert auctions.open(asked).version > before
