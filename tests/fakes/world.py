"""A whole auction in memory: every port faked, the clock in the test's hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from shared.commands import PlaceBid, SetMaximum
from shared.events import AnyEvent
from shared.limits import MAX_COMMAND_BYTES
from shared.settings import Settings
from tests.fakes.auctions import MemoryAuctions
from tests.fakes.builders import ADA, AUCTION, RULES, next_lot, open_state, projection
from tests.fakes.catalogue import MemoryCatalogue, MemoryChats, MemoryLedger, MemoryRulesBook
from tests.fakes.clock import Clock
from tests.fakes.connections import MemoryConnections, MemorySockets
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.read_state import Reader
from websocket_service.logic.run_command import Desk, run_command
from websocket_service.logic.state import AuctionState, CurrentLot


class World:
    """An auction and everything around it; `opened` and `with_lot_up` are where most tests start.

    The ledger follows each write at once, unless `ledger.lags`.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.wait: Callable[[float], None] = self.clock.sleep
        self.settings = Settings(message_max_bytes=MAX_COMMAND_BYTES)
        self.ledger = MemoryLedger()
        self.auctions = MemoryAuctions(stream=lambda entry: self.ledger.append([entry]))
        self.rules_book = MemoryRulesBook()
        self.catalogue = MemoryCatalogue(self.auctions.lot_rows, self.rules_book)
        self.connections = MemoryConnections()
        self.sockets = MemorySockets()
        self.chats = MemoryChats()
        self._numbers = count(1)

    @classmethod
    def opened(cls, lots: int = 3) -> World:
        world = cls()
        world.catalogue.write(projection(lots), RULES)
        world.auctions.create(open_state())
        return world

    @classmethod
    def with_lot_up(cls) -> World:
        """L1 is up."""
        world = cls.opened()
        world.run(next_lot("L1"))
        return world

    @property
    def state(self) -> AuctionState:
        return self.auctions.states[AUCTION]

    @property
    def lot(self) -> CurrentLot:
        """The lot that is up."""
        assert self.state.current is not None
        return self.state.current

    @property
    def event(self) -> AnyEvent:
        """What happened last."""
        return self.state.last_event

    def lot_status(self, lot_id: str) -> str:
        return self.auctions.lot_rows[AUCTION][lot_id].status

    @property
    def desk(self) -> Desk:
        return Desk(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            now_ms=self.clock,
            wait=self.wait,
        )

    @property
    def reader(self) -> Reader:
        return Reader(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            connections=self.connections,
            chats=self.chats,
            now_ms=self.clock,
        )

    def new_request(self) -> str:
        return f"r{next(self._numbers)}"

    def run(self, command: Decided, caller: Caller = ADA) -> Outcome:
        return run_command(command, caller, self.desk)

    def bid(
        self,
        caller: Caller,
        amount_cents: int,
        *,
        lot_id: str = "L1",
        request_id: str | None = None,
        bidder: int | None = None,
    ) -> Outcome:
        command = PlaceBid(
            request_id=request_id or self.new_request(),
            lot_id=lot_id,
            amount_cents=amount_cents,
            bidder=bidder,
        )
        return place_bid(
            command,
            caller,
            auctions=self.auctions,
            rules_book=self.rules_book,
            members=self.catalogue.members,
            now_ms=self.clock,
        )

    def maximum(self, caller: Caller, maximum_cents: int, *, lot_id: str = "L1") -> Outcome:
        command = SetMaximum(
            request_id=self.new_request(), lot_id=lot_id, maximum_cents=maximum_cents
        )
        return self.run(command, caller)

    def forget_calls(self) -> None:
        """Count calls from here on."""
        for fake in (self.auctions, self.rules_book, self.catalogue, self.ledger):
            fake.calls.clear()

    @property
    def reads(self) -> int:
        """Reads of any table since `forget_calls`."""
        fakes = (self.rules_book, self.catalogue, self.ledger)
        return self.auctions.calls["read"] + sum(fake.calls.total() for fake in fakes)
