"""What is used is multiplied, added and shown; prices say where they are from."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from calcutta.cost.prices import Price, price_table
from calcutta.cost.pricing import bill, costs
from calcutta.cost.quantities import Night
from calcutta.cost.report import markdown
from calcutta.main import app
from tests.unit.architecture.sources import ROOT

PRICES = price_table().prices
NIGHT = Night(members=300, lots=68, hours=3)
COMMAND = ["cost", "--members", "300", "--lots", "68", "--hours", "3"]
amounts = st.dictionaries(st.sampled_from(sorted(PRICES)), st.floats(0, 1e9), min_size=1)


@given(amounts)
def test_a_bill_is_the_sum_of_its_lines(used: Mapping[str, float]) -> None:
    found = bill(used, PRICES)
    assert {it.meter: it.quantity for it in found.lines} == used
    assert found.dollars == pytest.approx(sum(it.dollars for it in found.lines))


@given(amounts)
def test_twice_as_much_costs_twice_as_much(used: Mapping[str, float]) -> None:
    twice = {meter: 2 * it for meter, it in used.items()}
    assert bill(twice, PRICES).dollars == pytest.approx(2 * bill(used, PRICES).dollars)


def test_a_price_is_for_so_many() -> None:
    price = Price("Requests", 0.2, 1_000_000, "request", "https://aws.amazon.com/", True)
    assert price.of(500_000) == pytest.approx(0.1)


def test_what_has_no_price_is_no_gift() -> None:
    with pytest.raises(ValueError, match="no price for unheard_of"):
        bill({"unheard_of": 1}, PRICES)


def test_a_nat_gateway_takes_the_place_of_the_interface_endpoint() -> None:
    found = costs(NIGHT, PRICES)
    ours, theirs = ({it.meter for it in b.lines} for b in (found.month, found.month_with_nat))
    assert ours - theirs == {"endpoint_hours"}
    assert theirs - ours == {"nat_hours", "address_hours"}
    more = 730 * (0.045 + 0.005 - 0.01)
    assert found.month_with_nat.dollars - found.month.dollars == pytest.approx(more)
    assert found.night_with_nat.dollars > found.night.dollars


def test_every_price_is_of_a_page_of_aws() -> None:
    table = price_table()
    assert table.region == "us-east-1"
    assert all(it.page.startswith("https://aws.amazon.com/") for it in table.prices.values())
    assert all(it.dollars >= 0 and it.per > 0 for it in table.prices.values())


def test_the_document_is_what_the_command_writes_now() -> None:
    document = (ROOT / "docs" / "cost.md").read_text(encoding="utf-8")
    assert document == markdown(NIGHT, costs(NIGHT, PRICES), price_table()), (
        "run `calcutta "
        + " ".join(COMMAND)
        + " --markdown > docs/cost.md` and commit what it writes"
    )


def test_the_command_writes_the_document() -> None:
    said = CliRunner().invoke(app, [*COMMAND, "--markdown"]).stdout
    assert said == markdown(NIGHT, costs(NIGHT, PRICES), price_table())


def test_the_command_shows_both_designs_to_people() -> None:
    said = CliRunner().invoke(app, COMMAND).stdout
    assert "WebSocket API, messages by 32 KB" in said
    assert "with a NAT gateway" in said


def test_the_command_writes_one_object_for_programs() -> None:
    said = json.loads(CliRunner().invoke(app, [*COMMAND, "--json"]).stdout)
    lines = said["costs"]["night"]["lines"]
    assert said["costs"]["night"]["dollars"] == pytest.approx(sum(it["dollars"] for it in lines))


def test_more_members_than_an_auction_takes_are_refused() -> None:
    assert CliRunner().invoke(app, ["cost", "--members", "301", *COMMAND[3:]]).exit_code == 2
