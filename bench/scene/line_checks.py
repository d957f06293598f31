"""What a line has come to, from its tables alone: who has which number and place, whether that is
what the published seed says, and whether everybody got what was theirs once.

The permutation is computed here anew, from its description in `lobby_service.logic.permutation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from bench.measuring import require, require_equal
from bench.scene.lobby import AUCTION
from bench.scene.table import Table


def published_place(number: int, count: int, seed: str) -> int:
    """The place of an early number, both from 1, as anyone can recompute it."""
    bits = 2
    while 1 << bits < count:
        bits += 2
    size, at = 1 << bits // 2, number - 1
    key = hashlib.sha256(seed.encode()).digest()
    while True:
        left, right = divmod(at, size)
        for turn in range(10):
            mixed = hashlib.sha256(key + bytes([turn]) + right.to_bytes(16, "big")).digest()
            left, right = right, left ^ (int.from_bytes(mixed[-16:], "big") % size)
        at = left * size + right
        if at < count:
            return at + 1


def check_line(
    tables: Mapping[str, Table],
    published: Mapping[str, Any],
    joined: Sequence[str],
    given: Sequence[str],
) -> None:
    """Everybody who joined has one number; numbers have no gaps; seats were given by the places
    that the seed gives, to each at most once; and who was passed over had left.

    Args:
        published: what the API tells everybody.
        joined: all users that joined; those who left are among them.
        given: users by the order in which they got their seat.

    Raises:
        DifferentWork
    """
    numbers = {series: _numbers(tables["numbers"], series) for series in ("early", "late")}
    line = next(iter(tables["lines"].all()))
    for series, holders in numbers.items():
        counted = int(line[f"{series}_arrived"]["N"])
        require_equal(f"{series} numbers", {"counted": counted, "assigned": len(holders)})
    early = len(numbers["early"])
    require_equal("early numbers", {"published": published["early"], "assigned": early})
    everybody = [*numbers["early"], *numbers["late"]]
    require(len(set(everybody)) == len(everybody), "somebody has two numbers")

    place_of = {
        user_id: published_place(number, early, published["seed"])
        for number, user_id in enumerate(numbers["early"], 1)
    }
    require(set(place_of.values()) == set(range(1, early + 1)), "the places are no permutation")
    place_of |= {user_id: early + n for n, user_id in enumerate(numbers["late"], 1)}

    states = _states(tables["waiters"], numbers)
    require_equal("who joined", {"recorded": set(states), "came": set(joined)})
    lost = [it for it, state in states.items() if it not in place_of and state != "left"]
    require(not lost, f"{len(lost)} have no number, the first is {lost[:1]}")

    places = [place_of[user_id] for user_id in given]
    in_order = all(one < other for one, other in pairwise(places))
    require(in_order, "seats were not given in the order of the places, each once")
    served = published["served"]
    for user_id, place in place_of.items():
        fits = {True: ("admitted", "expired", "left"), False: ("waiting", "left")}[place <= served]
        require(states[user_id] in fits, f"place {place} of {served} is {states[user_id]}")
    came = {it for it in place_of if states[it] in ("admitted", "expired")}
    require_equal("who was let in", {"recorded": came - set(given), "none more": set()})


def _numbers(table: Table, series: str) -> list[str]:
    """Users by their number. Raises DifferentWork: a gap."""
    found: list[str] = []
    request = {
        "KeyConditionExpression": "line_series = :of",
        "ExpressionAttributeValues": {":of": {"S": f"{AUCTION}#{series}"}},
    }
    for block in table.query(request):
        require(int(block["first_number"]["N"]) == len(found) + 1, f"a gap at {len(found)}")
        turns: list[tuple[str, int]] = msgspec.json.decode(block["turns"]["S"])
        found += [user_id for user_id, _ in turns]
    return found


def _states(table: Table, numbers: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Users and their states. Raises DifferentWork: a record has another number than its block."""
    return dict(_agreeing(table, numbers))


def _agreeing(table: Table, numbers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for waiter in table.all():
        user_id = waiter["user_id"]["S"]
        if "number" in waiter:
            series = "early" if waiter["early"]["BOOL"] else "late"
            holder = numbers[series][int(waiter["number"]["N"]) - 1]
            require(holder == user_id, f"{user_id} has the number of {holder}")
        yield user_id, waiter["state"]["S"]
