"""When a line's windows are ordered, by the real handlers on real queues."""

from __future__ import annotations

from shared.lobby import CloseLine, PauseLine, ResumeLine, ShowLine
from tests.integration.lobby import calls
from tests.integration.lobby.deployed import Deployed
from tests.integration.lobby.doors import gathering, opened


def test_a_minute_has_twelve_windows_for_a_line_in_which_somebody_waits(lobby: Deployed) -> None:
    lobby.room.seats = 0
    opened(lobby, "alice")
    before = lobby.depth("win")
    calls.order_windows()
    assert lobby.depth("win") - before == 12
    lobby.order(CloseLine())
    calls.order_windows()
    assert lobby.depth("win") - before == 12


def test_a_line_without_people_costs_no_windows(lobby: Deployed) -> None:
    opened(lobby)
    before = lobby.depth("win")
    calls.order_windows()
    assert lobby.depth("win") == before


def test_doors_that_are_to_open_in_the_next_minute_have_windows(lobby: Deployed) -> None:
    gathering(lobby)
    before = lobby.depth("win")
    calls.order_windows()
    assert lobby.depth("win") - before == 12


def test_an_order_has_windows_at_once(lobby: Deployed) -> None:
    gathering(lobby)
    before = lobby.depth("win")
    for order, windows in ((PauseLine(), 12), (ResumeLine(), 24), (ShowLine(), 24)):
        lobby.order(order)
        assert lobby.depth("win") - before == windows
