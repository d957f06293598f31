"""What a caller saw of each call: when it was sent and answered, and what the answer was."""

from __future__ import annotations

import msgspec

from shared.commands import Command
from shared.replies import State


class Answer(msgspec.Struct, frozen=True):
    """Attributes:
    code: why it was refused; None if it was accepted.
    seq: the event it caused, or the state that refused it.
    new: it caused the event now, not when it was sent before.
    lot_id: the lot that its event names.
    """

    code: str | None
    seq: int | None
    minimum_cents: int | None = None
    new: bool = False
    lot_id: str | None = None


class Sight(msgspec.Struct, frozen=True):
    """What a snapshot said; `owners` by lot, `spent` by member."""

    seq: int
    status: str | None
    lot_id: str | None
    minimum_cents: int | None
    high: tuple[int, int] | None
    remaining_ms: int | None
    deadline_ms: int | None
    owners: dict[str, tuple[int, int]]
    spent: dict[int, int]
    up: tuple[str, ...]


class Call(msgspec.Struct, frozen=True):
    """One command of a history.

    Attributes:
        invoked_ns, returned_ns: by one clock for all callers; it took effect in between, if the
            history is linearizable.
        at_ms: the server's time that it was decided by.
    """

    invoked_ns: int
    returned_ns: int
    member: int
    command: Command
    at_ms: int
    answer: Answer | Sight


def sight_of(state: State) -> Sight:
    lot = state.current
    high = None
    deadline = None
    if lot is not None:
        if lot.high_bidder is not None and lot.high_cents is not None:
            high = (lot.high_bidder, lot.high_cents)
        if lot.base_deadline_ms is not None:
            deadline = max(lot.base_deadline_ms, lot.extended_to_ms)
    return Sight(
        seq=state.seq,
        status=state.status,
        lot_id=None if lot is None else lot.lot_id,
        minimum_cents=None if lot is None else lot.minimum_cents,
        high=high,
        remaining_ms=None if lot is None else lot.remaining_ms,
        deadline_ms=deadline,
        owners={
            it.lot_id: (it.owner, it.price_cents)
            for it in state.lot_states
            if it.owner is not None and it.price_cents is not None
        },
        spent=dict(state.spent),
        up=tuple(it.lot_id for it in state.lot_states if it.status == "up"),
    )
