"""What a client knows of an auction: snapshots and events folded into one picture."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from shared.auction import Lot, LotState, Member, Rules
from shared.client.folding import advance
from shared.events import AnyEvent
from shared.fields import AuctionStatus
from shared.replies import CurrentLot, EventReply, State


class AuctionView(Struct, frozen=True):
    """The auction at `seq`; it only ever moves forward.

    Attributes:
        seq: the event that led here; 0 before the first snapshot.
        synced: a snapshot was seen.
        you: the member whose connection this is.
        status: None before the auction is opened.
        spent: natural buy-in in cents by member number; nobody is listed with zero.
        lot_states: where each lot stands, by lot id.
        held: events from beyond a gap, by seq; they count once the gap is filled.
    """

    seq: int = 0
    synced: bool = False
    you: int = 0
    title: str = ""
    status: AuctionStatus | None = None
    rules: Rules | None = None
    members: tuple[Member, ...] = ()
    lots: tuple[Lot, ...] = ()
    lot_states: dict[str, LotState] = {}
    current: CurrentLot | None = None
    auto_next_ms: int | None = None
    spent: dict[int, int] = {}
    held: dict[int, AnyEvent] = {}

    def fold(self, message: State | EventReply) -> AuctionView:
        """The view after one more message, in whatever order messages come.

        An older snapshot changes nothing, nor does an event that is known. An event
        that leaves a gap is held until a snapshot or the missing events arrive.
        """
        if isinstance(message, EventReply):
            return self._with_event(message.seq, message.event)
        view = self
        if message.seq >= self.seq:
            view = _snapshot(message, self.held)._without_gap()
        for place in message.events:
            view = view._with_event(place.seq, place.event)
        return view

    @property
    def has_gap(self) -> bool:
        """Events came from beyond one that did not."""
        return bool(self.held)

    @property
    def needs_snapshot(self) -> bool:
        """Something happened whose facts no event carries: it was opened, the rules changed."""
        if self.status is None:
            return False
        version = self.current.rules_version if self.current else 0
        return self.rules is None or self.rules.version < version

    @property
    def deadline_ms(self) -> int | None:
        """When the lot that is up ends, by the server's clock; None if none is or it is paused."""
        if self.current is None or self.current.base_deadline_ms is None:
            return None
        return max(self.current.base_deadline_ms, self.current.extended_to_ms)

    def remaining_ms(self, server_now_ms: int) -> int | None:
        """What the clock of the lot that is up has left; None if no lot is up."""
        if self.current is None:
            return None
        if self.deadline_ms is None:
            return self.current.remaining_ms
        return max(0, self.deadline_ms - server_now_ms)

    def member(self, number: int) -> Member | None:
        return next((member for member in self.members if member.number == number), None)

    def lot(self, lot_id: str) -> Lot | None:
        return next((lot for lot in self.lots if lot.lot_id == lot_id), None)

    def budget_left_cents(self, number: int) -> int:
        """What a member may still spend; 0 before the rules are known."""
        if self.rules is None:
            return 0
        budget = self.rules.budgets.get(number, self.rules.budget_cents)
        return max(0, budget - self.spent.get(number, 0))

    @property
    def pool_cents(self) -> int:
        """What was bid for all lots sold so far."""
        return sum(self.spent.values())

    def _with_event(self, seq: int, event: AnyEvent) -> AuctionView:
        if seq <= self.seq:
            return self
        return replace(self, held=self.held | {seq: event})._without_gap()

    def _without_gap(self) -> AuctionView:
        view = self
        if not view.synced:
            return view
        while (event := view.held.get(view.seq + 1)) is not None:
            view = advance(view, event)
        held = {seq: event for seq, event in view.held.items() if seq > view.seq}
        return view if held == view.held else replace(view, held=held)


def _snapshot(state: State, held: dict[int, AnyEvent]) -> AuctionView:
    return AuctionView(
        seq=state.seq,
        synced=True,
        you=state.you,
        title=state.title,
        status=state.status,
        rules=state.rules,
        members=state.members,
        lots=state.lots,
        lot_states={lot.lot_id: lot for lot in state.lot_states},
        current=state.current,
        auto_next_ms=state.auto_next_ms,
        spent=dict(state.spent),
        held=held,
    )
