"""The seats of a public auction's room, as a function of what they are and what happens.

A seat is one user's: an offer until it is claimed, or one live connection; once that is gone, it
waits for them a while. Each has a time at which it expires, whatever it is: a connection too, for
API Gateway closes it before. A seat that has expired still counts as taken until it is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from shared.limits import CONNECTION_LIFETIME_MS
from shared.room import Admit, Admitted, Newcomer
from shared.settings import Settings
from websocket_service.logic.ports import SETTLING_MS

SEATED_MS = CONNECTION_LIFETIME_MS + 10 * 60 * 1000
"""When a connection that nobody saw end has ended for certain."""

MOST_TAKEN_BACK = 70
"""Expired seats that one change takes back: with the room and 25 newcomers it still is one
transaction, which has 100 rows at most."""


class Seat(msgspec.Struct, frozen=True):
    """One user's seat.

    Attributes:
        name: of the user.
        expires_at_ms: from then on it is nobody's, and may be taken back.
        grace_ms: how long it waits once its connection is gone.
        claim: what the ticket has to say that may take it up; the one before is void. Empty while
            there is none.
        connection_id: the connection that it is, or empty.
    """

    user_id: str
    name: str
    expires_at_ms: int
    grace_ms: int
    claim: str = ""
    connection_id: str = ""

    def is_held(self, now_ms: int) -> bool:
        return now_ms < self.expires_at_ms

    def is_settling(self, now_ms: int) -> bool:
        """Its connection is so young that it may not be up yet."""
        return bool(self.connection_id) and now_ms < self.expires_at_ms - SEATED_MS + SETTLING_MS


class Room(msgspec.Struct, frozen=True):
    """What is known of all seats together.

    Attributes:
        taken: how many seats there are, expired ones too.
        waiting: how many wait in the line.
        is_open: not once the auction is no longer public.
        opened_at_ms: when its line was opened, the latest time that is known here.
    """

    taken: int = 0
    waiting: int = 0
    is_open: bool = True
    opened_at_ms: int = 0

    def is_open_for(self, opened_at_ms: int) -> bool:
        """Whether who comes from a line that was opened then may be seated: a closed room is opened
        again by a line that is newer."""
        is_newer = opened_at_ms > self.opened_at_ms
        return is_newer or (self.is_open and opened_at_ms == self.opened_at_ms)


class SeatsChange(msgspec.Struct, frozen=True):
    """Rows that are written together, or not at all: each as it was read and as it is to be, None
    where there is none."""

    auction_id: str
    seats: tuple[tuple[Seat | None, Seat | None], ...] = ()
    room: tuple[Room | None, Room] | None = None


def admission(
    request: Admit,
    room: Room | None,
    known: Mapping[str, Seat],
    own_right: frozenset[str],
    expired: Sequence[Seat],
    *,
    is_over: bool,
    settings: Settings,
    now_ms: int,
) -> tuple[SeatsChange | None, Admitted]:
    """Take back what has expired, and seat those who are next, as far as there are seats.

    Args:
        known: seats that the named users have, by user.
        own_right: who of the named needs none.
        expired: at most `MOST_TAKEN_BACK`.
        is_over: the auction was closed.

    Returns:
        what to write, None if nothing changes; and the answer once it is written.
    """
    before = room or Room()
    lost = {seat.user_id: seat for seat in expired}
    lost |= {user: seat for user, seat in known.items() if not seat.is_held(now_ms)}
    is_late = request.opened_at_ms < before.opened_at_ms
    is_open = before.is_open_for(request.opened_at_ms) and not is_over
    free = max(0, settings.seats - before.taken + len(lost)) if is_open else 0
    seated: list[str] = []
    offers: dict[str, Seat] = {}
    for user in request.users:
        held = user.user_id in known and user.user_id not in lost
        if not (held or user.user_id in own_right or user.user_id in offers):
            if len(offers) == free:
                continue
            offers[user.user_id] = offer(user, settings, now_ms)
        seated.append(user.user_id)
    unseated = len({user.user_id for user in request.users} - {*seated})
    after = Room(
        taken=before.taken - len(lost) + len(offers),
        waiting=before.waiting if is_late else request.waiting + unseated,
        is_open=(before.is_open if is_late else is_open) and not is_over,
        opened_at_ms=max(before.opened_at_ms, request.opened_at_ms),
    )
    users = dict.fromkeys([*lost, *offers])
    change = SeatsChange(
        request.auction_id,
        seats=tuple((lost.get(user), offers.get(user)) for user in users),
        room=(room, after),
    )
    gone = tuple(user for user in lost if user not in offers)
    nothing = (after == room or (room is None and is_over)) and not users
    admitted = Admitted(tuple(seated), gone, free - len(offers), is_over)
    return None if nothing else change, admitted


def walk_in(
    auction_id: str,
    user: Newcomer,
    room: Room,
    expired: Seat | None,
    *,
    claim: str,
    settings: Settings,
    now_ms: int,
) -> tuple[Seat, SeatsChange] | None:
    """Seat somebody without the line; None where they have to join it.

    Args:
        expired: a seat that they had.
    """
    taken = room.taken - (expired is not None)
    if not room.is_open or room.waiting or taken >= settings.seats:
        return None
    seat = replace(offer(user, settings, now_ms), claim=claim)
    after = replace(room, taken=taken + 1)
    return seat, SeatsChange(auction_id, seats=((expired, seat),), room=(room, after))


def offer(user: Newcomer, settings: Settings, now_ms: int) -> Seat:
    return Seat(
        user_id=user.user_id,
        name=user.name,
        expires_at_ms=now_ms + settings.seat_claim_ms,
        grace_ms=settings.seat_grace_ms,
    )


def renewed(seat: Seat, claim: str, now_ms: int) -> Seat:
    """The seat for a new ticket; its connection has to be closed."""
    return replace(without_connection(seat, now_ms), claim=claim)


def claimed(seat: Seat | None, claim: str, connection_id: str, now_ms: int) -> Seat | None:
    """The seat once a connection has taken it up; None if that may not."""
    if seat is None or not seat.is_held(now_ms) or not claim or seat.claim != claim:
        return None
    expires_at_ms = now_ms + SEATED_MS
    return replace(seat, claim="", connection_id=connection_id, expires_at_ms=expires_at_ms)


def without_connection(seat: Seat, now_ms: int) -> Seat:
    """The seat once its connection is gone, if it had one."""
    if not seat.connection_id:
        return seat
    return replace(seat, connection_id="", expires_at_ms=now_ms + seat.grace_ms)
