"""How much of everything an auction night asks of AWS: a pure model of what the code does.

Each `Step` is something that happens so many times, with what it uses each time, by the meters of
`prices.toml`. tests/integration/cost/ plays a night with the real code and compares.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from shared.client.options import RENEWAL
from shared.client.vigil import FIRST_PINGS, JITTER
from shared.limits import CONNECTION_LIFETIME_MS, LONGEST_UNASKED_MS, QUIET_MS
from shared.settings import Settings

REFUSED_ONE_IN = 5
"""Every fifth bid comes too late or too low, as in the benchmark `a-night`."""

QUIET_SHARE = 0.5
"""Of the time from one lot to the next, how long nothing is heard. With 20 bids in 100 s, and 159 s
a lot, it is less."""

FAN_OUT_SLICE = 200
"""Connections that one worker posts to: `FAN_OUT_SLICE` of websocket_service/logic/broadcast.py."""

CALL_MS, POST_MS, START_MS, SQL_MS = 5.0, 1.0, 2.0, 30.0
"""What a Lambda waits for a call of DynamoDB or SQS, takes for a post, takes for itself, and waits
for SQL with a batch: assumed, since an emulator's latencies are not AWS's."""

MEMORY_GB, BID_MEMORY_GB = 0.5, 1.0
"""`memorySize` of serverless.common.yml, and of `placeBid`, which is taken for every post."""

LOT_ROW, MEMBER_ROW, CONNECTION_ROW = 250, 120, 250
"""Bytes of a row, rounded up from what the benchmark's tables hold (167, 80, 148)."""

STATE, STATE_LOT, STATE_MEMBER = 4_000, 250, 110
"""Bytes of a `state`: alone with a few events and chats, for each lot, for each member; rounded up
from 41,282 bytes with 300 members and 68 lots."""

EVENT_KB, ANSWER_KB, HTTP_KB = 0.4, 0.2, 1.0
LOG_KB = 0.5
"""Lines of an invocation, Lambda's own among them: the canary's README has 6 KB for twelve."""

NIGHT_METRICS = 8
"""Metrics that only a night counts, charged by the hour: docs/runbook.md."""

NAT_POST_KB, NAT_CALL_KB = 2.0, 2.0
"""A post or a call of SQS through a NAT gateway: request, answer and headers, both ways."""

MESSAGE_BYTES, READ_BYTES = 32 * 1024, 4 * 1024
TRACED_A_SECOND, TRACED_SHARE = 1, 0.05
"""What X-Ray's default rule records of the calls of a function."""


class Night(msgspec.Struct, frozen=True):
    """An auction night. Everybody has one connection, all the time.

    Attributes:
        bids_per_lot: bids that are sent, those that are refused among them.
        spectators: who only watches, beside the members.
    """

    members: int
    lots: int
    hours: float
    bids_per_lot: int = 20
    spectators: int = 0

    @property
    def crowd(self) -> int:
        return self.members + self.spectators

    @property
    def comings(self) -> int:
        """How often everybody connects: clients renew before API Gateway closes."""
        longest_h = CONNECTION_LIFETIME_MS / 3_600_000 * RENEWAL[0]
        return self.crowd * math.ceil(self.hours / longest_h)

    @property
    def bids(self) -> int:
        return self.lots * self.bids_per_lot

    @property
    def accepted(self) -> int:
        return self.lots * (self.bids_per_lot - self.bids_per_lot // REFUSED_ONE_IN)

    @property
    def events(self) -> int:
        """Bids, each lot coming up and being sold, and the auction's opening and closing."""
        return self.accepted + 2 * self.lots + 2

    @property
    def pings(self) -> int:
        """When a connection begins, when it is quiet, once as each lot's clock runs out, and now
        and then while something is heard."""
        night_ms = self.hours * 3_600_000
        quiet_ms = QUIET_MS * (1 + JITTER / 2)  # on average
        often = QUIET_SHARE / quiet_ms + (1 - QUIET_SHARE) / LONGEST_UNASKED_MS
        own = self.lots + math.ceil(night_ms * often)
        return FIRST_PINGS * self.comings + self.crowd * own

    @property
    def state_bytes(self) -> int:
        return STATE + self.lots * STATE_LOT + self.crowd * STATE_MEMBER


class Step(msgspec.Struct, frozen=True):
    """Something that happens `times` times, what each uses, and where in the code that is seen."""

    what: str
    times: float
    uses: Mapping[str, float]
    source: str


def steps(night: Night) -> tuple[Step, ...]:
    """Everything of a night, from the first ticket to the last disconnect."""
    return (_opening(night), *_people(night), *_auction(night), _metrics(night))


def _opening(night: Night) -> Step:
    rows = night.members + night.lots + 2  # the rules and the auction
    return Step(
        "open the auction",
        1,
        {
            **_command(calls=rows + 2, reads=1 + _units(night.crowd * CONNECTION_ROW), writes=rows),
            **lambdas(2, calls=rows + 2, more_ms=SQL_MS),
        },
        "logic/open_auction.py, adapters/catalogue.py; the bridge's openAuction",
    )


def _people(night: Night) -> tuple[Step, ...]:
    everybody = _units(night.crowd * CONNECTION_ROW)
    state = _units(night.lots * LOT_ROW) + _units(night.crowd * MEMBER_ROW) + 4
    seconds = night.hours * 3_600
    traced = min(night.pings, seconds * TRACED_A_SECOND)
    traced += TRACED_SHARE * max(0.0, night.pings - seconds * TRACED_A_SECOND)
    return (
        Step(
            "come and go: ticket, authorizer, connect, state, disconnect",
            night.comings,
            {
                **lambdas(5, calls=14),
                "traces": 5,
                "http_requests": 1,
                "websocket_messages": 1 + math.ceil(night.state_bytes / MESSAGE_BYTES),
                "dynamodb_writes": 5,
                "dynamodb_reads": 2 + everybody + state,
                "kilobytes_out": HTTP_KB + night.state_bytes / 1_000,
            },
            "handlers issue_ticket, authorize_connect, connect, read_state, disconnect",
        ),
        Step(
            "be connected, a minute",
            night.crowd * night.hours * 60,
            {"connection_minutes": 1},
            "API Gateway",
        ),
        Step(
            "ping",
            night.pings,
            {
                **lambdas(1, calls=1),
                "websocket_messages": 2,
                "dynamodb_reads": 1,
                "kilobytes_out": ANSWER_KB,
            },
            f"logic/read_state.py; after {QUIET_MS / 1_000:.0f} quiet seconds or more, "
            "shared/client/vigil.py",
        ),
        Step("a ping that X-Ray records", traced, {"traces": 1}, "X-Ray's default rule"),
        Step("sign in", night.crowd, {"active_users": 1}, "services/identity"),
    )


def _auction(night: Night) -> tuple[Step, ...]:
    everybody = _units(night.crowd * CONNECTION_ROW)
    others = night.crowd - 1
    workers = math.ceil(others / FAN_OUT_SLICE) if others > Settings().fan_out_above else 0
    return (
        Step(
            "bid",
            night.bids,
            {
                **_command(calls=1, reads=0, writes=1),
                **lambdas(1, calls=1, memory_gb=BID_MEMORY_GB),
            },
            "one UpdateItem, no read: tests/integration/websocket/test_bid_path.py",
        ),
        Step(
            "put a lot up",
            night.lots,
            _command(calls=5, reads=2 + _units(night.lots * LOT_ROW) + everybody, writes=4),
            "logic/run_command.py; two items in a transaction, twice the units",
        ),
        Step(
            "hammer",
            night.lots,
            _command(calls=3, reads=1 + everybody, writes=4),
            "logic/run_command.py; two items in a transaction, twice the units",
        ),
        Step("close", 1, _command(calls=2, reads=1, writes=1), "logic/run_command.py"),
        Step(
            "an event to the ledger and to SQL",
            night.events,
            {
                **lambdas(2, calls=2, more_ms=SQL_MS),
                "traces": 2,
                "stream_reads": 1,
                "dynamodb_writes": 1,
                "fifo_requests": 3,  # sent, received and deleted, if nothing comes in batches
                "nat_kilobytes": NAT_CALL_KB,
            },
            "logic/relay.py, the bridge's apply",
        ),
        Step(
            "an event to everybody",
            night.events,
            {
                **lambdas(workers, calls=0, more_ms=POST_MS * night.crowd, memory_gb=BID_MEMORY_GB),
                "websocket_messages": night.crowd,
                "kilobytes_out": EVENT_KB * night.crowd,
                "nat_kilobytes": NAT_POST_KB * night.crowd,
            },
            "logic/broadcast.py; the setting fan_out_above",
        ),
        Step(
            "a delayed hammer, for each deadline",
            night.accepted + night.lots,
            {
                **lambdas(1, calls=2),
                "traces": 1,
                "queue_requests": 3,  # sent, received and deleted
                "dynamodb_reads": 1,
                "nat_kilobytes": NAT_CALL_KB,
            },
            "logic/relay.py, logic/hammer_due.py",
        ),
    )


def _metrics(night: Night) -> Step:
    hours = math.ceil(night.hours)
    return Step("an hour of metrics", hours, {"metric_hours": NIGHT_METRICS}, "docs/runbook.md")


def quantities(some: Iterable[Step]) -> dict[str, float]:
    """How much of each meter the steps use together."""
    total: dict[str, float] = {}
    for step in some:
        for meter, amount in step.uses.items():
            total[meter] = total.get(meter, 0.0) + step.times * amount
    return total


def _command(*, calls: int, reads: int, writes: int) -> dict[str, float]:
    """A frame and its answer."""
    return {
        **lambdas(1, calls=calls),
        "traces": 1,
        "websocket_messages": 2,
        "dynamodb_reads": reads,
        "dynamodb_writes": writes,
        "kilobytes_out": ANSWER_KB,
    }


def lambdas(
    count: float, *, calls: float, more_ms: float = 0.0, memory_gb: float = MEMORY_GB
) -> dict[str, float]:
    """What so many invocations use that make so many calls together."""
    duration_ms = count * START_MS + calls * CALL_MS + more_ms
    return {
        "lambda_requests": count,
        "lambda_gb_seconds": duration_ms * memory_gb / 1_000,
        "log_kilobytes": count * LOG_KB,
    }


def _units(size: int) -> int:
    """Read units of what a query finds: by 4 KB; eventually consistent ones are taken for whole."""
    return max(1, math.ceil(size / READ_BYTES))
