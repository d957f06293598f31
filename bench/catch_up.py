"""The benchmark `catch-up`: everybody reconnects at once in the middle of an auction."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bench.measuring import (
    OURS,
    Benchmark,
    Figure,
    Findings,
    Goal,
    Plan,
    compare,
    in_turns,
    require,
    require_equal,
    say,
)
from bench.peers.reading_everything import read_everything
from bench.scene.emulated import bidder_of, emulated_tables, opened
from bench.scene.playing import Calls, Course, play
from shared.auction import LotState
from shared.clock import now_ms
from shared.commands import GetState
from shared.events import LedgerEntry
from tests.integration.websocket.world import catalogue, live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.chats import DynamoChats
from websocket_service.adapters.connections import DynamoConnections
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.writes import DynamoLedgerWriter
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.read_state import Reader, get_state

PEER = "reading everything anew"
MEMBERS, CLIENTS, MISSED = 300, 500, 5
AT_ONCE = 16
LOTS = (4, 34)
"""How far the auction is; with 20 bids a lot, and 68 lots to come."""

MOST_CALLS = 6
"""The item, lots, events, title, members and chats; a warm container knows the rules."""

Seen = tuple[int, dict[str, int]]
"""How far the auction is, and what each lot that was sold went for, in cents."""

Read = Callable[[], Seen]
"""A client reads what it needs, and returns what it sees then."""


def run(plan: Plan) -> Findings:
    found = Findings()
    with emulated_tables():
        for lots in (1, 3) if plan.quick else LOTS:
            say(f"{lots} lots sold")
            auction_id = f"after-{lots}"
            course = Course(lots=lots, bids=20, bidders=MEMBERS - 1)
            seen = prepare(auction_id, course)
            clients = 20 if plan.quick else CLIENTS
            reads = readers(auction_id, seen[0])
            _add(found, measure(seen, reads, clients, plan.rounds))
    return found


def prepare(auction_id: str, course: Course) -> Seen:
    """Play an auction up to its middle, and write its ledger; what there is to see."""
    opened(auction_id, lot_count=68, member_count=MEMBERS)
    entries: list[LedgerEntry] = []

    def tell(outcome: Outcome) -> None:
        assert outcome.entry is not None
        entries.append(outcome.entry)

    play(auction_id, course, tell, close=False)
    state = DynamoAuctions(live()).read(auction_id)
    assert state is not None
    first = LedgerEntry(auction_id, 1, state.last_event)  # any event; nobody looks into it
    DynamoLedgerWriter().append([first, *entries])
    return state.seq, prices_in(it for _, it in catalogue().lots(auction_id))


def prices_in(lots: Iterable[LotState]) -> dict[str, int]:
    return {it.lot_id: it.price_cents for it in lots if it.price_cents is not None}


def readers(auction_id: str, seq: int) -> dict[str, Read]:
    """How each contestant's client learns what it missed."""
    reader = Reader(
        auctions=DynamoAuctions(live()),
        rules_book=DynamoRulesBook(live()),
        catalogue=catalogue(),
        ledger=DynamoLedger(live()),
        connections=DynamoConnections(live(), now_ms),
        chats=DynamoChats(live()),
        now_ms=now_ms,
    )

    def ours() -> Seen:
        missed = GetState(request_id="again", since_seq=seq - MISSED)
        state = get_state(missed, bidder_of(auction_id, 1), reader)
        require(state.complete, "the events do not reach the state")
        return state.events[-1].seq, prices_in(state.lot_states)

    return {OURS: ours, PEER: lambda: read_everything(auction_id)}


def measure(seen: Seen, reads: dict[str, Read], clients: int, rounds: int) -> Findings:
    """All clients read at once, in turns.

    Raises:
        DifferentWork: a client did not see what there is to see.
    """

    def turn(read: Read) -> float:
        began = time.perf_counter()

        def client(_: int) -> tuple[Seen, float]:
            return read(), time.perf_counter() - began

        with ThreadPoolExecutor(AT_ONCE) as pool:
            came = list(pool.map(client, range(clients)))
        for mine, _ in came:
            require_equal("what there is to see", {"the auction's": seen, "a client's": mine})
        return statistics.quantiles((took for _, took in came), n=20)[-1] if clients > 1 else 0.0

    for read in reads.values():
        read()  # a warm container knows the rules
    figures, seq = [], seen[0]
    for who, read in reads.items():
        with Calls() as calls:
            read()
        goal = Goal(at_most=MOST_CALLS) if who == OURS else None
        what = f"seq {seq:,}: calls for one client"
        figures.append(Figure(what, "", calls.by_operation.total(), of=who, goal=goal))
        figures.append(Figure(f"seq {seq:,}: items for one client", "", calls.items, of=who))
    p95 = in_turns(rounds, {who: partial(turn, read) for who, read in reads.items()})
    what = f"seq {seq:,}: until 95% of {clients} clients have it"
    return Findings(comparisons=compare(what, "s", p95), figures=figures)


def _add(found: Findings, more: Findings) -> None:
    found.comparisons.extend(more.comparisons)
    found.figures.extend(more.figures)


QUESTION = """\
500 clients lose their connection and reconnect at once, early in an auction and in its middle:
what each reads, and when 95% of them have what they missed."""

HOW = f"""\
300 members, 68 lots, 20 bids a lot. Each of our clients asks for the state and the events after
the seq it has, {MISSED} events ago, from a warm container: {MOST_CALLS} calls at most, however long
the auction has been (tests/integration/websocket/test_catching_up.py). The peer's read the whole
ledger, lots and members, and fold them. {AT_ONCE} are served at once, by one process on one
emulator; in AWS each would have a container of its own."""

BENCHMARK = Benchmark(name="catch-up", question=QUESTION, how=HOW, run=run)
