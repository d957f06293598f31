"""From the last hammer to everybody's account."""

from __future__ import annotations

import json

from tests.e2e.people import People
from tests.e2e.system import BIDDER, COMMISSIONER, System

RESULTS = """round,winner,winner_score,loser,loser_score
Elite 8,East 2,70,East 3,60
Elite 8,West 3,71,West 2,70
Final Four,East 1,65,East 2,64
Final Four,West 3,80,West 1,66
Championship,East 1,77,West 3,76
"""


def test_an_auction_is_settled_to_the_cent(system: System) -> None:
    auction_id = system.make_league(clock="3s", extension="1s")
    system.calcutta("bots", auction_id, "--auctioneer", "--pace", "0.2")
    system.calcutta("sync", "reconcile", auction_id)
    results, table = system.folder / "results.csv", system.folder / "standings.csv"
    results.write_text(RESULTS)
    said = system.calcutta(
        *("settle", auction_id, "--json", "--results", str(results), "--csv", str(table))
    )
    settlement = json.loads(said.stdout)
    assert settlement["pending"] == []
    assert settlement["prize_pool_cents"] > 0
    paid = sum(it["payout_cents"] for it in settlement["standings"])
    assert paid + settlement["fee_cents"] == settlement["prize_pool_cents"]
    assert sum(it["net_return_cents"] for it in settlement["standings"]) == 0
    assert table.read_text(encoding="utf-8-sig").count("\n") == len(settlement["standings"]) + 3


def test_a_league_enters_its_results_and_reads_its_accounts_over_http(
    system: System, people: People
) -> None:
    auction_id = system.make_league(clock="3s", extension="1s")
    path = f"/leagues/{system.league_of[auction_id]}"
    system.calcutta("bots", auction_id, "--auctioneer", "--pace", "0.2")
    system.calcutta("sync", "reconcile", auction_id)
    entered = {"json": {"results_csv": RESULTS}}
    assert people.ask("PUT", f"{path}/results", COMMISSIONER, **entered).status_code == 428
    headers = people.etag(f"{path}/results")
    for email, status in ((BIDDER, 403), (COMMISSIONER, 200), (COMMISSIONER, 412)):
        answer = people.ask("PUT", f"{path}/results", email, **entered, headers=dict(headers))
        assert answer.status_code == status, answer.text
    accounts = people.ask("GET", f"{path}/settlement", BIDDER).json()
    assert accounts == json.loads(system.calcutta("settle", auction_id, "--json").stdout)
    assert accounts["pending"] == []
    for suffix, begins in ((".csv", b"\xef\xbb\xbf"), (".xlsx", b"PK")):
        exported = system.folder / f"standings{suffix}"
        system.calcutta("settle", auction_id, f"--{suffix[1:]}", str(exported))
        answer = people.ask("GET", f"{path}/settlement{suffix}", BIDDER)
        assert answer.headers["content-disposition"].endswith(f'"settlement{suffix}"')
        assert answer.content.startswith(begins)
        if suffix == ".csv":
            assert answer.content == exported.read_bytes()
