"""On a phone, a laptop and a projector: everything fits, and stays where it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import beside
from tests.browser.page import LAPTOP, PHONE, PROJECTOR, People
from tests.browser.test_lobby import go_to_league
from tests.e2e.system import BIDDER, COMMISSIONER, System

SIZES = pytest.mark.parametrize(
    "size", [PHONE, LAPTOP, PROJECTOR], ids=["phone", "laptop", "projector"]
)

# Layout shifts as the browser counts them; of texts, only their box is asked to stay: an amount is
# centred anew in its own button.
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const boxes = sources.map(({ node }) => node).filter((it) => it instanceof Element);
      window.shifts.push({ value, boxes: boxes.map((it) => it.outerHTML) });
    }
  }).observe({ type: 'layout-shift' });
}"""
MOST_SHIFT = 0.001
"""Of the whole page; up to 0.1 counts as good."""

LONG = "Extraordinarily Longwinded ".ljust(100, "x")
LONG_TEAMS = f"region,seed,team,play_in\nEast,1,{LONG[:93]},no\nEast,2,Other,no\n"
LONG_MEMBERS = f"""name,email,role,budget
Commissioner,{COMMISSIONER},commissioner,
{LONG},{BIDDER},bidder,
"""


@pytest.fixture
def long_names(system: System, tmp_path: Path) -> str:
    """An auction whose first lot is up, with names and prices as long as they may be."""
    teams, members = tmp_path / "teams.csv", tmp_path / "members.csv"
    teams.write_text(LONG_TEAMS)
    members.write_text(LONG_MEMBERS)
    said = system.calcutta(
        *("league", "create", "--json", "--budget", "900000000"),
        *("--teams", str(teams), "--members", str(members)),
        *("--clock", "60s", "--extension", "10s"),
    )
    auction_id: str = json.loads(said.stdout)["auction_id"]

    async def begin() -> None:
        commissioner = await system.open(auction_id)
        await commissioner.aclose()

    beside(begin())
    return auction_id


@SIZES
def test_nothing_is_wider_than_the_window(people: People, up: str, size: ViewportSize) -> None:
    person = people.sign_in(COMMISSIONER, size)
    overflows = {"lobby": person.overflows()}
    person.enter(up)
    for tab in ("Lots", "Members", "Mine", "Pool", "Chat", "Log"):
        person.tab(tab)
        overflows[tab] = person.overflows()
    assert {place for place, it in overflows.items() if it} == set()


@SIZES
def test_bids_move_nothing(
    people: People, up: str, size: ViewportSize, measured: Callable[[str, object], None]
) -> None:
    person, rival = people.sign_in(BIDDER, size), people.sign_in(COMMISSIONER)
    person.enter(up)
    rival.enter(up)
    person.page.evaluate(WATCH_SHIFTS)
    for price in ("$9", "$17", "$25"):
        rival.page.get_by_label("Bid in the name of").select_option("Bidder 02")
        rival.page.get_by_label("Your bid").fill(price)
        rival.page.keyboard.press("Enter")
        person.sees_bid(price, "Bidder 02")
        rival.page.get_by_label("Bid in the name of").select_option("myself")
        rival.quick_bid()
        person.sees_bid(f"${int(price[1:]) + 1}", "Commissioner")
    shifts = person.page.evaluate("window.shifts")
    moved = sum(it["value"] for it in shifts)
    measured(f"layout shift of six bids, {size['width']} px", round(moved, 5))
    assert [box for it in shifts for box in it["boxes"]] == []
    assert moved < MOST_SHIFT


@pytest.mark.parametrize("size", [PHONE, PROJECTOR], ids=["phone", "projector"])
def test_the_longest_names_and_prices_fit(
    people: People, long_names: str, size: ViewportSize, shots: Path
) -> None:
    person = people.sign_in(BIDDER, size)
    person.enter(long_names)
    person.page.get_by_label("Your bid").fill("899999999.99")
    person.button("Bid $899,999,999.99").click()
    person.sees_bid("$899,999,999.99", "You")
    for screen in (False, True):
        person.enter(long_names, screen=screen)
        expect(person.page.get_by_test_id("price")).to_have_text("$899,999,999.99")
        person.page.screenshot(path=shots / f"long-{size['width']}{'-screen' * screen}.png")
        assert not person.overflows()
        assert person.cut_off_texts("main") == []
    if size is PROJECTOR:
        assert person.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("size", [PHONE, PROJECTOR], ids=["phone", "projector"])
def test_the_longest_name_fits_where_it_is_next(
    people: People, long_names: str, size: ViewportSize
) -> None:
    person = people.sign_in(COMMISSIONER, size)
    person.enter(long_names)
    person.confirm("Reset the lot", "Reset it")
    expect(person.page.get_by_role("button", name="Next: East 1 Extraordinarily")).to_be_visible()
    assert not person.overflows()
    assert person.cut_off_texts("main") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@SIZES
def test_a_league_fits_in_light_and_dark(
    people: People,
    auction_id: str,
    size: ViewportSize,
    scheme: Literal["light", "dark"],
    shots: Path,
) -> None:
    person = people.sign_in(COMMISSIONER, size, color_scheme=scheme)
    go_to_league(person, auction_id)
    found = {}
    for tab in ("Members", "Rules", "Payouts", "Lots", "Results", "League"):
        person.tab(tab)
        expect(person.page.get_by_text("Loading …")).to_have_count(0)
        found[tab] = person.axe_findings() + ["too wide"] * person.overflows()
        person.page.screenshot(path=shots / f"league-{tab}-{size['width']}-{scheme}.png")
    assert {tab: it for tab, it in found.items() if it} == {}
