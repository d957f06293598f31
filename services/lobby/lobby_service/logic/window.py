"""What an admission window works with."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from lobby_service.logic.ports import Lines, Numbers, Room, SetAsides, Waiters


class Window(msgspec.Struct, frozen=True):
    """The world of a window. `new_seed` makes 32 random hexadecimal digits."""

    lines: Lines
    waiters: Waiters
    numbers: Numbers
    room: Room
    set_asides: SetAsides
    now_ms: Callable[[], int]
    new_seed: Callable[[], str]
