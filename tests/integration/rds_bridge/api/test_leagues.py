from typing import Any

import pytest
from sqlalchemy import update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.auctions import SqlAuctions
from shared.bridge import OpenAuctionRequest
from tests.integration.rds_bridge.api.http import (
    ADMIN,
    COMMISSIONER,
    TOURNAMENT,
    Api,
)
from tests.integration.rds_bridge.league import counts
from tests.unit.rds_bridge.files import TEAMS

LEAGUE = "/leagues/{league_id}"
BIGGER = "region,seed,team,play_in\n" + "".join(
    f"{region},{seed},{region} {seed},no\n"
    for region in ("East", "West", "North", "South")
    for seed in (1, 2)
)
RESULTS = "round,winner,winner_score,loser,loser_score\nFirst Four,Deltas,70,Epsilons,60\n"


def read(api: Api, league_id: str, what: str) -> Any:
    return api.ask(f"GET {LEAGUE}{what}", ADMIN, league_id=league_id).body


def set_status(api: Api, league_id: str, status: str) -> None:
    with api.engine.begin() as connection:
        auction = t.auction.c.league_id == league_id
        connection.execute(update(t.auction).where(auction).values(status=status))


# the league


def test_a_new_league_has_a_commissioner_and_an_auction_to_be_held(api: Api) -> None:
    told = api.ask(f"GET {LEAGUE}", COMMISSIONER, league_id=api.league()).body
    assert (told["name"], told["role"], told["number"]) == ("Lïga", "commissioner", 0)
    assert (told["auction_status"], told["tournament_name"]) == ("planned", "Tournament")


def test_another_name_is_also_the_auctions_title(api: Api, league_id: str) -> None:
    headers = api.if_match(league_id)
    change = {"league_id": league_id, "body": {"name": "Other"}, "headers": headers}
    assert api.ask(f"PATCH {LEAGUE}", ADMIN, **change).body["name"] == "Other"
    opened = SqlAuctions(api.engine).open(OpenAuctionRequest(api.auction_id(league_id)))
    assert opened.title == "Other"


def test_nothing_of_a_deleted_league_is_left(api: Api) -> None:
    before = counts(api.engine)
    league_id = api.staffed()
    api.put(league_id, "/results", {"results_csv": RESULTS})
    headers = api.if_match(league_id)
    gone = api.ask(f"DELETE {LEAGUE}", COMMISSIONER, league_id=league_id, headers=headers)
    assert gone.status == 204
    api.forget_notices()
    assert counts(api.engine) == before


def test_the_sockets_of_everyone_in_a_deleted_league_are_noticed(api: Api, league_id: str) -> None:
    auction_id, headers = api.auction_id(league_id), api.if_match(league_id)
    api.ask(f"DELETE {LEAGUE}", COMMISSIONER, league_id=league_id, headers=headers)
    assert {auction for auction, _ in api.noticed()} == {auction_id}
    assert len(api.noticed()) == 4


def test_other_leagues_stay_when_one_is_deleted(api: Api, league_id: str) -> None:
    other = api.staffed("other")
    headers = api.if_match(league_id)
    api.ask(f"DELETE {LEAGUE}", COMMISSIONER, league_id=league_id, headers=headers)
    assert len(read(api, other, "/lots")["lots"]) == 3


# what is fixed once the auction has been opened


@pytest.mark.parametrize("status", ["open", "closed"])
@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("/tournament", TOURNAMENT),
        ("/lots", {"lots": [{"slot_ids": [f"S00{n}"]} for n in (1, 2, 3, 4)]}),
        ("/settlement-rules", {}),
    ],
)
def test_what_was_bid_on_stays_as_it_was(
    api: Api, league_id: str, what: str, body: object, status: str
) -> None:
    set_status(api, league_id, status)
    before = read(api, league_id, what)
    answer = api.put(league_id, what, body)
    assert (answer.status, answer.body["code"]) == (409, "auction_already_open")
    assert read(api, league_id, what) == before


def test_an_auction_that_was_opened_cannot_be_deleted(api: Api, league_id: str) -> None:
    set_status(api, league_id, "open")
    headers = api.if_match(league_id)
    answer = api.ask(f"DELETE {LEAGUE}", COMMISSIONER, league_id=league_id, headers=headers)
    assert answer.status == 409


# tournament and lots


def test_a_file_is_previewed_with_all_its_problems(api: Api) -> None:
    file = TOURNAMENT | {"teams_csv": TEAMS.replace("West,1", "West,x")}
    told = api.ask("POST /tournament-previews", "anyone", body=file).body
    assert told["problems"]
    assert {it["line"] for it in told["problems"]} == {4}


def test_a_preview_says_what_would_be_made(api: Api) -> None:
    told = api.ask("POST /tournament-previews", "anyone", body=TOURNAMENT).body
    assert told == {"teams": 5, "slots": 4, "lots": 3, "problems": []}


def test_another_tournament_is_sold_in_lots_of_its_own(api: Api, league_id: str) -> None:
    body = {"name": "Other", "teams_csv": BIGGER, "bundled_seeds": [2]}
    assert api.put(league_id, "/tournament", body).status == 200
    tournament = read(api, league_id, "/tournament")
    assert (tournament["name"], len(tournament["slots"])) == ("Other", 8)
    assert len(read(api, league_id, "/lots")["lots"]) == 5


def test_payouts_by_default_fit_the_other_tournament(api: Api, league_id: str) -> None:
    before = {it["round"] for it in read(api, league_id, "/settlement-rules")["payouts"]}
    api.put(league_id, "/tournament", {"name": "Other", "teams_csv": BIGGER})
    after = {it["round"] for it in read(api, league_id, "/settlement-rules")["payouts"]}
    assert after - before == {"Elite 8"}


def test_payouts_that_do_not_fit_keep_the_tournament_as_it_is(api: Api, league_id: str) -> None:
    payouts = [{"name": "Last", "round": "Championship", "basis_points": 10_000}]
    api.put(league_id, "/settlement-rules", {"payouts": payouts})
    before = read(api, league_id, "/tournament")
    only = "region,seed,team,play_in\nEast,1,Alphas,no\n"
    answer = api.put(league_id, "/tournament", {"name": "Other", "teams_csv": only})
    assert answer.status == 400
    assert read(api, league_id, "/tournament") == before


def test_lots_are_put_in_another_order_and_bundled(api: Api, league_id: str) -> None:
    layout = [{"slot_ids": ["S003"]}, {"slot_ids": ["S001", "S004"], "name": "Two of them"},
              {"slot_ids": ["S002"]}]  # fmt: skip
    assert api.put(league_id, "/lots", {"lots": layout}).status == 200
    lots = read(api, league_id, "/lots")["lots"]
    assert [(it["lot_id"], it["name"]) for it in lots] == [
        ("L01", "West 1 Gammas"),
        ("L02", "Two of them"),
        ("L03", "East 2 Betas"),
    ]


def test_an_auction_is_opened_with_the_lots_as_arranged(api: Api, league_id: str) -> None:
    api.put(league_id, "/lots", {"lots": [{"slot_ids": [f"S00{n}"]} for n in (4, 3, 2, 1)]})
    opened = SqlAuctions(api.engine).open(OpenAuctionRequest(api.auction_id(league_id)))
    assert [lot.slots[0].slot_id for lot in opened.lots] == ["S004", "S003", "S002", "S001"]


# rules


def test_rules_are_kept_as_they_were_said(api: Api, league_id: str) -> None:
    rules = {
        "bid_rules": [
            {"from_cents": 0, "increment_cents": 100},
            {"from_cents": 1_000, "increment_cents": 500},
        ],
        "clock_ms": 20_000,
        "extension_ms": None,
        "budget_cents": 100_00,
    }
    assert api.put(league_id, "/rules", rules, ADMIN).body == rules
    assert read(api, league_id, "/rules") == rules


@pytest.mark.parametrize("starts", [[100], [0, 0], [0, 200, 100], [*range(51)]])
def test_bid_rules_that_no_auction_could_have_are_refused(
    api: Api, league_id: str, starts: list[int]
) -> None:
    tiers = [{"from_cents": start, "increment_cents": 100} for start in starts]
    answer = api.put(league_id, "/rules", {"bid_rules": tiers})
    assert (answer.status, answer.body["field"]) == (400, "$.bid_rules")


@pytest.mark.parametrize(("status", "notices"), [("planned", 0), ("open", 1)])
def test_an_auction_that_is_open_hears_of_other_rules(
    api: Api, league_id: str, status: str, notices: int
) -> None:
    set_status(api, league_id, status)
    assert api.put(league_id, "/rules", {"clock_ms": 9_000}).status == 200
    assert api.noticed() == [(api.auction_id(league_id), "")] * notices


def test_the_rules_of_an_auction_that_is_over_stay(api: Api, league_id: str) -> None:
    set_status(api, league_id, "closed")
    answer = api.put(league_id, "/rules", {"clock_ms": 9_000})
    assert (answer.status, answer.body["code"]) == (409, "auction_closed")


def test_payouts_that_do_not_add_up_are_refused(api: Api, league_id: str) -> None:
    payouts = [{"name": "Last", "round": "Championship", "basis_points": 5_000}]
    answer = api.put(league_id, "/settlement-rules", {"payouts": payouts})
    assert (answer.status, answer.body["field"]) == (400, "$.payouts")
