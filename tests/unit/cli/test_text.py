from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcutta.text import cents, countdown, dollars, duration_ms
from shared.limits import MAX_AMOUNT_CENTS


@given(st.integers(1, MAX_AMOUNT_CENTS))
def test_an_amount_is_read_as_it_is_written(amount: int) -> None:
    assert cents(dollars(amount)) == amount


@pytest.mark.parametrize("text", ["", "x", "0", "-5", "1.005", "1e99", "nan", "inf", "1 2"])
def test_what_is_no_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount in dollars"):
        cents(text)


@pytest.mark.parametrize(("text", "ms"), [("15s", 15_000), ("500ms", 500), ("1.5m", 90_000)])
def test_a_duration_has_a_unit(text: str, ms: int) -> None:
    assert duration_ms(text) == ms


@pytest.mark.parametrize("text", ["15", "s", "-1s", "1h"])
def test_a_duration_without_a_known_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration_ms(text)


def test_a_countdown_reaches_zero_only_at_the_end() -> None:
    assert [countdown(ms) for ms in (61_200, 1_000, 1, 0)] == ["1:02", "0:01", "0:01", "0:00"]
