"""The room is asked to seat those whose turn it is, and what it says is written down."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lobby_service.logic.line import Line
from lobby_service.logic.ports import Waiter
from lobby_service.logic.window import Window
from shared.errors import InvalidInput
from shared.room import Admitted, Newcomer


class Seated(msgspec.Struct, frozen=True):
    """What became of some newcomers.

    Attributes:
        admitted: who has a seat now.
        done: the users whose turn is over: the admitted, and whom the room cannot take at all.
        expired: how many seats were taken back from others.
        is_over: whether the auction was closed.
    """

    admitted: tuple[Waiter, ...] = ()
    done: frozenset[str] = frozenset()
    expired: int = 0
    is_over: bool = False


def seat(line: Line, newcomers: Sequence[Waiter], now_ms: int, window: Window) -> Seated:
    """Seat the newcomers in their order, as far as there are seats; with none of them, the room
    only takes back what has expired.

    If the room refuses the request itself, they are asked for one by one, and who is refused alone
    is set aside: one person must not stop the line.
    """
    try:
        answer = _ask(line, newcomers, len(newcomers), window)
    except InvalidInput as error:
        if not newcomers:
            raise
        return _one_by_one(line, newcomers, now_ms, window, error)
    return _written(line, answer, newcomers, now_ms, window)


def _one_by_one(
    line: Line, newcomers: Sequence[Waiter], now_ms: int, window: Window, error: InvalidInput
) -> Seated:
    together = Seated()
    for waiter in newcomers:
        try:
            answer = _ask(line, [waiter], 1 + len(together.done), window)
        except InvalidInput as refused:
            window.set_asides.put(
                f"turn {waiter.turn} of a waiter of {line.auction_id}",
                f"the room refuses this newcomer: {refused.message}",
                msgspec.json.encode(waiter).decode(),
            )
            window.waiters.expire(waiter)
            together = _both(together, Seated(done=frozenset({waiter.user_id})))
            continue
        one = _written(line, answer, [waiter], now_ms, window)
        together = _both(together, one)
        if not one.done:
            break
    return together


def _ask(line: Line, newcomers: Sequence[Waiter], gone: int, window: Window) -> Admitted:
    waiting = max(line.waiting_for_room - gone, 0 if line.status == "open" else 1)
    users = [Newcomer(it.user_id, it.name) for it in newcomers]
    return window.room.admit(line.auction_id, waiting, users, line.opened_at_ms)


def _written(
    line: Line, answer: Admitted, newcomers: Sequence[Waiter], now_ms: int, window: Window
) -> Seated:
    for user_id in answer.expired:
        window.waiters.expire_before(line.auction_id, user_id, now_ms)
    has_seat = frozenset(answer.seated)
    admitted = tuple(it for it in newcomers if it.user_id in has_seat)
    for waiter in admitted:
        window.waiters.admit(waiter, now_ms)
    done = frozenset(it.user_id for it in admitted)
    return Seated(admitted, done, len(answer.expired), answer.is_over)


def _both(one: Seated, other: Seated) -> Seated:
    return Seated(
        one.admitted + other.admitted,
        one.done | other.done,
        one.expired + other.expired,
        one.is_over or other.is_over,
    )
