"""A short auction by several callers at once, sending random commands against each other."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_args

import msgspec

from chaos.histories.recording import Answer, Call, Sight, sight_of
from shared import commands
from shared.commands import Command
from shared.errors import Busy, Refused
from shared.events import AuctionReopened, LotPassed, LotReset, LotSold
from tests.integration.websocket.model import LOTS
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.ports import LedgerWriter
from websocket_service.logic.read_state import Reader, get_state
from websocket_service.logic.run_command import Desk, run_command

CALLERS = 5
CALLS_EACH = 6
STEPS_MS = (0, 0, 1, 500, 4_999, 10_000)
OVER_CENTS = (-1_00, 0, 0, 1, 7_00, 40_00, 600_00)
KINDS: list[type[Command]] = [
    *[commands.PlaceBid] * 9,
    *[commands.SetMaximum] * 4,
    *[commands.Hammer] * 3,
    *[commands.NextLot] * 4,
    *[commands.GetState] * 3,
    *[commands.UndoBid] * 2,
    *[commands.ResetLot] * 2,
    *[commands.Resume] * 2,
    commands.Pause,
    commands.ResetClock,
    commands.PassLot,
    commands.CloseAuction,
    *[commands.ReopenAuction] * 2,
]
ENDS_OF_A_LOT = (LotSold, LotPassed, LotReset, AuctionReopened)
BUSY_LEDGER_S = 0.002


class Time:
    """The server's time, which jumps now and then; it also lets others in between a read and the
    write that follows it. Remembers for each caller the moment that decided its call."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._now_ms = 1_000_000
        self._read = threading.local()
        self._lock = threading.Lock()

    def __call__(self) -> int:
        with self._lock:
            step = self._chance.choice(STEPS_MS) if self._chance.random() < 0.3 else 0
            pause_s = self._chance.choice((0, 0, 0.001, 0.003))
            self._now_ms += step
            self._read.ms = self._now_ms
        if pause_s:
            time.sleep(pause_s)  # a race, not a wait: whoever is quicker comes between
        return int(self._read.ms)

    @property
    def read_ms(self) -> int:
        return getattr(self._read, "ms", self._now_ms)


class Play:
    """One history in the making."""

    def __init__(
        self, auction_id: str, desk: Desk, reader: Reader, writer: LedgerWriter, seed: int
    ) -> None:
        self._auction_id = auction_id
        self._chance = random.Random(seed)
        self._time = Time(random.Random(seed + 1))
        self._desk = msgspec.structs.replace(
            desk, now_ms=self._time, wait=lambda _: time.sleep(BUSY_LEDGER_S)
        )
        self._reader, self._writer = reader, writer
        self._believed: tuple[str, int] = (LOTS[0], 1_00)
        self._between_lots = False
        self._latest: tuple[int, Command] | None = None
        self.calls: list[Call] = []

    def run(self) -> list[Call]:
        """The calls of a whole history; it ends with a look at everything."""
        self._send(0, commands.NextLot(request_id="first", lot_id=LOTS[0]))
        seeds = [self._chance.random() for _ in range(CALLERS)]
        with ThreadPoolExecutor(CALLERS) as callers:
            list(callers.map(self._call_often, range(CALLERS), seeds))
        self._send(0, commands.GetState(request_id="last"))
        return self.calls

    def _call_often(self, member: int, seed: float) -> None:
        chance = random.Random(seed)
        for place in range(CALLS_EACH):
            latest = self._latest
            if latest is not None and chance.random() < 0.1:
                self._send(*latest)  # a device that lost its answer, or two of them
            else:
                command = self._any_command(f"{member}-{place}", chance)
                self._latest = (member, command)
                self._send(member, command)

    def _any_command(self, request_id: str, chance: random.Random) -> Command:
        lot, minimum = self._believed
        kind = chance.choice(KINDS)
        if self._between_lots and chance.random() < 0.5:
            kind = commands.NextLot
        fields: dict[str, Any] = {
            "request_id": request_id,
            # people mostly mean the lot that is up
            "lot_id": chance.choice(LOTS) if chance.random() < 0.2 else lot,
            "amount_cents": max(1, minimum + chance.choice(OVER_CENTS)),
            "maximum_cents": max(1, minimum + chance.choice(OVER_CENTS)),
            "forced": chance.random() < 0.5,
            "since_seq": 0,
        }
        if kind is commands.NextLot:
            fields["lot_id"] = chance.choice(LOTS)
        return kind(**{name: fields[name] for name in kind.__struct_fields__ if name in fields})

    def _send(self, member: int, command: Command) -> None:
        caller = Caller(self._auction_id, member, f"Member {member}", "commissioner", f"u{member}")
        invoked = time.perf_counter_ns()
        answer, then = self._answer(command, caller)
        returned = time.perf_counter_ns()
        then()
        self.calls.append(Call(invoked, returned, member, command, self._time.read_ms, answer))

    def _answer(self, command: Command, caller: Caller) -> tuple[Answer | Sight, Callable[[], Any]]:
        """The answer, and what happens only once the caller has it."""
        try:
            if isinstance(command, commands.GetState):
                return sight_of(get_state(command, caller, self._reader)), _nothing
            outcome = self._decide(command, caller)
        except Refused as refused:
            answer = Answer(refused.refusal_code, refused.seq, refused.minimum_cents)
            return answer, _nothing
        except Busy:
            return Answer("busy", None), _nothing
        return self._accepted(outcome)

    def _decide(self, command: Command, caller: Caller) -> Outcome:
        if isinstance(command, commands.PlaceBid):
            desk = self._desk
            return place_bid(
                command,
                caller,
                auctions=desk.auctions,
                rules_book=desk.rules_book,
                members=desk.catalogue.members,
                now_ms=desk.now_ms,
            )
        assert isinstance(command, get_args(Decided))
        return run_command(command, caller, self._desk)

    def _accepted(self, outcome: Outcome) -> tuple[Answer, Callable[[], Any]]:
        entry = outcome.entry
        if entry is None:
            return Answer(None, outcome.seq), _nothing
        lot = getattr(entry.event, "lot_id", None)
        self._believed = (lot or self._believed[0], getattr(entry.event, "minimum_cents", 1_00))
        self._between_lots = isinstance(entry.event, ENDS_OF_A_LOT)
        # the stream's work: the ledger follows the item, whoever looks before
        return (
            Answer(None, outcome.seq, new=True, lot_id=lot),
            lambda: self._writer.append([entry]),
        )


def _nothing() -> None:
    pass
