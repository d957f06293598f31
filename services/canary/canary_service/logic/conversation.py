"""Asking on a line, and hearing what happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from canary_service.logic.ports import Line
from shared.client import Answer
from shared.commands import Command
from shared.replies import Chat, EventReply, RefusedReply


class Heard(msgspec.Struct, frozen=True):
    """An event that was broadcast, and when it was heard."""

    seq: int
    at_ms: int


class Conversation:
    """One thing is asked after the other; an event that overtakes its answer is not lost.

    Args:
        clock_ms: milliseconds that never go back.
    """

    def __init__(self, line: Line, clock_ms: Callable[[], int]) -> None:
        self._line = line
        self._clock_ms = clock_ms
        self._events: dict[str, Heard] = {}
        self._answer: Answer | None = None

    async def ask(self, command: Command) -> Answer:
        """The answer to a command. Its event is none: that is broadcast, and heard by itself."""
        self._answer = None
        await self._line.send(command)
        while self._answer is None or not _is_of(self._answer, command):
            await self._hear()
        return self._answer

    async def event_of(self, request_id: str) -> Heard:
        """The event that a request caused, as it was broadcast."""
        while request_id not in self._events:
            await self._hear()
        return self._events[request_id]

    async def _hear(self) -> None:
        message = await self._line.receive()
        match message:
            case EventReply():
                if message.event.request_id is not None:
                    heard = Heard(message.seq, self._clock_ms())
                    self._events[message.event.request_id] = heard
            case Chat():
                pass
            case _:
                self._answer = message


def _is_of(answer: Answer, command: Command) -> bool:
    """A refusal of what could not be read names no request; there is only the one."""
    is_nameless = isinstance(answer, RefusedReply) and answer.request_id is None
    return is_nameless or answer.request_id == command.request_id
