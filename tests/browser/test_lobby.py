from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.page import PHONE, People, Person
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, TEAMS

BROKEN = TEAMS + "East,x,Nobody,no\n"


def create_league(person: Person, name: str, teams: str = TEAMS) -> None:
    """Fill in the form, up to its last button."""
    form = person.page.locator("form").filter(has_text="Create a league")
    form.get_by_label("Its name").fill(name)
    form.get_by_label("Your name in it").fill("Founder")
    form.get_by_label("Tournament", exact=True).fill("Cup")
    form.get_by_label("or typed").fill(teams)


def go_to_league(person: Person, auction_id: str) -> None:
    league = person.page.locator(f"li:has(a[href*='{auction_id}'])")
    league.get_by_role("link", name="The league").click()


def test_a_field_is_looked_at_before_a_league_is_made_of_it(
    people: People, auction_id: str
) -> None:
    person = people.sign_in(BIDDER)
    create_league(person, "Broken", BROKEN)
    person.button("Preview").click()
    expect(person.page.get_by_text("Line 8:")).to_be_visible()
    create_league(person, "Whole", TEAMS)
    person.button("Preview").click()
    expect(person.page.get_by_text("6 teams, 6 slots, 6 lots")).to_be_visible()


def test_a_league_is_created_arranged_and_joined_by_code(
    people: People, auction_id: str, shots: Path
) -> None:
    founder, friend = people.sign_in(BIDDER), people.sign_in(RIVAL, PHONE)
    create_league(founder, "Friends")
    founder.button("Create").click()
    expect(founder.page.get_by_role("heading", name="Friends")).to_be_visible()
    founder.button("Make a code").click()
    code = founder.page.locator("code").inner_text()

    friend.page.get_by_label("Code").fill(code)
    friend.page.locator("form").filter(has_text="Join a league").get_by_label("Your name").fill("F")
    friend.button("Join").click()
    expect(friend.page.get_by_role("heading", name="Friends")).to_be_visible()

    founder.tab("Rules")
    founder.page.get_by_label("Budget of each member, in dollars").fill("250")
    founder.button("Save").click()
    expect(founder.page.get_by_text("Saved. It holds from the next lot on.")).to_be_visible()

    founder.tab("Lots")
    founder.page.get_by_label("Choose East 2").check()
    founder.page.get_by_label("Choose West 2").check()
    founder.button("Sell the chosen together").click()
    founder.button("Save").click()
    expect(founder.page.locator(".lot-order li")).to_have_count(5)
    expect(founder.button("Save")).to_be_disabled()
    founder.page.screenshot(path=shots / "league.png")


def test_payouts_that_do_not_add_up_cannot_be_saved(people: People, auction_id: str) -> None:
    person = people.sign_in(COMMISSIONER)
    go_to_league(person, auction_id)
    person.tab("Payouts")
    expect(person.page.get_by_text("The percentages are 100 % in all.")).to_be_visible()
    person.page.get_by_label("Pays, 2% or an amount").last.fill("99%")
    expect(person.page.get_by_text(", not 100 %.")).to_be_visible()
    expect(person.button("Save")).to_be_disabled()


def test_the_commissioner_gives_a_member_a_role_and_a_budget_of_their_own(
    people: People, auction_id: str
) -> None:
    person = people.sign_in(COMMISSIONER)
    go_to_league(person, auction_id)
    row = person.page.get_by_role("row", name="Bidder 01")
    row.get_by_label("Budget of Bidder 01").fill("70")
    row.get_by_role("button", name="Set").click()
    expect(row.get_by_role("button", name="Set")).to_be_disabled()
    row.get_by_label("Role of Bidder 01").select_option("Admin")
    person.confirm("Give Bidder 01 another role", "Give the role")
    expect(row.get_by_role("button", name="Give")).to_be_disabled()
    expect(row.get_by_label("Role of Bidder 01")).to_have_value("admin")
    person.page.reload()
    expect(row.get_by_label("Budget of Bidder 01")).to_have_value("70")
    expect(row.get_by_label("Role of Bidder 01")).to_have_value("admin")
