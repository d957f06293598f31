"""Commands that wait for their answer, across connections."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from shared.commands import Command
from shared.replies import (
    Accepted,
    AnyReply,
    Chat,
    ChatSent,
    EventReply,
    Pong,
    Presence,
    RefusedReply,
    State,
)

Answer = Accepted | RefusedReply | State | Presence | Pong | ChatSent

NEVER = 0
"""The number of no connection."""


@dataclass
class Request:
    """A command, its answer to come, and the connection (1, 2, …) that last carried it."""

    command: Command
    answer: asyncio.Future[Answer]
    carried_by: int = NEVER


class Requests:
    """Those without an answer, by request id."""

    def __init__(self) -> None:
        self._open: dict[str, Request] = {}

    def add(self, command: Command) -> Request:
        request = Request(command, asyncio.get_running_loop().create_future())
        self._open[command.request_id] = request
        return request

    def answer(self, answer: Answer) -> None:
        """Answer the request it names; the first answer counts, those of others are passed over."""
        request = self._open.pop(answer.request_id or "", None)
        if request is not None and not request.answer.done():
            request.answer.set_result(answer)

    def forget(self, request: Request) -> None:
        self._open.pop(request.command.request_id, None)

    def not_carried_by(self, connection: int) -> list[Request]:
        """The requests that this connection has not carried yet, oldest first."""
        return [request for request in self._open.values() if request.carried_by != connection]

    def fail(self, error: Exception) -> None:
        """Give up on all."""
        for request in self._open.values():
            if not request.answer.done():
                request.answer.set_exception(error)
        self._open.clear()


def answers_in(message: AnyReply) -> Iterator[Answer]:
    """A reply answers its request; so does an event, for it was caused by one."""
    match message:
        case EventReply():
            if message.event.request_id is not None:
                yield Accepted(request_id=message.event.request_id, seq=message.seq)
        case Chat():
            pass
        case State():
            for place in message.events:
                if place.event.request_id is not None:
                    yield Accepted(request_id=place.event.request_id, seq=place.seq)
            yield message
        case _:
            yield message
