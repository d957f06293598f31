"""The benchmark `lobby`: a crowd before a public auction, through the real handlers."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec

from bench.measuring import (
    OURS,
    Benchmark,
    Comparison,
    Figure,
    Findings,
    Goal,
    Plan,
    compare,
    require,
    require_equal,
    say,
)
from bench.scene.burst import ASKED_PER_S, COME_MS, burst
from bench.scene.crowd import DOORS_MS, LATE, LATE_MS, Crowd, user
from bench.scene.line_checks import check_line
from bench.scene.lobby import WINDOWS, Lobby
from bench.scene.polling import OWN_RECORD_MS, own_record_requests, serving_requests
from bench.scene.table import SHARDS

PEER = "polling one's own record every 5 s"

NUMBERED_PER_S = 9_800
"""Numbers a second that a line takes in AWS, see services/lobby/README.md; a core may do less."""

THROTTLE = Goal(at_most=5_000)
"""Requests a second that the stage of the API takes, see services/lobby/resources.yml."""


class Size(msgspec.Struct, frozen=True):
    """How big a crowd is.

    Attributes:
        turns: after how many it ends; those who are let in cost the most time by far.
    """

    people: int
    seats: int
    turns: int


SIZES = (
    Size(people=10_000, seats=1_000, turns=10_000),
    Size(people=100_000, seats=10_000, turns=100_000),
    Size(people=1_000_000, seats=10_000, turns=100_000),
)
SMALL = (Size(people=400, seats=40, turns=400), Size(people=1_200, seats=40, turns=200))
SEED = 20_261_121
WAIT = "wait: requests a second that reach the origin"


def run(plan: Plan) -> Findings:
    return measure(SMALL if plan.quick else SIZES)


def measure(sizes: Sequence[Size]) -> Findings:
    """A crowd of each size, once: what is compared are counts.

    Raises:
        DifferentWork: somebody was lost, came in twice or out of turn, or there were more people
            in the room than seats.
    """
    found = Findings()
    for size in sizes:
        say(f"{size.people:,} people")
        one = _evening(size)
        found.comparisons.extend(one.comparisons)
        found.figures.extend(one.figures)
    reached = [it.ours for it in found.comparisons if WAIT in it.what]
    what = (
        "requests a second that reach the origin while they wait, of the largest crowd ÷ smallest"
    )
    found.figures.append(Figure(what, "", reached[-1] / reached[0], goal=Goal(at_most=1)))
    return found


def _evening(size: Size) -> Findings:
    chance = random.Random(SEED)
    lobby = Lobby(size.seats, chance)
    crowd = Crowd(size.people, lobby, chance)
    with lobby.deployed():
        crowd.open_line()
        crowd.live_until(lambda: crowd.now_ms >= DOORS_MS + LATE_MS)
        polled = _polled(size, lobby, chance)
        crowd.live_until(lambda: _is_over(size, crowd))
        lobby.deliver_stream()  # whoever came in the last second
        lobby.clock.now_ms += 2_000  # what is published is a second old at most
        published, given = lobby.serving(), lobby.seats_given()
        check_line(lobby.tables, published, [user(it) for it in range(size.people)], given)
    require(crowd.turned_away == 0, f"{crowd.turned_away} were turned away with their seat")
    require(lobby.seated <= size.seats, f"{lobby.seated} of {size.seats} seats were taken")
    require(crowd.most <= size.seats, f"{crowd.most} rights for {size.seats} seats")
    require_equal("set aside", {"nothing": 0, "the queue": len(lobby.queues["set-aside"])})
    at_once = _at_once(size, lobby)
    figures = _figures(size, lobby, crowd, len(given))
    return Findings([*at_once.comparisons, *polled], [*at_once.figures, *figures])


def _is_over(size: Size, crowd: Crowd) -> bool:
    line = crowd.lobby.line()
    return crowd.everybody_came and (line.served >= size.turns or line.waiting == 0)


def _polled(size: Size, lobby: Lobby, chance: random.Random) -> list[Comparison]:
    """While everybody waits who has come by then."""
    waiting = round(LATE * size.people)
    asked, ours = serving_requests(waiting, lobby, chance)
    theirs = own_record_requests(waiting, lobby, chance)
    say(f"  {asked:,.0f} questions a second, of which the edge answers all but {ours:.1f}")
    return compare(f"{waiting:,} {WAIT}", "", {OURS: [ours], PEER: [theirs]})


def _at_once(size: Size, lobby: Lobby) -> Findings:
    """Until each has a number and knows it, if all of them come at once."""
    numbered_per_s = min(lobby.line().arrived / lobby.spent_s["number"], NUMBERED_PER_S)
    asked = burst(size.people, numbered_per_s, random.Random(SEED))
    of = f"{size.people:,} people at once"
    most = asked.most_a_second
    ours = most + 1  # `serving`, for one edge
    what = f"{of}: most requests a second that reach the origin"
    return Findings(
        compare(what, "", {OURS: [ours], PEER: [size.people * 1_000 / OWN_RECORD_MS]}),
        [
            Figure(f"{of}: most questions a second for a number", "", most, goal=THROTTLE),
            Figure(f"{of}: questions for it by each", "", asked.each),
            Figure(f"{of}: until the last knows it", "s", asked.known_s),
        ],
    )


def _figures(size: Size, lobby: Lobby, crowd: Crowd, admitted: int) -> list[Figure]:
    """What one core does in a second, what a turn asks of AWS, and how full the room was."""
    of = f"{size.people:,} people"
    done = {"join": size.people, "number": lobby.line().arrived, "admit": admitted}
    core = {what: many / lobby.spent_s[what] for what, many in done.items()}
    unit, full = "a second of one core", Goal(at_most=size.seats)
    return [
        Figure(f"{of}: joined", unit, core["join"]),
        Figure(f"{of}: numbered", unit, core["number"]),
        Figure(f"{of}: let in", unit, core["admit"]),
        Figure(f"{of}: of whom were let in", "", admitted),
        Figure(f"{of}: calls to AWS for each of those", "", lobby.called["admit"] / admitted),
        Figure(f"{of}: most seats taken at an instant", "", lobby.seated, goal=full),
        Figure(f"{of}: most tickets and connections", "", crowd.most, goal=full),
    ]


QUESTION = """\
What a public auction's line takes when 10,000, 100,000 and 1,000,000 people come: how many one core
lets join, numbers and lets in, and what those who wait ask of the origin."""

HOW = f"""\
The handlers of `services/lobby`, and of the room's seats in `services/websocket`, on a DynamoDB and
queues in this process, `bench/scene/dynamodb.py`, which says what it leaves out (moto copies whole
tables for a transaction, and MiniStack takes several times as long for each call); the clock is
moved, the rates are of CPU time, and in AWS each call would wait some milliseconds more. Three
quarters come before the doors open; one of {SHARDS} shards of the stream is late just then; batches
and messages are delivered twice now and then, transactions meet, {WINDOWS} windows run at once and
are interrupted at their calls; people join from two devices, or leave; a third never uses the seat.
Of a million, the first {SIZES[-1].turns:,} turns come.

After each run the tables are checked: everybody who joined has one number and no number is missing;
the seats were given by the places that the published seed gives, computed anew, to everybody once;
nobody was lost, and never were there more seats taken, or tickets and connections, than seats.

While they wait, each page asks for `serving` every two to five seconds, as it does at most, and one
edge keeps the answer for a second: with as many edges as there are, the origin has so many requests
a second, however many wait. Where everyone polls their own record it has a fifth of their number.

At once is another crowd, of whom all come within {COME_MS // 1_000} seconds, and are numbered as
fast as here, or as AWS allows, if that is slower. Its pages follow the page's own policy
(`bench/scene/burst.py`): each asks for its number once it can have one, after a part, drawn by lot,
of the time in which all could ask at {ASKED_PER_S:,} a second. That is the bound, but for some
seconds in which those who hear late that they have one ask beside the others. Most is of the
average of ten seconds. Whoever's turn has come asks once more, for the ticket: as many a second as
the line lets in, which its pace bounds and not its length."""

BENCHMARK = Benchmark(name="lobby", question=QUESTION, how=HOW, run=run)
