from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.page import LAPTOP, PHONE, PROJECTOR, People
from tests.e2e.system import BIDDER, COMMISSIONER

WATCH_SHIFTS = """() => {
  window.shifted = [];
  new PerformanceObserver((list) => {
    const nodes = list.getEntries().flatMap((it) => it.sources.map(({ node }) => node));
    // an amount is centred anew in its own button; the log makes room for its latest entry
    const boxes = nodes.filter((it) => it instanceof Element);
    const others = boxes.filter((it) => !it.closest('.log'));
    window.shifted.push(...others.map((it) => it.outerHTML));
  }).observe({ type: 'layout-shift' });
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
def test_axe_finds_nothing_against_sign_in_and_lobby(
    people: People, auction_id: str, scheme: Literal["light", "dark"]
) -> None:
    visitor = people.visitor(color_scheme=scheme)
    visitor.page.goto(visitor.url)
    expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()
    person = people.sign_in(BIDDER, color_scheme=scheme)
    expect(person.page.get_by_role("link", name="Enter the auction").first).to_be_visible()
    assert (visitor.axe_findings(), person.axe_findings()) == ([], [])


@pytest.mark.parametrize("size", [PHONE, LAPTOP, PROJECTOR], ids=["phone", "laptop", "projector"])
def test_nothing_is_wider_than_the_window(people: People, up: str, size: dict[str, int]) -> None:
    person = people.sign_in(COMMISSIONER, size)
    overflows = {"lobby": person.overflows()}
    person.enter(up)
    for tab in ("Lots", "Members", "Mine", "Pool", "Chat", "Log"):
        person.tab(tab)
        overflows[tab] = person.overflows()
    assert {place for place, it in overflows.items() if it} == set()


def test_a_bid_moves_nothing(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.page.evaluate(WATCH_SHIFTS)
    rival = people.sign_in(COMMISSIONER)
    rival.enter(up)
    rival.quick_bid(3)
    person.sees_bid("$9", "Commissioner")
    assert person.page.evaluate("window.shifted") == []


def test_a_new_person_signs_in_with_the_password_they_were_given(
    people: People, auction_id: str
) -> None:
    visitor = people.visitor()
    visitor.page.goto(visitor.url)
    visitor.page.get_by_label("E-mail address").fill("nobody@example.com")
    visitor.page.get_by_label("Password").fill("Wrong-password-1")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text("The e-mail address or the password is wrong.")).to_be_visible()
    visitor.complaints.clear()


def test_what_may_change_is_asked_for_anew_and_the_rest_is_kept(
    people: People, auction_id: str
) -> None:
    visitor = people.visitor()
    cached: dict[str, str] = {}
    visitor.page.on(
        "response",
        lambda it: cached.update({it.url.rpartition("/")[2]: it.headers["cache-control"]}),
    )
    visitor.page.goto(visitor.url)
    expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert cached.pop("") == cached.pop("config.json") == cached.pop("icon.svg") == "no-cache"
    assert len(cached) > 2
    assert set(cached.values()) == {"public, max-age=31536000, immutable"}
