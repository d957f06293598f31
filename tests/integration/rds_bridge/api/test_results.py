"""From the last game to everybody's account, over HTTP."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.adapters.settlement import SqlSettlements
from rds_bridge_service.logic.settlement.importing import import_results
from shared.events import AuctionClosed, LotSold
from shared.settlement import ImportResults
from tests.integration.rds_bridge.api.http import ADMIN, BIDDER, COMMISSIONER, NUMBERS, Api
from tests.integration.rds_bridge.league import entries

LEAGUE = "/leagues/{league_id}"
RESULTS = "round,winner,winner_score,loser,loser_score\nFirst Four,Deltas,70,Epsilons,60\n"
EXAMPLE = Path(__file__).parents[4] / "examples" / "ncaa-mens-2023"
CELL = ".//{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


def read(api: Api, league_id: str, what: str) -> Any:
    return api.ask(f"GET {LEAGUE}{what}", BIDDER, league_id=league_id).body


def sell(api: Api, league_id: str, *lots: tuple[str, int, int]) -> None:
    """The night: each lot with its owner and price."""
    sales = [LotSold(at_ms=1, lot_id=lot, owner=who, price_cents=price) for lot, who, price in lots]
    ledger = entries(api.auction_id(league_id), [*sales, AuctionClosed(at_ms=2)])
    SqlLedger(api.engine).append(ledger)


def test_results_that_were_imported_are_told(api: Api, league_id: str) -> None:
    assert api.put(league_id, "/results", {"results_csv": RESULTS}).body["games"] == 1
    [game] = read(api, league_id, "/results")["games"]
    assert (game["winner"], game["winner_score"]) == ("Deltas", 70)


def test_results_with_problems_are_refused_by_line(api: Api, league_id: str) -> None:
    answer = api.put(league_id, "/results", {"results_csv": RESULTS.replace("Deltas", "Nobody")})
    assert answer.status == 422
    assert [it["line"] for it in answer.body["problems"]] == [2]
    assert read(api, league_id, "/results")["games"] == []


def test_of_two_who_enter_results_the_second_reads_the_firsts_before(
    api: Api, league_id: str
) -> None:
    seen = api.ask(f"GET {LEAGUE}/results", ADMIN, league_id=league_id).etag
    change = {"league_id": league_id, "headers": {"if-match": seen}}
    route = f"PUT {LEAGUE}/results"
    first = api.ask(route, ADMIN, **change, body={"results_csv": RESULTS})
    second = api.ask(route, COMMISSIONER, **change, body={"results_csv": RESULTS, "awards": {}})
    assert (first.status, second.status) == (200, 412)
    assert first.etag == api.if_match(league_id)["if-match"] != seen


def test_what_the_operator_imports_is_a_new_version_too(api: Api, league_id: str) -> None:
    headers = api.if_match(league_id)
    request = ImportResults(api.auction_id(league_id), RESULTS)
    import_results(request, SqlSettlements(api.engine))
    change = {"league_id": league_id, "headers": headers, "body": {"results_csv": RESULTS}}
    assert api.ask(f"PUT {LEAGUE}/results", ADMIN, **change).status == 412


def test_a_settlement_names_everybody_who_may_bid(api: Api, league_id: str) -> None:
    told = read(api, league_id, "/settlement")
    assert {it["number"] for it in told["standings"]} == {0, 1, 2}
    assert "the auction is not closed" in told["pending"]


@pytest.mark.parametrize(("bought", "named"), [(("L01", 1, 5_00), True), (("L01", 2, 5_00), False)])
def test_who_was_removed_is_named_for_what_they_bought(
    api: Api, league_id: str, bought: tuple[str, int, int], named: bool
) -> None:
    sell(api, league_id, bought)
    path = {"league_id": league_id, "number": NUMBERS[ADMIN]}
    removed = api.ask(f"DELETE {LEAGUE}/members/{{number}}", COMMISSIONER, **path)
    assert removed.status == 204
    told = read(api, league_id, "/settlement")
    assert (NUMBERS[ADMIN] in {it["number"] for it in told["standings"]}) == named
    assert told["prize_pool_cents"] == 5_00
    assert sum(it["payout_cents"] for it in told["standings"]) == 5_00
    sales = read(api, league_id, "/sales")
    assert (NUMBERS[ADMIN] in {it["number"] for it in sales["members"]}) == named


# exports


def test_a_table_of_the_accounts_is_a_file(api: Api, league_id: str) -> None:
    answer = api.ask(f"GET {LEAGUE}/settlement.csv", BIDDER, league_id=league_id)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="settlement.csv"'
    header, *rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")))
    assert (header[0], header[-1]) == ("member", "net return")
    assert [it[0] for it in rows] == ["Commissioner", "admin", "bidder", "sum", "fee"]


def test_a_workbook_of_the_accounts_is_a_file(api: Api, league_id: str) -> None:
    sell(api, league_id, ("L01", 1, 12_34))
    answer = api.ask(f"GET {LEAGUE}/settlement.xlsx", BIDDER, league_id=league_id)
    assert answer.headers["content-disposition"] == 'attachment; filename="settlement.xlsx"'
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert "12.34" in ["".join(it.itertext()) for it in sheet.iterfind(CELL)]


def test_a_name_that_is_a_formula_is_a_text_in_the_table(api: Api, league_id: str) -> None:
    with api.engine.begin() as connection:
        evil = update(t.member).where(t.member.c.number == NUMBERS[BIDDER])
        connection.execute(evil.values(name='=cmd|"/C calc"!A0'))
    table = read(api, league_id, "/settlement.csv").decode("utf-8-sig")
    assert "'=cmd|" in table
    assert '"=' not in table


# the league of 2023


@pytest.fixture
def played(api: Api) -> str:
    """The example league after its night: made, joined and ruled over HTTP, its twelve bidders
    bought the lots in turn."""
    tournament = {
        "name": "2023",
        "teams_csv": (EXAMPLE / "teams.csv").read_text(),
        "bundled_seeds": [16],
    }
    made = api.ask(
        "POST /leagues",
        COMMISSIONER,
        headers={"idempotency-key": "example"},
        body={"name": "Example", "member_name": "Commissioner", "tournament": tournament},
    )
    league_id = str(made.body["league_id"])
    code = api.invite(league_id)
    for n in range(1, 13):
        assert api.join(code, BIDDER if n == 1 else f"bidder{n:02d}").status == 201
    rules = read(api, league_id, "/settlement-rules")
    last = rules["payouts"].pop()
    payouts = [*rules["payouts"], last, {"name": "Biggest upset", "fixed_cents": 25_00}]
    changed = {"fee": {"basis_points": 100}, "payouts": payouts}
    assert api.put(league_id, "/settlement-rules", changed).status == 200
    sell(api, league_id, *[(f"L{n:02d}", n % 12 + 1, 10_37 + 3_11 * n) for n in range(1, 62)])
    return league_id


def test_the_league_of_2023_is_settled_over_http_to_the_cent(api: Api, played: str) -> None:
    body = {
        "results_csv": (EXAMPLE / "results.csv").read_text(),
        "awards": {"biggest upset": "F Dickinson"},
    }
    imported = api.put(played, "/results", body)
    assert imported.body == {"games": 67, "games_in_all": 67, "awards": 1}
    told = read(api, played, "/settlement")
    assert told["pending"] == []
    assert told["prize_pool_cents"] == sum(10_37 + 3_11 * n for n in range(1, 62))
    paid = sum(it["payout_cents"] for it in told["standings"])
    assert paid + told["fee_cents"] == told["prize_pool_cents"]
    assert sum(it["net_return_cents"] for it in told["standings"]) == -told["fee_cents"]
    # Connecticut is the West's 4 seed, lot 49; F Dickinson is in the bundle of the 16 seeds, lot 61
    assert owners_paid(told, "Championship") == owners_paid(told, "Biggest upset") == [2]


def owners_paid(told: Any, rule: str) -> list[int]:
    return [it["number"] for it in told["standings"] if rule in {p["rule"] for p in it["payouts"]}]
