"""A batch of arrivals of several lines, some of which fail."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby_service.logic.batch import (
    PATIENCE_MS,
    Outcome,
    StreamRecord,
    Unreadable,
    line_up_batch,
)
from lobby_service.logic.ports import Arrival, UnreadableLine

NOW_MS = 10 * PATIENCE_MS
BROKEN = UnreadableLine("not a line: it is broken")
AWAY = TimeoutError("it does not answer")


def record(number: int, auction_id: str | None, age_ms: int | None = 0) -> StreamRecord:
    """Of `user-<number>`; an auction that is None makes it unreadable."""
    found = (
        Unreadable("not a waiter", f"record {number}")
        if auction_id is None
        else Arrival(auction_id, f"user-{number}", 1, number)
    )
    at_ms = None if age_ms is None else NOW_MS - age_ms
    return StreamRecord(f"record {number}", str(number), at_ms, found)


class LinesThat:
    """Lines up arrivals, but those of the auctions that fail."""

    def __init__(self, fail: Mapping[str, Exception] | None = None) -> None:
        self.fail = fail or {}
        self.lined_up: list[tuple[str, str]] = []

    def __call__(self, auction_id: str, arrivals: Sequence[Arrival]) -> None:
        if auction_id in self.fail:
            raise self.fail[auction_id]
        self.lined_up += [(auction_id, it.user_id) for it in arrivals]


def test_everyone_of_every_line_is_lined_up() -> None:
    lines = LinesThat()
    outcome = line_up_batch([record(1, "a"), record(2, "b"), record(3, "a")], lines, NOW_MS)
    assert sorted(lines.lined_up) == [("a", "user-1"), ("a", "user-3"), ("b", "user-2")]
    assert outcome == Outcome((), None)


def test_a_record_of_nobody_is_passed_over() -> None:
    nobody = StreamRecord("record 1", "1", NOW_MS, None)
    assert line_up_batch([nobody], LinesThat(), NOW_MS) == Outcome((), None)


def test_a_line_that_cannot_be_read_stops_no_other_and_its_people_are_set_aside() -> None:
    lines = LinesThat({"bad": BROKEN})
    records = [record(1, "bad"), record(2, "a"), record(3, "bad")]
    outcome = line_up_batch(records, lines, NOW_MS)
    assert (lines.lined_up, outcome.again) == ([("a", "user-2")], None)
    [aside] = outcome.aside
    assert (aside.origin, aside.reason) == ("record 1 and after it", str(BROKEN))
    assert set_aside(outcome) == [("bad", "user-1"), ("bad", "user-3")]


def test_from_the_first_record_of_a_line_that_fails_on_all_come_again() -> None:
    lines = LinesThat({"away": AWAY})
    records = [record(1, "a"), record(2, "away"), record(3, "a"), record(4, "away")]
    outcome = line_up_batch(records, lines, NOW_MS)
    assert lines.lined_up == [("a", "user-1"), ("a", "user-3")]
    assert outcome == Outcome((), records[1])


def test_what_comes_again_is_not_set_aside_yet() -> None:
    lines = LinesThat({"away": AWAY, "bad": BROKEN})
    records = [record(1, None), record(2, "bad"), record(3, "away"), record(4, "bad")]
    records.append(record(5, None))
    outcome = line_up_batch(records, lines, NOW_MS)
    assert [it.reason for it in outcome.aside] == ["not a waiter", str(BROKEN)]
    assert json.loads(outcome.aside[1].payload)[0]["user_id"] == "user-2"
    assert outcome.again is records[2]


@pytest.mark.parametrize(("age_ms", "again"), [(PATIENCE_MS - 1, True), (PATIENCE_MS, False)])
def test_a_line_that_fails_for_long_is_set_aside_with_its_reason(age_ms: int, again: bool) -> None:
    records = [record(1, "away", age_ms), record(2, "away", 0)]
    outcome = line_up_batch(records, LinesThat({"away": AWAY}), NOW_MS)
    assert (outcome.again is not None) is again
    assert [it.reason for it in outcome.aside] == [
        "not numbered for 4 minutes: TimeoutError: it does not answer"
    ] * (not again)


def test_the_age_of_one_line_gives_no_other_up() -> None:
    records = [record(1, "a", PATIENCE_MS), record(2, "away")]
    assert line_up_batch(records, LinesThat({"away": AWAY}), NOW_MS).again is records[1]


def test_a_record_that_does_not_say_its_age_comes_again() -> None:
    records = [record(1, "away", None)]
    assert line_up_batch(records, LinesThat({"away": AWAY}), NOW_MS).again is records[0]


@given(st.lists(st.tuples(st.sampled_from(["a", "away", "bad", None]), st.booleans()), max_size=12))
def test_everyone_has_a_number_or_comes_again_or_is_set_aside_once(
    batch: list[tuple[str | None, bool]],
) -> None:
    records = [
        record(n, auction_id, PATIENCE_MS if old else 0)
        for n, (auction_id, old) in enumerate(batch)
    ]
    lines = LinesThat({"away": AWAY, "bad": BROKEN})
    outcome = line_up_batch(records, lines, NOW_MS)
    end = records.index(outcome.again) if outcome.again else len(records)
    assert sorted(lines.lined_up) == sorted(it for it in map(arrived, records) if it[0] == "a")
    failed = [it for it in records[:end] if arrived(it)[0] != "a"]
    assert sorted(set_aside(outcome)) == sorted(arrived(it) for it in failed)


def arrived(record: StreamRecord) -> tuple[str, str]:
    """The auction and the user; of what cannot be read, nothing and the record."""
    if isinstance(record.found, Arrival):
        return record.found.auction_id, record.found.user_id
    return "", record.origin


def set_aside(outcome: Outcome) -> list[tuple[str, str]]:
    """The same of all that was set aside."""
    found = []
    for one in outcome.aside:
        if one.reason == "not a waiter":
            found.append(("", one.payload))
        else:
            found += [(it["auction_id"], it["user_id"]) for it in json.loads(one.payload)]
    return found
