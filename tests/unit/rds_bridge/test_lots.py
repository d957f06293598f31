from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.lots import lots_of
from shared.auction import Slot

SLOTS = tuple(
    Slot(slot_id=f"S{place}", region=region, seed=seed, teams=(f"{region} team {seed}",))
    for place, (region, seed) in enumerate((r, s) for r in ("East", "West") for s in (1, 2, 3))
)


def test_a_slot_that_is_sold_alone_has_its_teams_in_its_name() -> None:
    shared_slot = Slot(slot_id="S1", region="East", seed=16, teams=("Alphas", "Betas"))
    assert [lot.name for lot in lots_of([shared_slot], ())] == ["East 16 Alphas / Betas"]


def test_bundles_come_last_by_seed() -> None:
    lots = lots_of(SLOTS, (3, 2))
    assert [lot.name for lot in lots] == [
        "East 1 East team 1",
        "West 1 West team 1",
        "2 seeds",
        "3 seeds",
    ]


def test_a_seed_named_twice_is_one_bundle() -> None:
    assert lots_of(SLOTS, (3, 3)) == lots_of(SLOTS, (3,))


def test_lots_are_numbered_by_position() -> None:
    lots = lots_of(SLOTS, (3,))
    assert [(lot.lot_id, lot.position) for lot in lots] == [
        ("L01", 1), ("L02", 2), ("L03", 3), ("L04", 4), ("L05", 5),
    ]  # fmt: skip


@given(bundled=st.lists(st.integers(-1, 5)))
def test_every_slot_is_in_exactly_one_lot(bundled: list[int]) -> None:
    sold = [slot for lot in lots_of(SLOTS, bundled) for slot in lot.slots]
    assert sorted(slot.slot_id for slot in sold) == sorted(slot.slot_id for slot in SLOTS)
