from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.page import PROJECTOR, People
from tests.e2e.system import BIDDER, COMMISSIONER


def test_the_commissioner_opens_the_auction_and_undoes_a_sale(
    people: People, auction_id: str, shots: Path
) -> None:
    commissioner, bidder = people.sign_in(COMMISSIONER), people.sign_in(BIDDER)
    commissioner.enter(auction_id)
    bidder.enter(auction_id)
    commissioner.button("Open the auction").click()
    commissioner.button("Put up East 1 East 1").click()
    bidder.quick_bid()
    commissioner.sees_bid("$1", "Bidder 01")
    commissioner.confirm("Hammer now", "Sell it")
    sale = bidder.log_entry("is sold to Bidder 01 for $1")
    expect(sale).to_be_visible()
    commissioner.confirm("Undo the sale of East 1 East 1", "Undo the sale")
    expect(bidder.log_entry("Undone: the sale of East 1 East 1")).to_be_visible()
    expect(sale.locator("s")).to_be_visible()
    commissioner.page.screenshot(path=shots / "undone.png")


def test_lots_come_up_in_order_or_by_chance(people: People, auction_id: str) -> None:
    commissioner = people.sign_in(COMMISSIONER)
    commissioner.enter(auction_id)
    commissioner.button("Open the auction").click()
    expect(commissioner.page.get_by_text("Next in order: East 1 East 1")).to_be_visible()
    commissioner.button("Next: East 1 East 1").click()
    expect(commissioner.log_entry("East 1 East 1 is up")).to_be_visible()
    commissioner.confirm("Clock from the start", "Start it anew")
    expect(commissioner.log_entry("The clock of East 1 East 1 starts again")).to_be_visible()
    commissioner.quick_bid()
    commissioner.sees_bid("$1", "You")
    commissioner.confirm("Undo the bid", "Undo the bid")
    expect(commissioner.page.get_by_test_id("bidder")).to_have_text("no bid yet")
    commissioner.confirm("Reset the lot", "Reset it")
    commissioner.button("Any lot").click()
    expect(commissioner.page.get_by_test_id("clock")).to_be_visible()


def test_the_clock_is_stopped_and_goes_on(people: People, up: str) -> None:
    commissioner, bidder = people.sign_in(COMMISSIONER), people.sign_in(BIDDER)
    commissioner.enter(up)
    bidder.enter(up)
    commissioner.button("Stop the clock").click()
    expect(bidder.page.get_by_text("Stopped at")).to_be_visible()
    expect(bidder.page.get_by_role("button", name="Bid $1")).to_be_disabled()
    commissioner.button("Go on").click()
    expect(bidder.page.get_by_role("button", name="Bid $1")).to_be_enabled()


def test_the_commissioner_passes_a_lot_and_closes_the_auction(people: People, up: str) -> None:
    commissioner = people.sign_in(COMMISSIONER)
    commissioner.enter(up)
    commissioner.confirm("Pass the lot", "Pass it")
    commissioner.confirm("Close the auction", "Close it")
    expect(commissioner.page.get_by_role("heading", name="The auction is closed")).to_be_visible()
    commissioner.button("Reopen the auction").click()
    expect(commissioner.button("Close the auction")).to_be_enabled()


def test_what_is_said_is_text_and_its_addresses_are_links(people: People, up: str) -> None:
    one, other = people.sign_in(COMMISSIONER), people.sign_in(BIDDER)
    one.enter(up)
    other.enter(up)
    one.tab("Chat")
    other.tab("Chat")
    one.page.get_by_label("Say something").fill("<b>hi</b> https://example.com/rules.")
    one.page.keyboard.press("Enter")
    expect(other.page.get_by_text("<b>hi</b>")).to_be_visible()
    link = other.page.get_by_role("link", name="https://example.com/rules", exact=True)
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow ugc")


def test_the_big_screen_shows_the_lot_and_no_controls(people: People, up: str, shots: Path) -> None:
    screen, bidder = people.sign_in(COMMISSIONER, PROJECTOR), people.sign_in(BIDDER)
    screen.enter(up, screen=True)
    bidder.enter(up)
    bidder.quick_bid()
    screen.sees_bid("$1", "Bidder 01")
    expect(screen.page.get_by_role("button")).to_have_count(0)
    screen.page.screenshot(path=shots / "screen.png")


def test_the_next_lot_comes_up_by_itself(people: People, up: str) -> None:
    commissioner = people.sign_in(COMMISSIONER)
    commissioner.enter(up)
    commissioner.page.get_by_label("The next lot comes up").select_option("by itself after 5 s")
    expect(commissioner.log_entry("Lots come up by themselves")).to_be_visible()
    commissioner.confirm("Pass the lot", "Pass it")
    expect(commissioner.page.get_by_test_id("clock")).to_have_count(0)
    expect(commissioner.page.get_by_test_id("clock")).to_be_visible()
