"""From the last hammer to everybody's account."""

from __future__ import annotations

import json

from tests.e2e.system import System

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
