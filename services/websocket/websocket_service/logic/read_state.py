"""Looking: the snapshot with what was missed, who is here, and the time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import msgspec

from shared.codec import encode
from shared.commands import GetState, Ping, WhoIsHere
from shared.errors import Busy
from shared.events import LedgerEntry
from shared.limits import MAX_STATE_CHAT_BYTES, MAX_STATE_CHATS, MAX_STATE_EVENTS, NO_MEMBER
from shared.replies import Chat, CurrentLot, EventInPlace, Pong, Presence, Present, State
from websocket_service.logic.authority import Caller, require_right
from websocket_service.logic.ports import (
    Auctions,
    Catalogue,
    Chats,
    Connections,
    Ledger,
    RulesBook,
)
from websocket_service.logic.state import AuctionState

SNAPSHOT_ATTEMPTS = 5


class Reader(msgspec.Struct, frozen=True):
    """What is needed to look at an auction."""

    auctions: Auctions
    rules_book: RulesBook
    catalogue: Catalogue
    ledger: Ledger
    connections: Connections
    chats: Chats
    now_ms: Callable[[], int]


def get_state(command: GetState, caller: Caller, reader: Reader) -> State:
    """A snapshot in which auction and lots agree, and the events after `since_seq`.

    The lots are read after the item; one that changed in between carries a later seq than the
    item, and both are read again.
    """
    require_right(caller, command)
    for _ in range(SNAPSHOT_ATTEMPTS):
        state = reader.auctions.read(caller.auction_id)
        if state is None:
            return _not_open(command, caller, reader)
        lots = reader.catalogue.lots(caller.auction_id)
        if all(lot_state.seq <= state.seq for _, lot_state in lots):
            break
    else:
        raise Busy("the auction changes too fast; try again")
    events, complete = _events_after(command.since_seq, state, reader)
    return State(
        request_id=command.request_id,
        server_time_ms=reader.now_ms(),
        auction_id=caller.auction_id,
        seq=state.seq,
        you=caller.number,
        status=state.status,
        title=reader.catalogue.title(caller.auction_id),
        rules=reader.rules_book.version(caller.auction_id, state.rules_version),
        members=reader.catalogue.members(caller.auction_id),
        lots=tuple(lot for lot, _ in lots),
        lot_states=tuple(lot_state for _, lot_state in lots),
        current=_current(state, caller.number),
        auto_next_ms=state.auto_next_ms,
        spent=state.spent,
        events=events,
        complete=complete,
        chats=_chats(caller.auction_id, reader),
    )


def who_is_here(command: WhoIsHere, caller: Caller, reader: Reader) -> Presence:
    """The members with at least one open connection: closing one of two tabs changes nothing.
    Who is no member is only counted: a public auction may have a crowd of them."""
    require_right(caller, command)
    present: dict[int, Present] = {}
    watching = 0
    for connection in reader.connections.list(caller.auction_id):
        if connection.number == NO_MEMBER:
            watching += 1
            continue
        known = present.get(connection.number)
        present[connection.number] = Present(
            number=connection.number,
            name=connection.name,
            role=connection.role,
            connections=(known.connections if known else 0) + 1,
        )
    members = tuple(present[number] for number in sorted(present))
    return Presence(request_id=command.request_id, members=members, watching=watching)


def ping(command: Ping, caller: Caller, reader: Reader) -> Pong:
    """The server's time, and how far the auction is."""
    require_right(caller, command)
    state = reader.auctions.read(caller.auction_id)
    return Pong(
        request_id=command.request_id,
        client_time_ms=command.client_time_ms,
        server_time_ms=reader.now_ms(),
        seq=state.seq if state else 0,
    )


def _not_open(command: GetState, caller: Caller, reader: Reader) -> State:
    return State(
        request_id=command.request_id,
        server_time_ms=reader.now_ms(),
        auction_id=caller.auction_id,
        seq=0,
        you=caller.number,
    )


def _events_after(
    since_seq: int, state: AuctionState, reader: Reader
) -> tuple[tuple[EventInPlace, ...], bool]:
    """The first events after `since_seq`, and whether they reach the state. The newest event is
    in the item; the ledger may not have it yet, and is not asked for it alone."""
    entries: list[LedgerEntry] = []
    if since_seq < state.seq - 1:
        found = reader.ledger.events(state.auction_id, since_seq, MAX_STATE_EVENTS)
        entries = [entry for entry in found if entry.seq < state.seq]
    if since_seq < state.seq and len(entries) < MAX_STATE_EVENTS:
        entries.append(LedgerEntry(state.auction_id, state.seq, state.last_event))
    events: list[EventInPlace] = []
    for entry in entries:
        if entry.seq != since_seq + len(events) + 1:
            break
        events.append(EventInPlace(entry.seq, entry.event))
    return tuple(events), since_seq + len(events) >= state.seq


def _chats(auction_id: str, reader: Reader) -> tuple[Chat, ...]:
    """The latest chats, oldest first, as far as the reply has room for them."""
    chats = reader.chats.latest(auction_id, MAX_STATE_CHATS)
    sizes = accumulate(len(encode(chat)) for chat in reversed(chats))
    room_for = sum(size <= MAX_STATE_CHAT_BYTES for size in sizes)
    return tuple(chats[len(chats) - room_for :])


def _current(state: AuctionState, you: int) -> CurrentLot | None:
    lot = state.current
    if lot is None:
        return None
    return CurrentLot(
        lot_id=lot.lot_id,
        minimum_cents=lot.minimum_cents,
        rules_version=state.rules_version,
        high_bidder=lot.high.bidder if lot.high else None,
        high_cents=lot.high.amount_cents if lot.high else None,
        base_deadline_ms=None if lot.remaining_ms is not None else lot.base_deadline_ms,
        extended_to_ms=lot.extended_to_ms,
        remaining_ms=lot.remaining_ms,
        your_maximum_cents=lot.maximum_cents if lot.high and lot.high.bidder == you else None,
    )
