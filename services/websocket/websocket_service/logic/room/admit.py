"""Letting those in who are next in the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.errors import Busy
from shared.room import Admit, Admitted
from websocket_service.logic.room.ports import RoomDesk
from websocket_service.logic.room.seats import MOST_TAKEN_BACK, admission

OwnRights = Callable[[str, Sequence[str]], frozenset[str]]
"""Who of some users is commissioner, admin or bidder of an auction."""


def admit(
    request: Admit, desk: RoomDesk, own_rights: OwnRights, is_over: Callable[[str], bool]
) -> Admitted:
    """Take back expired seats and hand out free ones, in one write: however often it is repeated
    or done by others at once, and wherever it dies, no seat is given twice.

    Args:
        is_over: whether an auction was closed.

    Raises:
        Busy: others were faster each time; the same request may be sent again.
    """
    auction_id = request.auction_id
    user_ids = list(dict.fromkeys(user.user_id for user in request.users))
    own_right = own_rights(auction_id, user_ids)
    over = is_over(auction_id)
    for _ in desk.attempts():
        room, known = desk.seats.read(auction_id, user_ids)
        now_ms = desk.now_ms()
        change, admitted = admission(
            request,
            room,
            known,
            own_right,
            desk.seats.expired(auction_id, now_ms, MOST_TAKEN_BACK),
            is_over=over,
            settings=desk.settings(),
            now_ms=now_ms,
        )
        if change is None or desk.seats.write(change):
            return admitted
    raise Busy("too many come and go at once; try again")
