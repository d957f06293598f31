"""What a check needs of the stage; `adapters/` offers it, and tests offer it in memory."""

from __future__ import annotations

from typing import Protocol

import msgspec

from shared.commands import Command
from shared.lobby import LineStanding
from shared.replies import AnyReply
from shared.synthetic import public_id


class StepFailed(Exception):
    """A step of the check failed. `why` is for whoever reads the report: nothing internal."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Entry(msgspec.Struct, frozen=True):
    """The canary, signed in, and an auction: at first the one that it bids in."""

    token: str
    auction_id: str

    @property
    def to_public_room(self) -> Entry:
        """Where the canary has no right of its own, and comes in as anybody does."""
        return Entry(self.token, public_id(self.auction_id))


class Line(Protocol):
    """An open WebSocket."""

    async def send(self, command: Command) -> None: ...

    async def receive(self) -> AnyReply:
        """The next message.

        Raises:
            StepFailed: the connection is closed, or the function behind it failed.
        """
        ...

    async def close(self) -> None: ...


class Site(Protocol):
    """The stage, as a bidder has it, and its database, as the bridge shows it.

    Each of these raises StepFailed or a CalcuttaError; none has a limit to its patience.
    """

    async def sign_in(self) -> Entry: ...

    async def get_ticket(self, entry: Entry) -> str: ...

    async def join_line(self, entry: Entry) -> LineStanding:
        """Stand in the line in front of the room, or see where the canary stands already."""
        ...

    async def look_at_line(self, entry: Entry) -> LineStanding: ...

    async def leave_line(self, entry: Entry) -> None: ...

    async def connect(self, entry: Entry, ticket: str) -> Line:
        """Raises Busy: the canary has as many connections as it may; try with a new ticket."""
        ...

    async def has_row(self, entry: Entry, seq: int, request_id: str) -> bool:
        """Whether the database has this request's event in that place of the ledger."""
        ...

    async def forget_events(self, entry: Entry, before_seq: int) -> None:
        """Delete the database's rows of what happened earlier in the synthetic auction."""
        ...
