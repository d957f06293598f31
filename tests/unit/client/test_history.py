from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from shared.client.history import History
from shared.events import AuctionReopened


@given(st.integers(0, 20), st.lists(st.integers(1, 30), max_size=60), st.randoms())
def test_events_are_told_once_and_in_order(
    start: int, arrivals: list[int], source: random.Random
) -> None:
    history, told = History(), []
    begin = source.randint(0, len(arrivals))
    for number, seq in enumerate([*arrivals, *range(1, 31)]):
        if number == begin:
            history.begin(start)
        told += [place.seq for place in history.add(seq, AuctionReopened(at_ms=seq))]
    assert told == list(range(start + 1, 31))


def test_nothing_is_told_before_the_beginning_is_known() -> None:
    assert list(History().add(1, AuctionReopened(at_ms=1))) == []
