"""An auction night by the real code, and what it asks of AWS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import boto3
import msgspec

from bench.scene.emulated import opened
from bench.scene.listening import pings_of_a_client
from bench.scene.playing import Calls, Course, play
from bench.scene.prices import dollars
from calcutta.cost.quantities import QUIET_SHARE
from shared.auction import Member
from shared.clock import now_ms
from shared.codec import encode
from shared.commands import GetState, Ping
from shared.events import LedgerEntry
from shared.replies import EventReply
from shared.settings import Settings
from tests.integration.websocket.world import catalogue, live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.chats import DynamoChats
from websocket_service.adapters.connections import DynamoConnections, DynamoTickets
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.members import DynamoRoll
from websocket_service.adapters.queues import SqsOutbox
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.writes import DynamoLedgerWriter
from websocket_service.logic.authority import Caller
from websocket_service.logic.broadcast import Broadcaster
from websocket_service.logic.connect import connect
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.ports import Connection
from websocket_service.logic.read_state import Reader, get_state, ping
from websocket_service.logic.relay import StreamRecord, relay
from websocket_service.logic.tickets import issue_ticket, use_ticket

HOURS = 3
COMINGS = 2
"""Everybody comes, and comes again when API Gateway has closed the connection after two hours."""

CALL_MS, POST_MS, START_MS = 5.0, 1.0, 2.0
"""What a Lambda waits for a call of DynamoDB or SQS, takes for a post, and for itself: assumed,
because an emulator's latencies are not AWS's."""

MEMORY_GB, POST_MEMORY_GB = 0.5, 1.0
"""Of a Lambda, and of `placeBid`, which is taken for every post."""


class Size(msgspec.Struct, frozen=True):
    """How big one auction is; every member and every spectator has one connection."""

    members: int
    spectators: int
    course: Course


class Night:
    """Auctions played by the real code, one after the other, and what they asked of AWS."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.counts: Counter[str] = Counter()
        sqs: Any = boto3.client("sqs")
        fifo = {"FifoQueue": "true"}
        self._outbox = SqsOutbox(
            sqs,
            sqs.create_queue(QueueName="bench.fifo", Attributes=fifo)["QueueUrl"],
            sqs.create_queue(QueueName="bench")["QueueUrl"],
        )
        self._connections, self._tickets = DynamoConnections(live(), now_ms), DynamoTickets(live())
        self._ledger, self._auctions = DynamoLedgerWriter(), DynamoAuctions(live())
        self._roll = DynamoRoll(live())
        self._reader = Reader(
            auctions=self._auctions,
            rules_book=DynamoRulesBook(live()),
            catalogue=catalogue(),
            ledger=DynamoLedger(live()),
            connections=self._connections,
            chats=DynamoChats(live()),
            now_ms=now_ms,
        )

    @property
    def crowd(self) -> int:
        return self.size.members + self.size.spectators

    def play(self) -> None:
        """One auction: everybody comes, it is played, everybody comes again."""
        auction_id = uuid4().hex
        opened(auction_id, lot_count=self.size.course.lots, member_count=self.size.members)
        self._ledger.append([LedgerEntry(auction_id, 1, self._state(auction_id).last_event)])
        with Calls() as calls:
            self._everybody_comes(auction_id)
        self._add(calls, times=COMINGS)
        with Calls() as calls:
            self._auction(auction_id)
        self._add(calls)
        with Calls() as calls:
            ping(
                Ping(request_id="ping", client_time_ms=0), self._caller(auction_id, 1), self._reader
            )
        own = COMINGS * pings_of_a_client(HOURS / COMINGS, self.size.course.lots, QUIET_SHARE)
        pings = round(self.crowd * own)
        self._add(calls, times=pings)
        self._lambdas(pings)
        self.counts["pings"] += pings
        self.counts["WebSocket messages"] += 2 * pings
        self.counts["connection minutes"] += self.crowd * HOURS * 60

    def _auction(self, auction_id: str) -> None:
        broadcaster = Broadcaster(
            connections=lambda: self._connections,
            sockets=self,
            fan_out=self._hand_on,
            fan_out_above=lambda: Settings().fan_out_above,
        )

        def tell(outcome: Outcome) -> None:
            assert outcome.entry is not None
            entry = outcome.entry
            message = encode(EventReply(auction_id=auction_id, seq=entry.seq, event=entry.event))
            broadcaster.send(auction_id, message, first="c1", audience=outcome.audience)
            record = StreamRecord(str(entry.seq), entry)
            relay([record], ledger=self._ledger, outbox=self._outbox, now_ms=now_ms)
            self._lambdas(2)  # the relay, and `apply`
            self.counts["FIFO queue requests"] += 2  # received and deleted
            self.counts["events"] += 1

        sent = play(auction_id, self.size.course, tell)
        commands, bids = sent["bid"] + sent["command"], sent["bid"] - sent["refused"]
        self._lambdas(commands)
        self.counts["WebSocket messages"] += 2 * commands  # the command and its answer
        deadlines = bids + self.size.course.lots
        for _ in range(deadlines):  # a delayed hammer that finds a newer bid, or the lot sold
            self._state(auction_id)
        self._lambdas(deadlines)
        self.counts["queue requests"] += 2 * deadlines

    def _everybody_comes(self, auction_id: str) -> None:
        """And everybody goes, at the end."""
        for number in range(self.crowd):
            caller = self._caller(auction_id, number)
            member = Member(number, caller.user_id, caller.name, caller.role)

            def find(auction_id: str, user_id: str, member: Member = member) -> Member:
                return self._roll.find(auction_id, user_id) or member

            secret, _ = issue_ticket(
                auction_id,
                caller.user_id,
                tickets=self._tickets,
                find_member=find,
                now_ms=now_ms,
            )
            use_ticket(secret, auction_id, tickets=self._tickets, now_ms=now_ms())
            connect(
                auction_id,
                Connection(f"c{number}", number, caller.name, caller.role, caller.user_id),
                connections=self._connections,
                settings=Settings(),
                has_right=lambda: bool(find(auction_id, caller.user_id)),  # noqa: B023 - called at once
            )
            self._auctions.count_connection(auction_id)
            get_state(GetState(request_id="state", since_seq=0), caller, self._reader)
        for _ in range(self.crowd):
            self._connections.remove(auction_id, "who-left")
        self._lambdas(5 * self.crowd * COMINGS)  # ticket, authorizer, coming, state, going
        self.counts["HTTP requests"] += self.crowd * COMINGS
        self.counts["WebSocket messages"] += 3 * self.crowd * COMINGS  # a state takes two of 32 KB

    def _caller(self, auction_id: str, number: int) -> Caller:
        role: Any = "bidder" if number < self.size.members else "spectator"
        return Caller(auction_id, number, f"Member {number}", role, f"user-{number}")

    def _state(self, auction_id: str) -> Any:
        return self._auctions.read(auction_id)

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        self.counts["posts"] += len(connection_ids)
        self.counts["WebSocket messages"] += len(connection_ids)
        self._spend(POST_MS * len(connection_ids), POST_MEMORY_GB)
        return []

    def close(self, connection_ids: Sequence[str]) -> None:
        raise AssertionError("nobody loses a right in this night")

    def _hand_on(self, auction_id: str, connection_ids: Sequence[str], message: bytes) -> None:
        self._lambdas(1)
        self.post(connection_ids, message)

    def _lambdas(self, count: int) -> None:
        self.counts["Lambda requests"] += count
        self._spend(START_MS * count)

    def _spend(self, duration_ms: float, memory_gb: float = MEMORY_GB) -> None:
        self.counts["Lambda ms"] += round(duration_ms)
        self.counts["Lambda GB ms"] += round(duration_ms * memory_gb)

    def _add(self, calls: Calls, times: int = 1) -> None:
        self.counts["DynamoDB read units"] += calls.read_units * times
        self.counts["DynamoDB write units"] += calls.write_units * times
        self.counts["calls of DynamoDB and SQS"] += calls.by_operation.total() * times
        self._spend(CALL_MS * calls.by_operation.total() * times)
        self.counts["FIFO queue requests"] += calls.by_operation["SendMessageBatch"] * times
        self.counts["queue requests"] += calls.by_operation["SendMessage"] * times

    def bill(self) -> dict[str, float]:
        """The counts, and what they cost."""
        return {**dict(sorted(self.counts.items())), "dollars": dollars(self.counts)}
