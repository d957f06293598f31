from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.page import People, Person
from tests.browser.test_lobby import BROKEN, go_to_league
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, TEAMS


def at_league(people: People, email: str, auction_id: str, tab: str) -> Person:
    person = people.sign_in(email)
    go_to_league(person, auction_id)
    person.tab(tab)
    return person


def test_a_league_gets_another_name(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "League")
    person.page.get_by_label("Name of the league").fill("Old Friends")
    person.button("Rename").click()
    expect(person.page.get_by_role("heading", name="Old Friends")).to_be_visible()
    person.page.reload()
    expect(person.page.get_by_role("heading", name="Old Friends")).to_be_visible()


def test_a_league_is_deleted_after_a_question(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "League")
    person.confirm("Delete the league", "Leave it")
    expect(person.button("Delete the league")).to_be_focused()
    person.confirm("Delete the league", "Delete it")
    expect(person.page.get_by_role("heading", name="My leagues")).to_be_visible()
    expect(person.page.locator(f"a[href*='{auction_id}']")).to_have_count(0)


def test_who_leaves_a_league_is_let_in_again_by_the_commissioner(
    people: People, auction_id: str
) -> None:
    bidder = at_league(people, BIDDER, auction_id, "League")
    expect(bidder.button("Delete the league")).to_have_count(0)
    bidder.confirm("Leave the league", "Leave the league")
    expect(bidder.page.get_by_role("heading", name="My leagues")).to_be_visible()
    league = bidder.page.locator(f"a[href*='{auction_id}']")
    expect(league).to_have_count(0)
    commissioner = at_league(people, COMMISSIONER, auction_id, "Members")
    commissioner.button("Let Bidder 01 in again").click()
    expect(commissioner.page.get_by_label("Role of Bidder 01")).to_have_value("bidder")
    bidder.page.reload()
    expect(league).to_have_count(1)


def test_a_removed_member_loses_their_place_in_the_room(people: People, up: str) -> None:
    bidder = people.sign_in(BIDDER)
    bidder.enter(up)
    commissioner = at_league(people, COMMISSIONER, up, "Members")
    commissioner.confirm("Remove Bidder 01", "Remove them")
    expect(commissioner.button("Let Bidder 01 in again")).to_be_visible()
    expect(bidder.page.get_by_text("There is no such auction, or not for you.")).to_be_visible()
    bidder.complaints.clear()


def test_the_league_is_handed_over(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "Members")
    person.confirm("Hand over to Bidder 02", "Hand the league over")
    expect(person.page.locator(".bar .who")).to_have_text("Admin")
    expect(person.button("Hand over to Bidder 02")).to_have_count(0)
    other = at_league(people, RIVAL, auction_id, "Members")
    expect(other.page.locator(".bar .who")).to_have_text("Commissioner")
    expect(other.button("Hand over to Commissioner")).to_be_visible()


def test_an_invitation_is_renewed_and_revoked(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "Members")
    code = person.page.locator("code")
    if person.button("Make a code").count():
        person.button("Make a code").click()
    first = code.first.inner_text()
    person.confirm("Another code", "Make it")
    expect(code.first).not_to_have_text(first)
    person.confirm("No code", "Revoke the code")
    expect(person.page.get_by_text("Nobody can join with a code.")).to_be_visible()
    expect(person.button("Make a code")).to_be_visible()


def test_the_field_is_replaced_as_a_whole_or_not_at_all(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "League")
    person.page.get_by_label("or typed").fill(BROKEN)
    person.confirm("Replace the field", "Replace it")
    expect(person.page.get_by_text("line 8:").first).to_be_visible()
    person.complaints.clear()
    person.page.get_by_label("or typed").fill(TEAMS + "East,4,East 4,no\nWest,4,West 4,no\n")
    person.page.get_by_label("Seeds that are sold together").fill("4")
    person.confirm("Replace the field", "Replace it")
    expect(person.page.get_by_text("8 slots are in the field.")).to_be_visible()
    person.tab("Lots")
    expect(person.page.locator(".lot-order li")).to_have_count(7)


def test_lots_are_reordered_and_a_bundle_is_split(people: People, auction_id: str) -> None:
    person = at_league(people, COMMISSIONER, auction_id, "Lots")
    lots = person.page.locator(".lot-order li")
    first = lots.first.inner_text().splitlines()[0]
    lots.first.get_by_role("button", name="later").click()
    expect(lots.nth(1)).to_contain_text(first)
    for place in (0, 2):
        lots.nth(place).get_by_role("checkbox").check()
    person.button("Sell the chosen together").click()
    person.button("Save").click()
    expect(person.button("Save")).to_be_disabled()
    person.page.reload()
    person.tab("Lots")
    expect(lots).to_have_count(5)
    expect(lots.nth(1)).to_contain_text(first)
    lots.first.get_by_role("button", name="Split").click()
    person.button("Save").click()
    expect(person.button("Save")).to_be_disabled()
    expect(lots).to_have_count(6)
