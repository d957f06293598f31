from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.page import People, Person
from tests.browser.test_league import at_league
from tests.e2e.system import BIDDER, COMMISSIONER, System


def enter_game(person: Person, round_name: str, winner: str, loser: str) -> None:
    page = person.page
    for name, chosen in (("round", round_name), ("winner", winner), ("loser", loser)):
        page.locator(f"select[name={name}]").select_option(chosen)
    page.locator("input[name=winner_score]").fill("70")
    page.locator("input[name=loser_score]").fill("60")
    person.button("Enter the game").click()


def test_standings_move_as_games_are_entered(people: People, sold: str, shots: Path) -> None:
    person = at_league(people, COMMISSIONER, sold, "Results")
    rows = person.page.get_by_role("row", name="$10")
    even = rows.first.locator("td").nth(1)
    expect(even).to_have_text("$10")
    enter_game(person, "Final Four", "East 1", "West 3")
    expect(person.page.get_by_text("Saved. Games so far: 1.")).to_be_visible()
    expect(rows.first).to_contain_text("Bidder 01")
    expect(even).not_to_have_text("$10")
    rows.first.locator("summary").click()
    expect(rows.first.get_by_text("Wins in Final Four: $")).to_be_visible()
    options = person.page.locator("select[name=winner] option")
    expect(options.filter(has_text="West 3")).to_have_count(0)
    person.page.screenshot(path=shots / "standings.png", full_page=True)


def test_a_game_that_cannot_be_is_refused_by_its_line(people: People, sold: str) -> None:
    person = at_league(people, COMMISSIONER, sold, "Results")
    enter_game(person, "Championship", "East 1", "East 1")
    expect(person.page.get_by_text("line 2:").first).to_be_visible()
    expect(person.page.locator("select[name=winner]")).to_have_value("East 1")
    person.complaints.clear()


def test_a_bidder_sees_the_standings_and_changes_nothing(people: People, sold: str) -> None:
    person = at_league(people, BIDDER, sold, "Results")
    expect(person.page.get_by_role("table", name="Standings")).to_be_visible()
    expect(person.button("Enter the game")).to_have_count(0)


def test_standings_are_exported(people: People, sold: str) -> None:
    person = at_league(people, BIDDER, sold, "Results")
    with person.page.expect_download() as csv:
        person.button("CSV").click()
    assert csv.value.suggested_filename == "settlement.csv"
    assert "Bidder 01" in csv.value.path().read_text(encoding="utf-8")
    with person.page.expect_download() as workbook:
        person.button("Excel").click()
    assert workbook.value.suggested_filename == "settlement.xlsx"
    assert workbook.value.path().read_bytes().startswith(b"PK")


def test_fee_and_tax_are_saved_when_the_payouts_add_up(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "Payouts")
    page = person.page
    page.get_by_label("1% or an amount").fill("2.5%")
    person.button("Add a bracket").click()
    page.get_by_label("From").fill("50")
    page.get_by_label("Percentage").fill("10%")
    page.get_by_label("Pays, 2% or an amount").last.fill("99%")
    expect(page.get_by_text(", not 100 %.")).to_be_visible()
    expect(person.button("Save")).to_be_disabled()
    page.get_by_label("Pays, 2% or an amount").last.fill("20%")
    person.button("Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    person.tab("Payouts")
    expect(page.get_by_label("1% or an amount")).to_have_value("2.5%")
    expect(page.get_by_label("Percentage")).to_have_value("10%")


def test_a_prize_by_hand_is_agreed_on_and_awarded(
    people: People, system: System, auction_id: str
) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "Payouts")
    person.button("Add a payout").click()
    person.page.get_by_label("Name").last.fill("Biggest upset")
    person.page.get_by_label("Pays, 2% or an amount").last.fill("5")
    person.button("Save").click()
    expect(person.page.get_by_text("Saved.")).to_be_visible()
    person.enter(auction_id)
    person.button("Open the auction").click()
    person.button("Put up East 1 East 1").click()
    person.quick_bid()
    person.sees_bid("$1", "You")
    person.confirm("Hammer now", "Sell it")
    expect(person.log_entry("is sold to Commissioner")).to_be_visible()
    assert system.reconcile(auction_id)["equal"]
    person.page.get_by_role("link", name="Leagues").click()
    go_back = person.page.locator(f"li:has(a[href*='{auction_id}'])")
    go_back.get_by_role("link", name="The league").click()
    person.tab("Results")
    expect(person.button("Award")).to_be_disabled()
    enter_game(person, "Final Four", "East 1", "West 3")
    expect(person.button("Award")).to_be_enabled()
    person.page.get_by_label("Biggest upset").select_option("East 1")
    person.button("Award").click()
    row = person.page.locator("tr").filter(has_text="Commissioner")
    row.locator("summary").click()
    expect(row.get_by_text("Biggest upset: $")).to_be_visible()
