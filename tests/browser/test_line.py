"""Waiting in front of a room that has one seat."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from playwright.sync_api import expect

from tests.browser.page import LAPTOP, PHONE, People, Person
from tests.e2e.system import System, wait_for

FULL = "status of 409"
"""What the browser says of the ticket that is not given: so the page learns of the line."""


@pytest.fixture(scope="module", autouse=True)
def one_seat(system: System) -> None:
    """It waits for nobody; in force where nobody has asked before."""
    for name, value in {"seats": 1, "seat_grace_ms": 1_000}.items():
        system.set(name, value)


@pytest.fixture
def gathering(system: System, up: str) -> Iterator[str]:
    """A public auction: people may wait, and the doors are shut."""
    in_an_hour = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3_600))
    system.calcutta("lobby", "open", "--doors-at", in_an_hour, "--auction", up)
    yield up
    system.calcutta("lobby", "close", "--auction", up)


class Strangers:
    """People of no league who go into the auction, and find themselves in its line."""

    def __init__(self, people: People, system: System, auction_id: str) -> None:
        self._people = people
        self._system = system
        self._auction_id = auction_id
        self._came: list[Person] = []

    def come(self, email: str, **how: Any) -> Person:
        self._system.users.ensure(email)
        person = self._people.sign_in(email, **how)
        self._came.append(person)
        person.page.goto(f"{person.url}/#/auctions/{self._auction_id}")
        expect(person.page.get_by_role("heading", name="You are in the line")).to_be_visible()
        return person

    def forget_that_it_was_full(self) -> None:
        for person in self._came:
            person.complaints[:] = [it for it in person.complaints if FULL not in it]


@pytest.fixture
def strangers(people: People, system: System, gathering: str) -> Iterator[Strangers]:
    strangers = Strangers(people, system, gathering)
    yield strangers
    strangers.forget_that_it_was_full()


def let_a_window_come(system: System, auction_id: str) -> None:
    """Now, and not when the schedule's comes."""
    boto3.client("sqs").send_message(
        QueueUrl=system.stage.output("lobby", "WindowQueueUrl"),
        MessageBody=json.dumps({"type": "window_due", "auction_id": auction_id}),
    )


def is_inside(person: Person) -> bool:
    """Whether the page has turned into the room, now that its person looks at it again."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    person.page.wait_for_timeout(500)
    link = person.page.locator(".link")
    return link.count() == 1 and link.inner_text() == "Live"


def sees(person: Person, fact: str, value: str) -> None:
    shown = person.page.locator(".waiting-facts div").filter(has_text=fact)
    expect(shown.locator("dd")).to_have_text(value)


def test_who_waits_sees_their_place_and_comes_in_when_the_seat_is_free(
    strangers: Strangers, system: System, gathering: str, shots: Path
) -> None:
    both = [
        strangers.come("stranger1@example.com", size=LAPTOP),
        strangers.come("stranger2@example.com", size=PHONE, color_scheme="dark"),
    ]
    for person in both:
        sees(person, "Waiting with you", "2 people")
        assert person.axe_findings() == []

    system.calcutta("lobby", "open", "--doors-at", "now", "--auction", gathering)

    def somebody_is_inside() -> bool:
        let_a_window_come(system, gathering)
        return any(is_inside(person) for person in both)

    wait_for(somebody_is_inside)
    [first] = [person for person in both if is_inside(person)]
    [second] = [person for person in both if person is not first]
    for _ in range(2):
        sees(second, "Your place", "2")
        sees(second, "Ahead of you", "nobody")
        expect(second.page.get_by_test_id("line-announced")).to_have_text("You are next.")
        assert second.axe_findings() == []
        assert not second.overflows()
        second.page.screenshot(path=shots / "line.png", full_page=True)
        second.page.reload()

    first.page.goto(f"{first.url}/#/")

    def second_is_inside() -> bool:
        let_a_window_come(system, gathering)
        return is_inside(second)

    wait_for(second_is_inside)
    assert second.axe_findings() == []


def test_who_leaves_the_line_is_asked_first_and_may_join_again(strangers: Strangers) -> None:
    person = strangers.come("stranger1@example.com", size=PHONE)
    person.confirm("Leave the line", "Leave the line")
    expect(person.page.get_by_role("heading", name="You left the line")).to_be_visible()
    assert person.axe_findings() == []
    person.button("Join again").click()
    expect(person.page.get_by_role("heading", name="You are in the line")).to_be_visible()
