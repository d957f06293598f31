from __future__ import annotations

import json

from calcutta.auction import describe_lot
from calcutta.results import results_of
from shared.auction import Member
from shared.bridge import Sale, Sales
from tests.unit.cli.fakes import FakeBridge, calcutta, fake_stage
from tests.unit.cli.test_strategy import opened_view, up

SALES = Sales(
    members=(
        Member(0, "s-0", "Ada", "commissioner"),
        Member(1, "s-1", "Ben [red]", "bidder"),
        Member(2, "s-2", "Cleo", "spectator"),
    ),
    sales=(Sale("lot-1", "Duke", 1, 12_000, 4), Sale("lot-2", "Iona", 1, 100, 9)),
)


def test_results_group_sales_by_owner_the_highest_buy_in_first() -> None:
    results = results_of(SALES)
    assert [(owner.name, owner.natural_buy_in_cents) for owner in results.owners] == [
        ("Ben [red]", 12_100),
        ("Ada", 0),
    ]
    assert results.prize_pool_cents == 12_100


def test_results_are_shown_with_user_text_as_it_is() -> None:
    stage = fake_stage(functions=FakeBridge(ListSales=lambda request: SALES))
    shown = calcutta("auction", "results", "a-1", stage=stage).stdout
    assert "Ben [red]: natural buy-in $121.00" in shown
    assert "Duke" in shown
    assert "prize pool $121.00" in shown


def test_results_as_json_are_one_object_in_cents() -> None:
    stage = fake_stage(functions=FakeBridge(ListSales=lambda request: SALES))
    result = json.loads(calcutta("auction", "results", "a-1", "--json", stage=stage).stdout)
    assert result["prize_pool_cents"] == 12_100
    assert result["owners"][0]["lots"][0]["lot_name"] == "Duke"


def test_a_lot_is_described_with_its_bid_and_clock() -> None:
    described = describe_lot(up(high_bidder=2), now_ms=0)
    assert described == "Team 1: $1.00 by Cleo, next bid from $2.00, 0:01"


def test_between_lots_there_is_nothing_to_describe() -> None:
    assert describe_lot(opened_view(), 0) == ""
