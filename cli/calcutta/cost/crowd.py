"""How much a crowd that waits in the line of a public auction asks of AWS, beside the night itself.

A pure model of what services/lobby, and the part of services/websocket that it calls, do for each
of them; tests/unit/cli/cost/test_crowd.py compares what the code says of itself.
"""

from __future__ import annotations

import math

import msgspec

from calcutta.cost.quantities import Step, lambdas

PACE_PER_MINUTE = 1_200
"""`DEFAULT_PACE_PER_MINUTE` of lobby_service/logic/line.py."""

POLL_S = 10
"""How often a page asks on average: every 2 to 5 s when its turn is near, up to 25 s when far."""

PLACES_OF_EDGE = 13
"""Regional caches of CloudFront: each asks the origin once a second, however many ask it."""

LOOKS = 1.1
"""How often a page asks for its number: when it can have one, so seldom twice, as
`bench/scene/burst.py` counts. It asks for its own record again when its turn has come."""

NUMBERED_AT_ONCE, ADMITTED_AT_ONCE = 98, 25
RECORDS_AT_ONCE = 490
WINDOWS_A_MINUTE = 12

BLOCK_UNITS = 5
"""Write units of a block of numbers: 98 user ids."""

SERVING_KB, ANSWER_KB = 0.7, 0.7
"""An answer with its headers, as it leaves the edge or the API."""

THROUGH_THE_EDGE = {"edge_requests": 1.0, "http_requests": 1.0, "edge_kilobytes_out": ANSWER_KB}
"""A request that the edge hands on."""

METRICS = 4
"""Metrics that only lines count: docs/runbook.md."""


class Crowd(msgspec.Struct, frozen=True):
    """People who come to one line, all of them, and how long they stay.

    Attributes:
        minutes: how long; who has not come in by then has waited in vain.
    """

    people: int
    minutes: float

    @property
    def admitted(self) -> int:
        return min(self.people, math.floor(self.minutes * PACE_PER_MINUTE))


def steps_of(crowd: Crowd) -> tuple[Step, ...]:
    """Everything that the line costs; what those who come in cost inside is the night's."""
    return (*_coming(crowd), *_waiting(crowd), *_coming_in(crowd))


def _coming(crowd: Crowd) -> tuple[Step, ...]:
    return (
        Step("sign in", crowd.people, {"active_users": 1}, "services/identity"),
        Step(
            "ask for a ticket, and hear that the room is full",
            crowd.people,
            {**lambdas(1, calls=3), **THROUGH_THE_EDGE, "dynamodb_reads": 4, "traces": 0.05},
            "websocket: issueTicket",
        ),
        Step(
            "join the line",
            crowd.people,
            {**lambdas(1, calls=1), **THROUGH_THE_EDGE, "dynamodb_writes": 1, "traces": 0.05},
            "joinLine: one conditional write",
        ),
        Step(
            "numbers for a transaction's people",
            crowd.people / NUMBERED_AT_ONCE,
            {
                # everything in a transaction takes twice the units
                **lambdas(NUMBERED_AT_ONCE / RECORDS_AT_ONCE, calls=3),
                "dynamodb_writes": 2 * (NUMBERED_AT_ONCE + 1 + BLOCK_UNITS),
                "dynamodb_reads": 1,
                "stream_reads": 1,
                "queue_requests": 3,
            },
            "lineUp: the line, a block and 98 waiters in one transaction",
        ),
        Step(
            "ask for one's number",
            LOOKS * crowd.people,
            {**lambdas(1, calls=1), **THROUGH_THE_EDGE, "dynamodb_reads": 1, "traces": 0.05},
            "readStanding",
        ),
    )


def _waiting(crowd: Crowd) -> tuple[Step, ...]:
    seconds = crowd.minutes * 60
    half = crowd.people - crowd.admitted / 2
    return (
        Step(
            f"ask who is next, every {POLL_S} s",
            half * seconds / POLL_S,
            {"edge_requests": 1, "edge_kilobytes_out": SERVING_KB},
            "the page; CloudFront answers",
        ),
        Step(
            "the same at the origin, each second, however many wait",
            PLACES_OF_EDGE * seconds,
            {**lambdas(1, calls=1), "http_requests": 1, "dynamodb_reads": 1, "traces": 0.05},
            "readServing; one-second cache",
        ),
        Step("an hour of metrics", math.ceil(crowd.minutes / 60), {"metric_hours": METRICS}, "EMF"),
    )


def _coming_in(crowd: Crowd) -> tuple[Step, ...]:
    return (
        Step(
            "a window",
            crowd.minutes * WINDOWS_A_MINUTE,
            {**lambdas(2, calls=6), "dynamodb_reads": 6, "queue_requests": 3, "traces": 1},
            "admitNext, and admit, which takes back what has expired",
        ),
        Step(
            "people who come in together",
            crowd.admitted / ADMITTED_AT_ONCE,
            {
                **lambdas(1, calls=56),
                # each number's block (2), and those who wait
                "dynamodb_reads": 3 * ADMITTED_AT_ONCE,
                # marked; seats in a transaction, when offered, taken and given back; the line
                "dynamodb_writes": 7 * ADMITTED_AT_ONCE + 3,
            },
            "admitNext: a query a block, one write each; admit: one transaction",
        ),
        Step(
            "a ticket for who is admitted",
            crowd.admitted,
            {
                **lambdas(2, calls=5),
                **THROUGH_THE_EDGE,
                "dynamodb_reads": 3,
                "dynamodb_writes": 3,
                "traces": 0.05,
            },
            "readStanding, and renewTicket",
        ),
    )


IDLE_RUNS = 43_800
"""How often `keepGoing` runs in a month of 730 hours: every minute."""

IDLE = {
    **lambdas(IDLE_RUNS, calls=IDLE_RUNS),
    "dynamodb_reads": IDLE_RUNS * 0.5,
    "schedule_invocations": IDLE_RUNS,
}
"""A month in which nobody waits: the table of lines is looked at every minute."""
