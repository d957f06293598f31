from lobby_service.logic.line import Line
from lobby_service.logic.recent import KEPT_MS, MOST, RecentLines
from tests.fakes.clock import Clock


class Table:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, auction_id: str) -> Line | None:
        self.reads += 1
        there = auction_id != "nowhere"
        return Line(auction_id=auction_id, gather_at_ms=0, doors_at_ms=0) if there else None


def test_everyone_of_a_second_is_served_by_one_read() -> None:
    table, clock = Table(), Clock()
    recent = RecentLines(table.read, clock)
    for _ in range(1_000):
        assert recent("a-1") is not None
        clock.advance(KEPT_MS // 1_000 - 1)
    assert table.reads == 1
    clock.advance(KEPT_MS)
    recent("a-1")
    assert table.reads == 2


def test_a_line_that_there_is_not_is_looked_for_each_time() -> None:
    table = Table()
    recent = RecentLines(table.read, Clock())
    assert (recent("nowhere"), recent("nowhere")) == (None, None)
    assert table.reads == 2


def test_not_more_lines_are_kept_than_a_container_needs() -> None:
    table = Table()
    recent = RecentLines(table.read, Clock())
    for n in range(MOST + 1):
        recent(f"a-{n}")
    assert table.reads == MOST + 1
    recent("a-0")
    recent(f"a-{MOST}")
    assert table.reads == MOST + 2
