"""Any sequence of commands does to the real adapters what it does on paper."""

from __future__ import annotations

from itertools import count
from typing import get_args

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared import commands
from shared.commands import Command
from shared.errors import Refused
from shared.fields import Role
from tests.integration.websocket.model import LOTS, Paper, Seen
from tests.integration.websocket.world import AUCTION, catalogue, live, open_auction
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.tables import MODELS
from websocket_service.adapters.writes import DynamoLedgerWriter
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.run_command import Desk, run_command

lots = st.sampled_from(LOTS)
bidders = st.integers(1, 3)
a_lot_is_up = precondition(lambda self: self.paper.lot is not None)
no_lot_is_up = precondition(lambda self: self.paper.lot is None)
closed = precondition(lambda self: self.paper.closed)
ANY = (
    "next",
    "bid",
    "hammer",
    "pass",
    "undo",
    "clock",
    "pause",
    "resume",
    "close",
    "reopen",
)


class AuctionMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        for model in MODELS.values():
            with model.batch_write() as batch:
                for row in model.scan():
                    batch.delete(row)
        open_auction(lot_count=len(LOTS))
        self.paper = Paper()
        self.request_ids = (f"r{n}" for n in count())
        self.last: tuple[Command, int, Outcome] | None = None
        self.desk = Desk(
            auctions=DynamoAuctions(live()),
            rules_book=DynamoRulesBook(live()),
            catalogue=catalogue(),
            ledger=DynamoLedger(live()),
            now_ms=lambda: self.paper.now,
        )

    def send(self, command: Command, number: int) -> Outcome:
        role: Role = "commissioner" if number == 0 else "bidder"
        caller = Caller(AUCTION, number, f"Member {number}", role, f"user-{number}")
        if isinstance(command, commands.PlaceBid):
            return place_bid(
                command,
                caller,
                auctions=self.desk.auctions,
                rules_book=self.desk.rules_book,
                members=self.desk.catalogue.members,
                now_ms=self.desk.now_ms,
            )
        assert isinstance(command, get_args(Decided))
        return run_command(command, caller, self.desk)

    def both(self, command: Command, expected: str | None, number: int = 0) -> None:
        """Send a command, and compare the answer with the one on paper."""
        try:
            outcome = self.send(command, number)
        except Refused as refused:
            assert refused.refusal_code == expected
        else:
            assert expected is None
            assert outcome.entry is not None
            assert outcome.seq == self.paper.changes
            DynamoLedgerWriter().append([outcome.entry])
            self.last = (command, number, outcome)

    @rule(ms=st.sampled_from([1, 500, 4_999, 10_000, 15_000]))
    def time_passes(self, ms: int) -> None:
        self.paper.now += ms

    @a_lot_is_up
    @rule()
    def time_passes_to_the_deadline(self) -> None:
        self.paper.now = max(self.paper.now, self.paper.end)

    @no_lot_is_up
    @rule(lot=lots)
    def next_lot(self, lot: str) -> None:
        command = commands.NextLot(request_id=next(self.request_ids), lot_id=lot)
        self.both(command, self.paper.next_lot(lot))

    @no_lot_is_up
    @rule()
    def next_lot_in_order(self) -> None:
        command = commands.NextLot(request_id=next(self.request_ids), order="arranged")
        self.both(command, self.paper.next_in_order())

    @a_lot_is_up
    @rule(member=bidders, over=st.sampled_from([0, 1, 40_00, 500_00, 600_00, 1_000_00, -1, -1_00]))
    def bid(self, member: int, over: int) -> None:
        lot, amount = self.paper.lot or "", max(1, self.paper.minimum + over)
        command = commands.PlaceBid(
            request_id=next(self.request_ids), lot_id=lot, amount_cents=amount
        )
        self.both(command, self.paper.bid(member, lot, amount), member)

    @a_lot_is_up
    @rule(member=bidders, over=st.sampled_from([0, 1, 3_00, 40_00, 41_00, 500_00, -1, -1_00]))
    def set_maximum(self, member: int, over: int) -> None:
        lot, limit = self.paper.lot or "", max(1, self.paper.minimum + over)
        command = commands.SetMaximum(
            request_id=next(self.request_ids), lot_id=lot, maximum_cents=limit
        )
        self.both(command, self.paper.maximum(member, lot, limit), member)

    @a_lot_is_up
    @rule(first=st.sampled_from([3_00, 40_00]), second=st.sampled_from([2_00, 3_00, 3_01, 41_00]))
    def two_maxima_meet(self, first: int, second: int) -> None:
        self.set_maximum(1, first)
        self.set_maximum(2, second)
        self.bid(3, 1_00)

    @a_lot_is_up
    @rule(member=bidders, early_ms=st.sampled_from([0, 1]))
    def bid_around_the_deadline(self, member: int, early_ms: int) -> None:
        self.paper.now = max(self.paper.now, self.paper.end - early_ms)
        self.bid(member, 0)

    @a_lot_is_up
    @rule(forced=st.booleans())
    def hammer(self, forced: bool) -> None:
        lot = self.paper.lot or ""
        command = commands.Hammer(request_id=next(self.request_ids), lot_id=lot, forced=forced)
        self.both(command, self.paper.hammer(lot, forced))

    @a_lot_is_up
    @rule(member=bidders)
    def a_bidder_wins(self, member: int) -> None:
        self.bid(member, 600_00)
        self.hammer(forced=True)

    @a_lot_is_up
    @rule()
    def undo_bid(self) -> None:
        lot = self.paper.lot or ""
        command = commands.UndoBid(request_id=next(self.request_ids), lot_id=lot)
        self.both(command, self.paper.undo(lot))

    @a_lot_is_up
    @rule(back=st.integers(0, 2), of_nobody=st.booleans(), undone=st.booleans())
    def the_bid_that_is_meant_is_named(self, back: int, of_nobody: bool, undone: bool) -> None:
        lot, (bidder, cents) = self.paper.lot or "", self.seen(back, of_nobody)
        request_id, seen = next(self.request_ids), commands.SeenBid(bidder, cents)
        if undone:
            undo = commands.UndoBid(request_id=request_id, lot_id=lot, seen=seen)
            self.both(undo, self.paper.undo(lot, (bidder, cents)))
        else:
            hammer = commands.Hammer(request_id=request_id, lot_id=lot, forced=True, seen=seen)
            self.both(hammer, self.paper.hammer(lot, forced=True, seen=(bidder, cents)))

    def seen(self, back: int, of_nobody: bool) -> Seen:
        """What somebody saw who is so many bids behind, or saw none."""
        bids = [] if of_nobody else self.paper.bids[: len(self.paper.bids) - back]
        return bids[-1] if bids else (None, None)

    @a_lot_is_up
    @rule(bids=st.integers(2, 4), undone=st.integers(1, 5))
    def several_bids_are_undone(self, bids: int, undone: int) -> None:
        for n in range(bids):
            self.bid(1 + n % 3, n)
        for _ in range(undone):
            self.undo_bid()

    @rule(lot=lots)
    def reset_lot(self, lot: str) -> None:
        command = commands.ResetLot(request_id=next(self.request_ids), lot_id=lot)
        self.both(command, self.paper.reset_lot(lot))

    @a_lot_is_up
    @rule()
    def pause_and_resume(self) -> None:
        self.both(commands.Pause(request_id=next(self.request_ids)), self.paper.pause())
        self.paper.now += 20_000
        self.both(commands.Resume(request_id=next(self.request_ids)), self.paper.resume())

    @rule(lot=lots, amount=st.sampled_from([1, 30_00, 999_00]), what=st.sampled_from(ANY))
    def any_command_at_any_time(self, lot: str, amount: int, what: str) -> None:
        request_id, paper = next(self.request_ids), self.paper
        match what:
            case "next":
                self.both(commands.NextLot(request_id=request_id, lot_id=lot), paper.next_lot(lot))
            case "bid":
                bid = commands.PlaceBid(request_id=request_id, lot_id=lot, amount_cents=amount)
                self.both(bid, paper.bid(1, lot, amount), 1)
            case "hammer":
                hammer = commands.Hammer(request_id=request_id, lot_id=lot)
                self.both(hammer, paper.hammer(lot, forced=False))
            case "pass":
                self.both(commands.PassLot(request_id=request_id, lot_id=lot), paper.pass_lot(lot))
            case "undo":
                self.both(commands.UndoBid(request_id=request_id, lot_id=lot), paper.undo(lot))
            case "clock":
                clock = commands.ResetClock(request_id=request_id, lot_id=lot)
                self.both(clock, paper.reset_clock(lot))
            case "pause":
                self.both(commands.Pause(request_id=request_id), paper.pause())
            case "resume":
                self.both(commands.Resume(request_id=request_id), paper.resume())
            case "close":
                self.both(commands.CloseAuction(request_id=request_id), paper.close())
            case "reopen":
                self.both(commands.ReopenAuction(request_id=request_id), paper.reopen())

    @closed
    @rule()
    def reopen_auction(self) -> None:
        self.both(commands.ReopenAuction(request_id=next(self.request_ids)), self.paper.reopen())

    @rule()
    def the_last_command_is_sent_again(self) -> None:
        if self.last is not None:
            command, number, outcome = self.last
            assert self.send(command, number) == Outcome(seq=outcome.seq)

    @invariant()
    def the_auction_is_as_on_paper(self) -> None:
        state, paper = self.desk.auctions.read(AUCTION), self.paper
        assert state is not None
        assert (state.seq, state.status) == (paper.changes, paper.status())
        spent = {member: paper.spent(member) for member in range(1, 4) if paper.spent(member)}
        assert state.spent == spent
        assert (state.current and state.current.lot_id) == paper.lot
        if state.current is not None:
            high = state.current.high
            assert (high and (high.bidder, high.amount_cents)) == (
                paper.bids[-1] if paper.bids else None
            )
            assert state.current.minimum_cents == paper.minimum
            assert state.current.maximum_cents == (
                paper.limit if paper.bids and paper.limit > paper.bids[-1][1] else None
            )
            assert state.current.remaining_ms == paper.left
            assert paper.left is not None or state.current.deadline_ms == paper.end

    @invariant()
    def the_lots_are_as_on_paper(self) -> None:
        for _, row in self.desk.catalogue.lots(AUCTION):
            owner = self.paper.owners.get(row.lot_id)
            assert (row.owner, row.price_cents) == (owner or (None, None))
            if row.lot_id == self.paper.lot:
                assert row.status == "up"
            elif owner:
                assert row.status == "sold"
            else:
                assert row.status == ("passed" if row.lot_id in self.paper.passed else "unsold")

    @invariant()
    def the_ledger_has_every_change_in_its_place(self) -> None:
        entries = self.desk.ledger.events(AUCTION, 1, 10_000)
        assert [entry.seq for entry in entries] == list(range(2, self.paper.changes + 1))


@pytest.mark.usefixtures("aws")
def test_any_sequence_of_commands_does_what_it_does_on_paper() -> None:
    run_state_machine_as_test(
        AuctionMachine,
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # shrinking on a slow emulator takes minutes
        ),
    )
