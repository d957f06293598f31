import pytest

from rds_bridge_service.logic.settlement.rounds import Round, round_named, rounds_of
from shared.auction import Slot


def field(slots: int, shared: int = 0) -> list[Slot]:
    return [
        Slot(f"S{n:03d}", "East", n, ("A", "B") if n <= shared else ("A",))
        for n in range(1, slots + 1)
    ]


def test_a_field_of_64_slots_plays_the_rounds_of_the_ncaa() -> None:
    assert rounds_of(field(64, shared=4)) == (
        Round("First Four", 4),
        Round("Round of 64", 32),
        Round("Round of 32", 16),
        Round("Sweet 16", 8),
        Round("Elite 8", 4),
        Round("Final Four", 2),
        Round("Championship", 1),
    )


@pytest.mark.parametrize("slots", range(1, 130))
def test_every_slot_but_one_loses_once(slots: int) -> None:
    assert sum(it.games for it in rounds_of(field(slots))) == slots - 1


def test_a_field_that_is_no_power_of_two_has_a_shorter_first_round() -> None:
    assert rounds_of(field(6)) == (
        Round("Elite 8", 2),
        Round("Final Four", 2),
        Round("Championship", 1),
    )


def test_a_round_is_found_in_whatever_case() -> None:
    assert round_named("sWEET 16", rounds_of(field(16))) == Round("Sweet 16", 8)


def test_a_round_that_is_not_played_is_not_found() -> None:
    assert round_named("Round of 64", rounds_of(field(16))) is None
