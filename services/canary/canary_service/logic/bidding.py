"""A bid that stands, on the one lot that every check bids on.

The lot stays up between checks, with the latest bid standing: no check has to take anything back,
and two at once only outbid each other. Whatever state the auction was left in (never opened,
paused, the lot sold because no check came for ten minutes), a refusal says what is missing, and
the command that mends it is the same whoever sends it first.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

import msgspec

from canary_service.logic.conversation import Conversation
from canary_service.logic.ports import StepFailed
from canary_service.logic.steps import Steps
from shared import commands
from shared.replies import Accepted, RefusedReply

LOT = "L01"
FIRST_CENTS = 1

ATTEMPTS = 12
"""Bids and mending commands in one check. From the worst state it takes five; the others are for
checks that do the same at the same time."""

_Mend = Callable[[str], commands.Command]
_MENDING: Mapping[str, _Mend] = {
    "auction_not_open": lambda new_id: commands.OpenAuction(request_id=new_id),
    "auction_closed": lambda new_id: commands.ReopenAuction(request_id=new_id),
    "auction_paused": lambda new_id: commands.Resume(request_id=new_id),
    "lot_not_up": lambda new_id: commands.NextLot(request_id=new_id, lot_id=LOT),
    "lot_not_available": lambda new_id: commands.ResetLot(request_id=new_id, lot_id=LOT),
    "deadline_passed": lambda new_id: commands.ResetLot(request_id=new_id, lot_id=LOT),
}
"""What a refusal calls for, by its code."""


class BidThatStands(msgspec.Struct, frozen=True):
    """An accepted bid: when it was sent and when that was answered."""

    request_id: str
    seq: int
    amount_cents: int
    sent_ms: int
    answered_ms: int


async def bid(
    talk: Conversation, steps: Steps, *, amount_cents: int, clock_ms: Callable[[], int]
) -> BidThatStands:
    """Bid, at first `amount_cents`, until a bid stands.

    Raises:
        StepFailed: at step `bid`, or at `lot` where that would have to be mended first.
    """
    command: commands.Command = _bid_of(amount_cents)
    for _ in range(ATTEMPTS):
        async with steps.step("bid" if isinstance(command, commands.PlaceBid) else "lot"):
            sent_ms = clock_ms()
            answer = await talk.ask(command)
            answered_ms = clock_ms()
            if isinstance(command, commands.PlaceBid):
                amount_cents = command.amount_cents
                if isinstance(answer, Accepted):
                    return BidThatStands(
                        command.request_id, answer.seq, amount_cents, sent_ms, answered_ms
                    )
            command = _next(command, answer, amount_cents)
    raise StepFailed("the auction keeps refusing")


def fresh_lot() -> tuple[commands.Command, ...]:
    """What takes the lot, its bids and its price away, and brings it up again."""
    reset, put_up = _MENDING["lot_not_available"], _MENDING["lot_not_up"]
    return reset(_new_id()), put_up(_new_id())


def _next(command: commands.Command, answer: object, amount_cents: int) -> commands.Command:
    """What to say after an answer that was no accepted bid."""
    if not isinstance(answer, RefusedReply):
        return _bid_of(amount_cents)
    if answer.code == "bid_too_low" and answer.minimum_cents is not None:
        return _bid_of(answer.minimum_cents)
    if mend := _MENDING.get(answer.code):
        return mend(_new_id())
    if isinstance(command, commands.PlaceBid):
        raise StepFailed(answer.code.replace("_", " "))
    # Another check may have mended it first; if not, the next bid's refusal says so.
    return _bid_of(amount_cents)


def _bid_of(amount_cents: int) -> commands.PlaceBid:
    return commands.PlaceBid(request_id=_new_id(), lot_id=LOT, amount_cents=amount_cents)


def _new_id() -> str:
    return uuid.uuid4().hex
