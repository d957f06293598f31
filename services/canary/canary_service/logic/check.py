"""One check of the stage: a bid goes in as a bidder's does, and has to come out everywhere."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable, Mapping

from canary_service.logic.bidding import FIRST_CENTS, BidThatStands, bid, fresh_lot
from canary_service.logic.conversation import Conversation
from canary_service.logic.ports import Entry, Line, Site, StepFailed
from canary_service.logic.steps import FAILURES, LIMITS_S, WHOLE_S, Steps
from shared.canary import CanaryReport, CanaryStep
from shared.commands import GetState
from shared.errors import Busy, Unavailable
from shared.replies import State

BIDS_A_LOT = 100
"""With a cent a bid the price counts the bids on the lot: after so many a check starts afresh."""

KEPT_EVENTS = 50
"""So many of the latest events keep their rows: other checks may be waiting for theirs."""

ROW_POLL_S = 0.25
BUSY_POLL_S = 0.25
LINE_POLL_S = 1.0


class Purse:
    """What a warm container knows: the amount that the next bid begins with. It may be wrong."""

    def __init__(self) -> None:
        self.next_cents = FIRST_CENTS


class Check:
    """Made for one run.

    Args:
        afresh: start with the state and a fresh lot, and tidy up; else only if it is due.
        through_lobby: come through a line into a public room as well, as anybody may.
        clock_ms: milliseconds that never go back.
    """

    def __init__(
        self,
        site: Site,
        purse: Purse,
        *,
        afresh: bool,
        through_lobby: bool,
        clock_ms: Callable[[], int],
        limits_s: Mapping[CanaryStep, float] = LIMITS_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self._site = site
        self._purse = purse
        self._afresh = afresh or purse.next_cents > BIDS_A_LOT
        self._through_lobby = through_lobby
        self._clock_ms = clock_ms
        self._whole_s = whole_s
        self._steps = Steps(clock_ms, limits_s)
        self._bid: BidThatStands | None = None
        self._lobby_ms: int | None = None
        self._broadcast_ms: int | None = None
        self._row_ms: int | None = None

    async def run(self) -> CanaryReport:
        """Take all steps, or those up to the first that fails. Leaves no connection open."""
        why = None
        try:
            async with asyncio.timeout(self._whole_s):
                await self._look()
        except StepFailed as failed:
            why = failed.why
        except TimeoutError:
            why = f"all together took longer than {self._whole_s:g} s"
        taken = tuple(self._steps.taken)
        failed_at = None if why is None else taken[-1].step
        return CanaryReport(
            passed=why is None,
            failed_at=failed_at,
            reason=None if failed_at is None else f"{FAILURES[failed_at]}: {why}",
            bid_ms=None if self._bid is None else self._bid.answered_ms - self._bid.sent_ms,
            lobby_ms=self._lobby_ms,
            broadcast_ms=self._broadcast_ms,
            row_ms=self._row_ms,
            steps=taken,
        )

    async def _look(self) -> None:
        async with self._steps.step("sign_in"):
            entry = await self._site.sign_in()
        async with self._steps.step("ticket"):
            ticket = await self._site.get_ticket(entry)
        if self._through_lobby:
            async with self._steps.step("lobby"):
                await self._visit(entry.to_public_room)
        async with self._steps.step("connect"):
            line = await self._connect(entry, ticket)
        try:
            await self._bid_and_follow(entry, Conversation(line, self._clock_ms))
        finally:
            await line.close()

    async def _visit(self, entry: Entry) -> None:
        """Through the line to a seat, and out again: the next check begins anew. Other checks are
        the same user, and take from each other the one seat that a user may have."""
        while True:
            try:
                ticket = await self._stand_in_line(entry)
                line = await self._site.connect(entry, ticket)
            except Unavailable:
                await asyncio.sleep(LINE_POLL_S)
            else:
                await line.close()
                await self._site.leave_line(entry)
                return

    async def _stand_in_line(self, entry: Entry) -> str:
        """The ticket at the end of the line."""
        began_ms = self._clock_ms()
        standing = await self._site.join_line(entry)
        while standing.ticket is None:
            await asyncio.sleep(LINE_POLL_S)
            # Another check may have left for both.
            is_waiting = standing.state == "waiting"
            look = self._site.look_at_line if is_waiting else self._site.join_line
            standing = await look(entry)
        self._lobby_ms = self._clock_ms() - began_ms
        return standing.ticket

    async def _connect(self, entry: Entry, ticket: str) -> Line:
        while True:
            try:
                return await self._site.connect(entry, ticket)
            except Busy:  # other checks have all the connections that the canary may have
                await asyncio.sleep(BUSY_POLL_S)
                ticket = await self._site.get_ticket(entry)

    async def _bid_and_follow(self, entry: Entry, talk: Conversation) -> None:
        if self._afresh:
            await self._start_afresh(talk)
        placed = self._bid = await bid(
            talk, self._steps, amount_cents=self._purse.next_cents, clock_ms=self._clock_ms
        )
        self._purse.next_cents = placed.amount_cents + 1
        async with self._steps.step("broadcast"):
            heard = await talk.event_of(placed.request_id)
            if heard.seq != placed.seq:
                raise StepFailed("it was broadcast in another place than it was accepted")
            self._broadcast_ms = heard.at_ms - placed.sent_ms
        async with self._steps.step("row"):
            await self._await_row(entry, placed)
            self._row_ms = self._clock_ms() - placed.sent_ms
        if self._afresh:
            async with self._steps.step("tidy"):
                await self._site.forget_events(entry, placed.seq - KEPT_EVENTS)

    async def _start_afresh(self, talk: Conversation) -> None:
        async with self._steps.step("state"):
            told = await talk.ask(GetState(request_id=uuid.uuid4().hex))
            if not isinstance(told, State):
                raise StepFailed("it was refused")
        async with self._steps.step("lot"):
            for command in fresh_lot():
                await talk.ask(command)  # what is refused here, the bid's own refusal mends
        self._purse.next_cents = FIRST_CENTS

    async def _await_row(self, entry: Entry, placed: BidThatStands) -> None:
        while True:
            # A bridge that does not answer now may before the time is up.
            with contextlib.suppress(Unavailable):
                if await self._site.has_row(entry, placed.seq, placed.request_id):
                    return
            await asyncio.sleep(ROW_POLL_S)
