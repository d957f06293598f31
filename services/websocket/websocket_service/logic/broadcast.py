"""Telling everyone: the actor first, then all others in parallel; nothing that goes wrong here
fails the command that caused it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from shared.logs import logger

if TYPE_CHECKING:
    from websocket_service.logic.ports import Connections, Sockets

FAN_OUT_SLICE = 200
"""Connections that one fan-out worker posts to."""

FanOut = Callable[[str, Sequence[str], bytes], None]
"""Hands a slice of connections to a worker: auction id, connection ids, message."""


class Told(msgspec.Struct, frozen=True):
    """How many connections were posted to from here, and how many of them were gone; those that
    were handed to workers count there."""

    posts: int = 0
    gone: int = 0

    def and_also(self, other: Told) -> Told:
        return Told(self.posts + other.posts, self.gone + other.gone)


class Broadcaster:
    """Posts an auction's messages to its connections.

    A warm container keeps the list of connections. It stays right without a read, because every
    write of the auction tells how many connections there have been (`audience`): a new one makes
    the container list them again, and those that are gone answer 410.

    Args:
        connections: made when they are needed: a worker that finds nobody gone needs none.
        fan_out_above: from this many connections on, workers post them; asked when listing.
    """

    def __init__(
        self,
        connections: Callable[[], Connections],
        sockets: Sockets,
        fan_out: FanOut,
        fan_out_above: Callable[[], int],
    ) -> None:
        self._connections = connections
        self._sockets = sockets
        self._fan_out = fan_out
        self._fan_out_above = fan_out_above
        self._known: dict[str, _Listeners] = {}

    def send(
        self, auction_id: str, message: bytes, *, first: str | None, audience: int | None
    ) -> Told:
        """Post `message` to every connection of an auction, to `first` before the others."""
        told = Told()
        try:
            if first is not None:
                self._sockets.post([first], message)
                told = Told(posts=1)
            listeners = self._listeners(auction_id, audience)
            others = [c for c in listeners.connection_ids if c != first]
            if len(others) > listeners.fan_out_above:
                for start in range(0, len(others), FAN_OUT_SLICE):
                    self._fan_out(auction_id, others[start : start + FAN_OUT_SLICE], message)
            elif others:
                told = told.and_also(self.post(auction_id, others, message))
        except Exception:  # noqa: BLE001 - the change is committed; clients repair the gap
            logger().exception("broadcast failed", extra={"auction_id": auction_id})
        return told

    def post(self, auction_id: str, connection_ids: Sequence[str], message: bytes) -> Told:
        """Post to some connections and remove those that are gone."""
        gone = self._sockets.post(connection_ids, message)
        removed = [c for c in gone if self._connections().remove_gone(auction_id, c)]
        known = self._known.get(auction_id)
        if removed and known is not None:
            left = [c for c in known.connection_ids if c not in removed]
            self._known[auction_id] = msgspec.structs.replace(known, connection_ids=left)
        return Told(posts=len(connection_ids), gone=len(gone))

    def _listeners(self, auction_id: str, audience: int | None) -> _Listeners:
        known = self._known.get(auction_id)
        if known is not None and audience is not None and known.audience == audience:
            return known
        listeners = _Listeners(
            audience=audience,
            connection_ids=[c.connection_id for c in self._connections().list(auction_id)],
            fan_out_above=self._fan_out_above(),
        )
        if audience is not None:
            self._known[auction_id] = listeners
        return listeners


class _Listeners(msgspec.Struct, frozen=True):
    audience: int | None
    connection_ids: list[str]
    fan_out_above: int
