import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcutta.config.values import (
    DEFAULTS,
    RANGES,
    check_name,
    in_force,
    shown,
    valid,
    value_from,
)
from calcutta.problems import Problem
from shared.settings import Settings, Unreadable, settings_from

names = st.sampled_from(sorted(RANGES))


def test_every_setting_has_a_range_and_a_default() -> None:
    assert set(RANGES) == set(DEFAULTS) == set(Settings.__struct_fields__)


@given(names, st.integers(min_value=-(10**12), max_value=10**12))
def test_a_value_is_taken_if_and_only_if_a_lambda_would_take_it(name: str, value: int) -> None:
    try:
        settings_from({name: value})
    except ValueError:
        with pytest.raises(Problem, match="nothing was written"):
            value_from(name, str(value))
    else:
        assert value_from(name, str(value)) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("clock_ms", "30s", 30_000),
        ("clock_ms", "1.5m", 90_000),
        ("clock_ms", "30000", 30_000),
        ("budget_cents", "$100.00", 100_00),
        ("budget_cents", "$100", 100_00),
        ("budget_cents", "1,000.00", 1_000_00),
        ("budget_cents", "100", 100),
        ("fan_out_above", " 300 ", 300),
    ],
)
def test_a_value_may_have_the_unit_of_its_setting(name: str, text: str, value: int) -> None:
    assert value_from(name, text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clock_ms", "soon"),
        ("clock_ms", "$30.00"),
        ("clock_ms", "30.5"),
        ("clock_ms", "true"),
        ("clock_ms", "null"),
        ("clock_ms", ""),
        ("clock_ms", "٣٠٠٠٠"),
        ("budget_cents", "30s"),
        ("fan_out_above", "300s"),
        ("fan_out_above", "1e3"),
        ("fan_out_above", "9" * 5_000),
    ],
)
def test_what_is_no_such_value_is_refused(name: str, text: str) -> None:
    with pytest.raises(Problem, match=name):
        value_from(name, text)


def test_a_refusal_says_the_valid_range_in_one_line() -> None:
    with pytest.raises(Problem) as refused:
        value_from("clock_ms", "100")
    assert str(refused.value) == (
        "clock_ms is an integer from 1000 to 600000 (1s to 600s), not '100'; nothing was written"
    )
    assert valid("fan_out_above") == "an integer from 10 to 5000"


def test_a_secret_is_refused_without_being_repeated() -> None:
    with pytest.raises(Problem, match="Secrets Manager") as refused:
        value_from("clock_ms", "AKIAIOSFODNN7EXAMPLE")
    assert "AKIA" not in str(refused.value)
    with pytest.raises(Problem, match="Secrets Manager"):
        check_name("db_password")


def test_an_unknown_name_is_refused_with_the_likely_one() -> None:
    with pytest.raises(Problem, match="did you mean clock_ms"):
        check_name("clock_msec")
    with pytest.raises(Problem, match="config list"):
        check_name("colour")


@given(names, st.data())
def test_what_is_shown_can_be_typed_again(name: str, data: st.DataObject) -> None:
    value = data.draw(st.integers(RANGES[name].low, RANGES[name].high))
    assert value_from(name, shown(name, value)) == value


@pytest.mark.parametrize("bad", [Unreadable("no JSON"), "20000", None, True, 1.5, -1])
def test_a_bad_value_is_not_in_force(bad: object) -> None:
    assert in_force("clock_ms", {"clock_ms": bad}) is None
    assert in_force("clock_ms", {"clock_ms": 20_000}) == 20_000
    assert in_force("clock_ms", {}) == DEFAULTS["clock_ms"]
