"""The events since a connection began, each once and in order."""

from __future__ import annotations

from collections.abc import Iterator

from shared.events import AnyEvent
from shared.replies import EventInPlace


class History:
    """Puts events in order: what comes too early waits, what is known is dropped.

    It is apart from the view because a snapshot moves the view past events that are still to
    be told one by one.
    """

    def __init__(self) -> None:
        self._told: int | None = None
        self._early: dict[int, AnyEvent] = {}

    @property
    def seq(self) -> int:
        """The last event that was told; 0 before the beginning."""
        return self._told or 0

    def begin(self, seq: int) -> None:
        """Tell the events after `seq`; only the first call counts."""
        if self._told is None:
            self._told = seq

    def add(self, seq: int, event: AnyEvent) -> Iterator[EventInPlace]:
        """Take one event; yields those that can now be told."""
        if seq > self.seq:
            self._early[seq] = event
        if self._told is None:
            return
        while (ready := self._early.pop(self._told + 1, None)) is not None:
            self._told += 1
            yield EventInPlace(self._told, ready)
        for known in [seq for seq in self._early if seq <= self._told]:
            del self._early[known]
