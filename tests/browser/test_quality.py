from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.page import PHONE, PROJECTOR, People
from tests.e2e.system import BIDDER, COMMISSIONER

DRAWN = """() => {
  const chart = document.querySelector('canvas');
  const pixels = chart.getContext('2d').getImageData(0, 0, chart.width, chart.height);
  return pixels.data.some((it) => it !== 0);
}"""

SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_against_the_room(
    people: People, up: str, scheme: Literal["light", "dark"]
) -> None:
    person = people.sign_in(COMMISSIONER, color_scheme=scheme)
    person.enter(up)
    person.quick_bid()
    person.sees_bid("$1", "You")
    found = {"Lots": person.axe_findings()}
    for tab in ("Members", "Mine", "Pool", "Chat"):
        person.tab(tab)
        found[tab] = person.axe_findings()
    person.button("Hammer now").click()
    expect(person.page.get_by_role("alertdialog")).to_be_visible()
    found["dialog"] = person.axe_findings()
    assert {place: it for place, it in found.items() if it} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [PHONE, PROJECTOR], ids=["phone", "projector"])
def test_axe_finds_nothing_against_room_and_big_screen(
    people: People, up: str, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    person = people.sign_in(COMMISSIONER, size, color_scheme=scheme)
    person.enter(up)
    found = {"room": person.axe_findings()}
    person.enter(up, screen=True)
    expect(person.page.get_by_test_id("price")).to_be_visible()
    found["big screen"] = person.axe_findings()
    person.enter(up)
    person.quick_bid()
    person.confirm("Hammer now", "Sell it")
    person.enter(up, screen=True)
    expect(person.page.get_by_role("region", name="Sold last")).to_contain_text("$1")
    found["big screen after a sale"] = person.axe_findings()
    assert {place: it for place, it in found.items() if it} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_against_sign_in_and_lobby(
    people: People, auction_id: str, scheme: Literal["light", "dark"]
) -> None:
    visitor = people.visitor(color_scheme=scheme)
    visitor.page.goto(visitor.url)
    expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()
    person = people.sign_in(BIDDER, color_scheme=scheme)
    expect(person.page.get_by_role("link", name="Enter the auction").first).to_be_visible()
    assert (visitor.axe_findings(), person.axe_findings()) == ([], [])


def test_a_chart_shows_prices_by_seed_and_a_table_says_the_same(
    people: People, sold: str, shots: Path
) -> None:
    person = people.sign_in(BIDDER)
    person.enter(sold)
    person.tab("Pool")
    chart = person.page.get_by_role("img", name="Prices by seed")
    expect(chart).to_be_visible()
    expect(person.page.get_by_role("table", name="Prices by seed")).to_contain_text("$10")
    person.page.wait_for_function(DRAWN)
    assert person.axe_findings() == []
    person.page.screenshot(path=shots / "chart.png")
