from __future__ import annotations

import pytest

from lobby_service.logic.admit_next import admit_next
from lobby_service.logic.line import DEFAULT_PACE_PER_MINUTE, SETTLING_MS, Line
from lobby_service.logic.run_line import run_line
from lobby_service.logic.stand import join
from shared.errors import InvalidMessage, LobbyClosed, NotFound, Outdated
from shared.lobby import (
    AdmitMore,
    CloseLine,
    LineOrder,
    LineReport,
    OpenLine,
    PauseLine,
    ResumeLine,
    RunLine,
    SetPace,
    ShowLine,
)
from tests.fakes.lobby import World

AUCTION = "auction-1"


class Office:
    """Where orders are given."""

    def __init__(self) -> None:
        self.world = World()

    @property
    def line(self) -> Line:
        return self.world.lines_of[AUCTION]

    def order(self, order: LineOrder) -> LineReport:
        world = self.world
        now_ms = world.clock.now_ms
        request = RunLine(AUCTION, order)
        return run_line(
            request, lines=world.lines, room=world.room, now_ms=now_ms, seat_claim_ms=60_000
        )

    def window(self) -> None:
        self.world.clock.advance(SETTLING_MS)
        admit_next(AUCTION, self.world.window)
        self.world.clock.advance(1_000)
        admit_next(AUCTION, self.world.window)

    def join(self, user_id: str) -> None:
        join(AUCTION, user_id, user_id, self.world.desk)
        self.world.number_all()


@pytest.fixture
def office() -> Office:
    """An auction with a line, its doors at once."""
    office = Office()
    office.order(OpenLine())
    return office


def test_what_is_not_said_is_now_or_the_default(office: Office) -> None:
    now_ms = office.world.clock.now_ms
    assert (office.line.gather_at_ms, office.line.doors_at_ms) == (now_ms, now_ms)
    assert office.line.pace_per_minute == DEFAULT_PACE_PER_MINUTE


def test_what_is_not_said_of_a_line_that_is_there_stays(office: Office) -> None:
    before = office.line
    office.world.clock.advance(5_000)
    office.order(OpenLine(pace_per_minute=7))
    assert office.line.doors_at_ms == before.doors_at_ms
    assert office.line.opened_at_ms == before.opened_at_ms
    assert office.line.pace_per_minute == 7


def test_the_room_is_public_and_hears_that_somebody_waits(office: Office) -> None:
    assert set(office.world.admits) == {1}


def test_the_doors_cannot_open_before_people_gather() -> None:
    office = Office()
    with pytest.raises(InvalidMessage):
        office.order(OpenLine(gather_at_ms=10, doors_at_ms=9))
    assert office.world.lines_of == {}


def test_doors_that_are_open_stay_so(office: Office) -> None:
    office.window()
    with pytest.raises(Outdated):
        office.order(OpenLine(doors_at_ms=office.world.clock.now_ms + 1))


@pytest.mark.parametrize(
    "order",
    [ShowLine(), PauseLine(), ResumeLine(), SetPace(5), AdmitMore(1, "r-1"), CloseLine()],
    ids=lambda it: type(it).__name__,
)
def test_without_a_line_there_is_nothing_to_order(order: LineOrder) -> None:
    with pytest.raises(NotFound):
        Office().order(order)


def test_a_line_is_paused_and_goes_on(office: Office) -> None:
    assert office.order(PauseLine()).serving.status == "paused"
    assert office.order(ResumeLine()).serving.status == "gathering"


def test_people_beyond_the_pace_count_once_however_often_the_order_is_repeated(
    office: Office,
) -> None:
    for _ in range(2):
        assert office.order(AdmitMore(5, "first")).extra == 5
    assert office.order(AdmitMore(5, "second")).extra == 10


def test_a_closed_line_lets_nobody_in(office: Office) -> None:
    office.join("ann")
    assert office.order(CloseLine()).serving.status == "closed"
    office.window()
    assert office.world.granted == []


def test_a_closed_line_that_is_opened_again_lets_people_in(office: Office) -> None:
    office.join("ann")
    office.order(CloseLine())
    office.order(OpenLine())
    office.window()
    assert office.world.granted == [("ann", 1)]


def test_a_line_that_is_closed_and_opened_again_at_once_is_opened_later_than_before(
    office: Office,
) -> None:
    before_ms = office.line.opened_at_ms
    office.order(CloseLine())
    office.order(OpenLine())
    assert office.line.opened_at_ms > before_ms


def test_a_line_that_was_forgotten_after_it_was_closed_can_be_made_anew(office: Office) -> None:
    office.order(CloseLine())
    office.world.lines_of.clear()
    office.world.clock.advance(1_000)
    office.order(OpenLine())
    office.join("ann")
    office.window()
    assert office.world.granted == [("ann", 1)]


def test_an_auction_that_is_over_gets_no_line() -> None:
    office = Office()
    office.world.is_over = True
    with pytest.raises(LobbyClosed):
        office.order(OpenLine())
    assert office.world.lines_of == {}


def test_a_closed_line_stays_closed_while_the_auction_is_over(office: Office) -> None:
    office.order(CloseLine())
    office.world.is_over = True
    with pytest.raises(LobbyClosed):
        office.order(OpenLine())
    assert office.line.closed


def test_an_auction_that_goes_on_after_all_gets_its_line_back(office: Office) -> None:
    office.join("ann")
    office.world.is_over = True
    office.window()
    assert office.line.closed
    office.world.is_over = False
    office.order(OpenLine())
    office.window()
    assert office.world.granted == [("ann", 1)]
