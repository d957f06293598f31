"""What is counted of the lines; every metric is explained in docs/runbook.md.

A canary's auctions are not counted: the canary has metrics of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from lobby_service.logic.admit_next import Admission
from lobby_service.logic.line import Line
from lobby_service.logic.watch import Watched
from shared.metrics import emit
from shared.synthetic import is_synthetic


def count_waiting(lines: Iterable[Line]) -> None:
    """Count who waits in all lines together."""
    of_people = [line for line in lines if not is_synthetic(line.auction_id)]
    if of_people:
        emit({"LobbyWaiting": sum(line.waiting for line in of_people)})


def count_admission(auction_id: str, done: Admission) -> None:
    """Count what one window did."""
    if is_synthetic(auction_id):
        return
    if done.admitted:
        emit({"LobbyAdmitted": done.admitted}, auction_id=auction_id)
        emit({"LobbyWaitMs": done.longest_ms}, "Milliseconds", auction_id=auction_id)
    _count_expired(auction_id, done.expired)


def count_watched(auction_id: str, seen: Watched) -> None:
    """Count what was seen of one line."""
    if is_synthetic(auction_id):
        return
    if seen.oldest_ms is not None:
        emit({"LobbyOldestMs": seen.oldest_ms}, "Milliseconds", auction_id=auction_id)
    if seen.stands:
        emit({"LobbyStands": 1}, auction_id=auction_id)
    _count_expired(auction_id, seen.expired)


def _count_expired(auction_id: str, seats: int) -> None:
    if seats:
        emit({"LobbyExpired": seats}, auction_id=auction_id)
