from __future__ import annotations

from tests.browser.page import People
from tests.e2e.system import BIDDER, RIVAL


def test_a_reload_in_mid_lot_shows_the_lot_as_it_is(people: People, up: str) -> None:
    person = people.sign_in(BIDDER)
    person.enter(up)
    person.quick_bid(1)
    person.sees_bid("$2", "You")
    person.page.reload()
    person.sees_bid("$2", "You")
    person.sees_connection("Live")


def test_who_loses_the_connection_in_mid_lot_comes_back_right(people: People, up: str) -> None:
    lost, rival = people.sign_in(BIDDER), people.sign_in(RIVAL)
    lost.enter(up)
    rival.enter(up)
    lost.quick_bid()
    rival.sees_bid("$1", "Bidder 01")
    with lost.cut_off():
        lost.sees_connection("Connection lost, trying again …")
        rival.quick_bid()
        rival.sees_bid("$2", "You")
        lost.sees_bid("$1", "You")
    lost.sees_bid("$2", "Bidder 02")
    lost.sees_connection("Live")
    assert lost.log_entry("Bidder 02 bids $2").count() == 1
    lost.quick_bid()
    rival.sees_bid("$3", "Bidder 01")
