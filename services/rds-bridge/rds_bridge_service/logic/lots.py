"""From slots to lots: each slot is sold alone, or with all slots of its seed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from shared.auction import Lot, Slot


def lots_of(slots: Sequence[Slot], bundled_seeds: Collection[int]) -> tuple[Lot, ...]:
    """The lots in the order they are numbered: single slots as given, then a bundle per seed."""
    sold_alone = [(name_of(slot), (slot,)) for slot in slots if slot.seed not in bundled_seeds]
    bundles = [
        (f"{seed} seeds", tuple(slot for slot in slots if slot.seed == seed))
        for seed in sorted(set(bundled_seeds))
    ]
    return tuple(
        Lot(lot_id=f"L{position:02d}", position=position, name=name, slots=of)
        for position, (name, of) in enumerate(sold_alone + bundles, start=1)
        if of
    )


def name_of(slot: Slot) -> str:
    """What a slot that is sold alone is called: `East 16 F Dickinson / TX Southern`."""
    return f"{slot.region} {slot.seed} {' / '.join(slot.teams)}"
