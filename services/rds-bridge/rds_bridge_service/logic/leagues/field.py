"""A league's tournament and the lots it is sold in, changed until the auction is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from rds_bridge_service.logic.leagues.call import (
    Answer,
    Call,
    Inside,
    require_name,
    require_planned,
    require_version,
)
from rds_bridge_service.logic.leagues.ports import Desk
from rds_bridge_service.logic.lots import name_of
from rds_bridge_service.logic.roster import read_sold_field
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules, default_payouts
from shared.auction import Lot, Slot
from shared.errors import ImportRefused, InvalidMessage
from shared.leagues import (
    ArrangeLots,
    LotLayout,
    Lots,
    Tournament,
    TournamentFile,
    TournamentPreview,
)
from shared.limits import MAX_NAME_CHARS
from shared.settlement import SettlementRules


def preview_tournament(desk: Desk, call: Call) -> Answer:
    """What a teams file would make, and all that is wrong with it; nothing is kept."""
    file: TournamentFile = call.body
    field = read_sold_field(file.teams_csv, file.bundled_seeds)
    return Answer(
        TournamentPreview(
            teams=sum(len(slot.teams) for slot in field.slots),
            slots=len(field.slots),
            lots=len(field.lots),
            problems=field.problems,
        )
    )


def read_tournament(it: Inside) -> Answer:
    """The tournament with its field."""
    slots = it.rows.of_field.slots(it.league.tournament_id)
    return Answer(Tournament(it.league.tournament_name, slots), version=it.league.version)


def replace_tournament(it: Inside) -> Answer:
    """Another field instead of the one there was; its lots are as a new league's would be."""
    file: TournamentFile = it.call.body
    require_version(it.call.version, it.league.version)
    require_planned(it.league)
    name = require_name(file.name, "$.name")
    field = read_sold_field(file.teams_csv, file.bundled_seeds)
    if field.problems:
        raise ImportRefused(list(field.problems))
    settlement = _refitted(
        it.league.settlement, it.rows.of_field.slots(it.league.tournament_id), field.slots
    )
    it.rows.of_field.put_field(it.league, name, field.slots)
    it.rows.of_field.put_lots(it.league, field.lots)
    version = it.rows.of_members.change_league(it.league, settlement=settlement)
    return Answer(Tournament(name, field.slots), version=version)


def read_lots(it: Inside) -> Answer:
    """The lots in the order they are listed in."""
    return Answer(Lots(it.rows.of_field.lots(it.league.auction_id)), version=it.league.version)


def arrange_lots(it: Inside) -> Answer:
    """Sell the field in these lots: their order, and which slots are bundled."""
    layout: ArrangeLots = it.call.body
    require_version(it.call.version, it.league.version)
    require_planned(it.league)
    lots = arranged(layout.lots, it.rows.of_field.slots(it.league.tournament_id))
    it.rows.of_field.put_lots(it.league, lots)
    return Answer(Lots(lots), version=it.rows.of_members.change_league(it.league))


def arranged(layouts: Sequence[LotLayout], slots: Sequence[Slot]) -> tuple[Lot, ...]:
    """The lots of a layout, numbered in its order.

    Raises:
        InvalidMessage: a slot is unknown, missing or in two lots; a name is, or cannot be used.
    """
    slot_of = {slot.slot_id: slot for slot in slots}
    times = Counter(slot_id for layout in layouts for slot_id in layout.slot_ids)
    for index, layout in enumerate(layouts):
        for slot_id in layout.slot_ids:
            if slot_id not in slot_of:
                raise InvalidMessage(
                    f"the field has no slot {slot_id}", field=f"$.lots[{index}].slot_ids"
                )
            if times[slot_id] > 1:
                raise InvalidMessage(
                    f"slot {slot_id} is there {times[slot_id]} times",
                    field=f"$.lots[{index}].slot_ids",
                )
    if missing := [slot_id for slot_id in slot_of if slot_id not in times]:
        raise InvalidMessage(f"no lot has slot {missing[0]}", field="$.lots")
    return tuple(
        _lot(position, layout, [slot_of[it] for it in layout.slot_ids])
        for position, layout in enumerate(layouts, start=1)
    )


def _lot(position: int, layout: LotLayout, slots: Sequence[Slot]) -> Lot:
    field = f"$.lots[{position - 1}].name"
    name = require_name(layout.name, field) if layout.name else _default_name(slots, field)
    return Lot(lot_id=f"L{position:02d}", position=position, name=name, slots=tuple(slots))


def _default_name(slots: Sequence[Slot], field: str) -> str:
    if len(slots) == 1 and len(name_of(slots[0])) <= MAX_NAME_CHARS:
        return name_of(slots[0])
    if len(slots) > 1 and len({slot.seed for slot in slots}) == 1:
        return f"{slots[0].seed} seeds"
    raise InvalidMessage("this lot needs a name", field=field)


def _refitted(
    rules: SettlementRules, before: Sequence[Slot], now: Sequence[Slot]
) -> SettlementRules:
    """The rules in another field: the payouts by default become those of that field."""
    if rules.payouts == default_payouts(rounds_of(before)):
        rules = msgspec.structs.replace(rules, payouts=())
    return checked_rules(rules, rounds_of(now))
