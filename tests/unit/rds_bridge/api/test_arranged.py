import pytest

from rds_bridge_service.logic.leagues.field import arranged
from shared.auction import Slot
from shared.errors import InvalidMessage
from shared.leagues import LotLayout

SLOTS = (
    Slot("S001", "East", 1, ("Alphas",)),
    Slot("S002", "West", 1, ("Betas",)),
    Slot("S003", "East", 2, ("Gammas",)),
)


def test_lots_are_numbered_in_the_order_they_are_given() -> None:
    lots = arranged([LotLayout((it,)) for it in ("S003", "S001", "S002")], SLOTS)
    assert [(it.lot_id, it.position, it.name) for it in lots] == [
        ("L01", 1, "East 2 Gammas"),
        ("L02", 2, "East 1 Alphas"),
        ("L03", 3, "West 1 Betas"),
    ]


def test_a_bundle_of_one_seed_is_called_by_it() -> None:
    bundle, _ = arranged([LotLayout(("S001", "S002")), LotLayout(("S003",))], SLOTS)
    assert (bundle.name, bundle.slots) == ("1 seeds", SLOTS[:2])


@pytest.mark.parametrize(
    ("lots", "field"),
    [
        ([("S001",), ("S002",)], "$.lots"),
        ([("S001",), ("S002",), ("S003",), ("S004",)], "$.lots[3].slot_ids"),
        ([("S001",), ("S002", "S001"), ("S003",)], "$.lots[0].slot_ids"),
        ([("S001", "S001"), ("S002",), ("S003",)], "$.lots[0].slot_ids"),
        ([("S001",), ("S002", "S003")], "$.lots[1].name"),
    ],
    ids=["missing", "unknown", "in two lots", "twice in one", "a bundle without a name"],
)
def test_a_layout_that_cannot_be_sold_is_refused(lots: list[tuple[str, ...]], field: str) -> None:
    with pytest.raises(InvalidMessage) as refused:
        arranged([LotLayout(slot_ids) for slot_ids in lots], SLOTS)
    assert refused.value.field == field
