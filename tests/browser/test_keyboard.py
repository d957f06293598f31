"""With the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.page import PASSWORD, People, Person
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL

FORGET = """() => {
  for (const it of document.querySelectorAll('[data-reached]')) delete it.dataset.reached;
}"""
MARK = "document.activeElement.dataset.reached = 'yes'"
# what arrow keys reach within a widget is out of Tab's way on purpose
NOT_REACHED = """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
  .filter((it) => it.checkVisibility() && it.tabIndex >= 0 && !it.dataset.reached)
  .map((it) => it.outerHTML)"""


def reach_all(person: Person) -> list[str]:
    """What Tab does not reach of a page, going once through it."""
    page = person.page
    page.evaluate(FORGET)
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.reached === 'yes'"):
            break
        page.evaluate(MARK)
    found: list[str] = page.evaluate(NOT_REACHED)
    return found


def test_a_person_signs_in_bids_and_goes_on_bidding(people: People, up: str) -> None:
    rival, person = people.sign_in(RIVAL), people.visitor()
    rival.enter(up)
    people.let_in(BIDDER)
    person.page.goto(person.url)
    expect(person.page.get_by_role("heading", name="Sign in")).to_be_visible()
    person.tab_to(person.page.get_by_label("E-mail address"))
    person.page.keyboard.type(BIDDER)
    person.press("Tab")
    person.page.keyboard.type(PASSWORD)
    person.press("Enter")
    league = person.page.locator(f"a.primary[href*='{up}']")
    expect(league).to_be_visible()
    person.tab_to(league)
    person.press("Enter")
    person.sees_connection("Live")

    quick = person.page.get_by_role("group", name="Quick bids").get_by_role("button").first
    person.tab_to(quick)
    person.press("Enter")
    person.sees_bid("$1", "You")
    assert person.has_focus(quick), person.focused()
    rival.quick_bid()
    person.sees_bid("$2", "Bidder 02")
    person.press("Space")
    person.sees_bid("$3", "You")
    rival.quick_bid()
    person.sees_bid("$4", "Bidder 02")

    person.tab_to(person.page.get_by_label("Your bid"))
    person.press("ArrowUp", "Enter")
    person.sees_bid("$6", "You")
    expect(person.page.get_by_label("Your bid")).to_be_focused()

    log = person.page.get_by_role("tab", name="Log")
    person.tab_to(log)
    person.press("ArrowRight", "Enter")
    person.tab_to(person.page.get_by_label("Say something"), most=4)
    person.page.keyboard.type("hello")
    person.press("Enter")
    expect(person.page.get_by_text("hello")).to_be_visible()
    expect(person.page.get_by_label("Say something")).to_be_focused()


def test_a_dialog_keeps_the_focus_and_gives_it_back(people: People, up: str) -> None:
    person = people.sign_in(COMMISSIONER)
    person.enter(up)
    hammer = person.button("Hammer now")
    person.tab_to(hammer)
    person.press("Enter")
    dialog = person.page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        person.press(key)
        expect(dialog.locator(":focus")).to_have_count(1)
    person.press("Escape")
    expect(dialog).to_have_count(0)
    expect(hammer).to_be_focused()


def test_the_focus_stays_near_when_what_had_it_goes(people: People, up: str) -> None:
    person = people.sign_in(COMMISSIONER)
    person.enter(up)
    person.tab_to(person.button("Stop the clock"))
    person.press("Enter")
    expect(person.button("Go on")).to_be_focused()
    person.press("Enter")
    expect(person.button("Stop the clock")).to_be_focused()
    person.tab_to(person.button("Pass the lot"))
    person.press("Enter")
    pass_it = person.page.get_by_role("alertdialog").get_by_role("button", name="Pass it")
    expect(pass_it).to_be_visible()
    person.tab_to(pass_it, most=4)
    person.press("Enter")
    expect(person.page.get_by_role("heading", name="The next lot is about to come")).to_be_visible()
    section = person.page.get_by_role("region", name="Run the auction")
    expect(section).to_be_focused()
    person.press("Tab")
    expect(person.page.get_by_role("button", name="Next: ")).to_be_focused()


def test_another_page_begins_with_its_own_focus(people: People, auction_id: str) -> None:
    person = people.sign_in(COMMISSIONER)
    person.tab_to(person.page.locator(f"li:has(a[href*='{auction_id}']) a").nth(1))
    person.press("Enter")
    expect(person.page.get_by_role("tab", name="Members")).to_be_visible()
    expect(person.page.get_by_role("main")).to_be_focused()


def test_tab_reaches_every_act_of_the_room(people: People, up: str) -> None:
    person = people.sign_in(COMMISSIONER)
    person.enter(up)
    person.quick_bid()
    person.sees_bid("$1", "You")
    assert reach_all(person) == []


def test_tab_reaches_every_act_of_a_league(people: People, auction_id: str) -> None:
    person = people.sign_in(COMMISSIONER)
    person.page.locator(f"li:has(a[href*='{auction_id}']) a").nth(1).click()
    missed = {}
    for tab in ("Members", "Rules", "Payouts", "Lots", "Results", "League"):
        person.tab(tab)
        expect(person.page.get_by_text("Loading …")).to_have_count(0)
        missed[tab] = reach_all(person)
    assert {tab: it for tab, it in missed.items() if it} == {}


def test_lots_are_moved_with_the_keyboard(people: People, auction_id: str) -> None:
    person = people.sign_in(COMMISSIONER)
    person.page.locator(f"li:has(a[href*='{auction_id}']) a").nth(1).click()
    person.tab("Lots")
    later = person.page.locator(".lot-order li").first.get_by_role("button", name="later")
    name = later.get_attribute("aria-label")
    person.tab_to(later)
    moved = person.button(str(name))
    for _ in range(5):
        person.press("Enter")
        expect(moved).to_be_focused()
    expect(person.page.locator(".lot-order li").last).to_contain_text(str(name)[: -len(" later")])
    expect(moved).to_be_disabled()
