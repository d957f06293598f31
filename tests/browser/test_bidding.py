from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.page import PHONE, People
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, SPECTATOR


def test_two_people_bid_against_each_other(people: People, up: str, shots: Path) -> None:
    one = people.sign_in(BIDDER)
    other = people.sign_in(RIVAL, PHONE, has_touch=True, is_mobile=True)
    one.enter(up)
    other.enter(up)
    one.quick_bid()
    one.sees_bid("$1", "You")
    other.sees_bid("$1", "Bidder 01")
    other.quick_bid(1)
    other.sees_bid("$3", "You")
    one.sees_bid("$3", "Bidder 02")
    one.page.screenshot(path=shots / "room.png")
    other.page.screenshot(path=shots / "phone.png")


def test_who_holds_the_high_bid_cannot_bid(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.quick_bid()
    expect(person.page.get_by_text("You hold the high bid.")).to_be_visible()
    expect(person.button("Bid $2")).to_be_disabled()


def test_an_amount_of_ones_own_is_bid_with_the_keyboard_alone(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.page.get_by_label("Your bid").focus()
    for key in ("ArrowUp", "ArrowUp", "Enter"):
        person.page.keyboard.press(key)
    person.sees_bid("$3", "You")


def test_an_amount_between_two_steps_is_bid(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.page.get_by_label("Your bid").fill("2.50")
    person.page.keyboard.press("Enter")
    person.sees_bid("$2.50", "You")


def test_what_was_typed_is_never_raised(people: People, up: str) -> None:
    one, rival = people.sign_in(BIDDER), people.sign_in(RIVAL)
    one.enter(up)
    rival.enter(up)
    mine = one.page.get_by_label("Your bid")
    mine.fill("2.50")
    rival.page.get_by_label("Your bid").fill("30")
    rival.page.keyboard.press("Enter")
    one.sees_bid("$30", "Bidder 02")
    expect(mine).to_have_value("2.50")
    expect(one.button("Bid $2.50")).to_be_disabled()
    expect(one.page.get_by_text("$2.50 is not enough")).to_be_visible()
    one.page.keyboard.press("Enter")
    mine.fill("40")
    one.page.keyboard.press("Enter")
    one.sees_bid("$40", "You")
    expect(one.log_entry("Bidder 01 bids")).to_have_count(1)


def test_a_quick_bid_has_a_key(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.page.keyboard.press("Alt+1")
    person.sees_bid("$1", "You")


def test_more_than_is_left_cannot_be_bid(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.page.get_by_label("Your bid").fill("100.01")
    expect(person.page.get_by_text("You have $100 left.", exact=True)).to_be_visible()
    expect(person.button("Bid $100.01")).to_be_disabled()


def test_a_refusal_says_why_and_what_would_stand(people: People, up: str) -> None:
    slow, quick = people.sign_in(BIDDER), people.sign_in(RIVAL)
    slow.enter(up)
    quick.enter(up)
    # the slow one's finger is on the button while the price goes on
    button = slow.page.get_by_role("group", name="Quick bids").get_by_role("button").first
    button.hover()
    slow.page.mouse.down()
    quick.quick_bid()
    slow.sees_bid("$1", "Bidder 02")
    slow.page.mouse.up()
    expect(slow.page.get_by_text("Somebody was faster. $2 would stand now.")).to_be_visible()


def test_a_spectator_sees_everything_and_can_do_nothing(people: People, up: str) -> None:
    bidder, spectator = people.sign_in(BIDDER), people.sign_in(SPECTATOR)
    bidder.enter(up)
    spectator.enter(up)
    bidder.quick_bid()
    spectator.sees_bid("$1", "Bidder 01")
    expect(spectator.page.get_by_text("spectators do not bid")).to_be_visible()
    expect(spectator.page.get_by_role("group", name="Quick bids")).to_have_count(0)
    expect(spectator.page.get_by_role("heading", name="Run the auction")).to_have_count(0)
    expect(spectator.button("Put up East 1 East 1")).to_have_count(0)


def test_the_server_bids_for_me_up_to_a_limit_that_nobody_else_sees(
    people: People, up: str
) -> None:
    away, rival = people.sign_in(BIDDER), people.sign_in(RIVAL)
    away.enter(up)
    rival.enter(up)
    away.page.get_by_label("Your bid").fill("20")
    away.button("Bid for me up to $20").click()
    away.sees_bid("$1", "You")
    expect(away.page.get_by_text("Your maximum: $20")).to_be_visible()
    rival.quick_bid()
    rival.sees_bid("$3", "Bidder 01")
    expect(rival.log_entry("maximum goes over Bidder 02")).to_be_visible()
    expect(rival.page.get_by_text("$20", exact=False)).to_have_count(0)
    expect(away.page.get_by_text("Your maximum: $20")).to_be_visible()


def test_a_maximum_is_taken_back(people: People, up: str) -> None:
    person, rival = people.sign_in(BIDDER), people.sign_in(RIVAL)
    person.enter(up)
    rival.enter(up)
    person.page.get_by_label("Your bid").fill("20")
    person.button("Bid for me up to $20").click()
    expect(person.page.get_by_text("Your maximum: $20")).to_be_visible()
    person.button("Stop bidding for me").click()
    expect(person.page.get_by_text("Your maximum")).to_have_count(0)
    rival.quick_bid()
    person.sees_bid("$2", "Bidder 02")


def test_a_maximum_is_known_in_the_other_window(people: People, up: str) -> None:
    one, other = people.sign_in(BIDDER), people.sign_in(BIDDER)
    one.enter(up)
    one.quick_bid()
    other.enter(up)
    one.page.get_by_label("Your bid").fill("20")
    one.button("Bid for me up to $20").click()
    expect(other.page.get_by_text("Your maximum: $20")).to_be_visible()


def test_the_commissioner_bids_in_the_name_of_an_absent_member(people: People, up: str) -> None:
    commissioner = people.sign_in(COMMISSIONER)
    commissioner.enter(up)
    commissioner.page.get_by_label("Bid in the name of").select_option("Bidder 03")
    commissioner.quick_bid()
    commissioner.sees_bid("$1", "Bidder 03")
    expect(commissioner.log_entry("by way of Commissioner")).to_be_visible()
