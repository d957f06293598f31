"""Random nights: what people ask of an auction, sensible or not."""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from hypothesis import strategies as st

from shared import commands
from shared.commands import Command, PlaceBid, SetMaximum
from shared.errors import Refused
from tests.fakes.builders import ADA, BEN, CLEO, DAN
from tests.fakes.world import World
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided


class Wish(NamedTuple):
    """What somebody asks for, some time after the wish before."""

    after_ms: int
    caller: Caller
    kind: type[Command]
    lot_id: str
    forced: bool
    over_cents: int


WISHES = st.builds(
    Wish,
    after_ms=st.sampled_from([0, 1, 1_000, 9_999, 15_000]),
    caller=st.sampled_from([CLEO, DAN, BEN]),
    kind=st.sampled_from(
        [
            *[commands.PlaceBid] * 6,
            *[commands.SetMaximum] * 4,
            *[commands.NextLot] * 4,
            *[commands.Hammer] * 3,
            commands.PassLot,
            *[commands.UndoBid] * 2,
            commands.ResetLot,
            commands.ResetClock,
            commands.Pause,
            *[commands.Resume] * 2,
            commands.SetAutoNext,
            commands.CloseAuction,
            *[commands.ReopenAuction] * 2,
        ]
    ),
    lot_id=st.sampled_from(["L1", "L2", "L3"]),
    forced=st.booleans(),
    over_cents=st.sampled_from([0, 0, 1, 20_00, 80_00, -1, 500_00]),
)
STORIES = st.lists(WISHES, max_size=60)


def grant(world: World, wish: Wish) -> Refused | None:
    """Do what is wished, or return why the auction said no."""
    world.clock.advance(wish.after_ms)
    command = _command(world, wish)
    try:
        if isinstance(command, PlaceBid):
            world.bid(wish.caller, command.amount_cents, lot_id=command.lot_id)
        elif isinstance(command, SetMaximum):
            world.run(command, wish.caller)
        else:
            assert isinstance(command, get_args(Decided))
            world.run(command, ADA)
    except Refused as refusal:
        return refusal
    return None


def _command(world: World, wish: Wish) -> Command:
    lot = world.state.current
    fields: dict[str, Any] = {
        "request_id": world.new_request(),
        # people mostly mean the lot that is up
        "lot_id": lot.lot_id if lot and wish.lot_id != "L3" else wish.lot_id,
        "forced": wish.forced,
        "amount_cents": max(1, (lot.minimum_cents if lot else 1_00) + wish.over_cents),
        "maximum_cents": max(1, (lot.minimum_cents if lot else 1_00) + wish.over_cents),
        "after_ms": 5_000 if wish.forced else None,
    }
    return wish.kind(**{n: fields[n] for n in wish.kind.__struct_fields__ if n in fields})
