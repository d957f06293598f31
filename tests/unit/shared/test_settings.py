from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.limits import MAX_AMOUNT_CENTS, MAX_CHAT_CHARS, MAX_COMMAND_BYTES
from shared.settings import (
    CACHE_MS,
    RETRY_MS,
    CachedSettings,
    Settings,
    SettingsUnavailable,
    Unreadable,
    settings_from,
)
from tests.fakes.clock import Clock


def test_what_was_never_set_has_its_default() -> None:
    assert settings_from({}) == Settings(
        clock_ms=15_000,
        extension_ms=10_000,
        budget_cents=1_000_000_00,
        chat_max_chars=500,
        message_max_bytes=4_096,
        connections_per_member=5,
        connections_per_auction=2_000,
        fan_out_above=200,
        seats=1_000,
        seat_claim_ms=60_000,
        seat_grace_ms=60_000,
    )


def test_a_stored_value_goes_before_the_default() -> None:
    assert settings_from({"clock_ms": 20_000}).clock_ms == 20_000


RANGES = [
    ("clock_ms", 1_000, 600_000),
    ("extension_ms", 200, 600_000),
    ("budget_cents", 1, MAX_AMOUNT_CENTS),
    ("chat_max_chars", 1, MAX_CHAT_CHARS),
    ("message_max_bytes", 256, MAX_COMMAND_BYTES),
    ("connections_per_member", 1, 20),
    ("connections_per_auction", 1, 100_000),
    ("fan_out_above", 10, 5_000),
    ("seats", 1, 100_000),
    ("seat_claim_ms", 10_000, 600_000),
    ("seat_grace_ms", 1_000, 600_000),
]


def test_every_setting_has_a_range() -> None:
    assert {name for name, _, _ in RANGES} == set(Settings.__struct_fields__)


@pytest.mark.parametrize(("name", "low", "high"), RANGES)
def test_a_value_in_its_range_is_good_and_the_next_one_is_not(
    name: str, low: int, high: int
) -> None:
    assert getattr(settings_from({name: low}), name) == low
    assert getattr(settings_from({name: high}), name) == high
    for outside in (low - 1, high + 1):
        with pytest.raises(ValueError, match=name):
            settings_from({name: outside})


@pytest.mark.parametrize("value", ["20000", 20_000.5, True, None, [20_000]])
def test_a_value_of_the_wrong_type_is_refused_by_name(value: object) -> None:
    with pytest.raises(ValueError, match="clock_ms"):
        settings_from({"clock_ms": value})


def test_an_unknown_name_is_refused_and_named() -> None:
    with pytest.raises(ValueError, match="clock_msec"):
        settings_from({"clock_msec": 1})


def test_what_cannot_be_read_is_refused_and_says_why() -> None:
    with pytest.raises(ValueError, match=r"no JSON - at `\$\.clock_ms`"):
        settings_from({"clock_ms": Unreadable("no JSON")})


class Table:
    """A settings table and who reads it; counts how often."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.history: dict[str, list[Any]] = {}
        self.is_away = False
        self.reads = 0
        self.complaints: list[str] = []
        self.outages: list[str] = []
        self.clock = Clock()
        self.settings = self.new_container()

    def new_container(self) -> CachedSettings:
        return CachedSettings(
            self, self.clock, lambda name, _: self.complaints.append(name), self.outages.append
        )

    def stored(self) -> dict[str, Any]:
        self.reads += 1
        if self.is_away:
            raise SettingsUnavailable("ConnectTimeoutError")
        return self.values

    def earlier(self, name: str) -> list[Any]:
        if self.is_away:
            raise SettingsUnavailable("ConnectTimeoutError")
        return self.history.get(name, [])


def test_the_table_is_read_at_most_every_thirty_seconds() -> None:
    table = Table()
    table.settings.current()
    table.clock.advance(CACHE_MS - 1)
    table.settings.current()
    assert table.reads == 1


def test_a_change_is_in_force_within_thirty_seconds() -> None:
    table = Table()
    table.settings.current()
    table.values = {"clock_ms": 20_000}
    table.clock.advance(30_000)
    assert table.settings.current().clock_ms == 20_000


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(1_000, 600_000) | st.none())))
def test_what_is_in_force_was_in_the_table_within_the_last_thirty_seconds(
    steps: list[tuple[int, int | None]],
) -> None:
    table, default = Table(), Settings().clock_ms
    held = [(table.clock.now_ms, default)]
    for after_ms, value in steps:
        table.clock.advance(after_ms)
        if value is not None:
            table.values = {"clock_ms": value}
            held.append((table.clock.now_ms, value))
        oldest = table.clock.now_ms - 30_000
        since = [it for at_ms, it in held if at_ms > oldest]
        before = [it for at_ms, it in held if at_ms <= oldest][-1:]
        assert table.settings.current().clock_ms in before + since


def test_nothing_is_read_before_somebody_asks() -> None:
    assert Table().reads == 0


def test_after_a_bad_value_the_last_good_settings_stay_and_somebody_is_told() -> None:
    table = Table()
    table.values = {"clock_ms": 20_000}
    table.settings.current()
    table.values = {"clock_ms": -1}
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 20_000
    assert table.complaints == ["clock_ms"]


def test_a_new_container_finds_the_last_good_value_in_the_history() -> None:
    table = Table()
    table.values, table.history = {"clock_ms": "soon"}, {"clock_ms": [-5, 25_000, 20_000]}
    assert table.settings.current().clock_ms == 25_000


def test_a_container_that_missed_the_last_good_value_finds_it_too() -> None:
    table = Table()
    assert table.settings.current() == Settings()
    table.values, table.history = {"clock_ms": "soon"}, {"clock_ms": [25_000]}
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 25_000


def test_without_its_history_the_value_in_force_stays() -> None:
    class Forgetful(Table):
        def earlier(self, name: str) -> list[Any]:
            raise SettingsUnavailable("AccessDenied")

    table = Forgetful()
    table.values = {"clock_ms": 20_000}
    table.settings.current()
    table.values = {"clock_ms": "soon"}
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 20_000
    assert table.outages == ["AccessDenied"]


def test_a_bad_value_from_the_start_leaves_the_defaults() -> None:
    table = Table()
    table.values = {"clock_ms": "soon"}
    assert table.settings.current() == Settings()


def test_a_bad_value_is_complained_about_once_per_reading() -> None:
    table = Table()
    table.values = {"clock_ms": -1}
    table.settings.current()
    table.settings.current()
    assert len(table.complaints) == 1


def test_a_value_that_was_mended_is_in_force_again() -> None:
    table = Table()
    table.values = {"clock_ms": -1}
    table.settings.current()
    table.values = {"clock_ms": 30_000}
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 30_000


def test_a_setting_that_was_unset_after_a_bad_value_has_its_default() -> None:
    table = Table()
    table.values = {"clock_ms": 20_000}
    table.settings.current()
    for values in ({"clock_ms": -1}, {}):
        table.values = values
        table.clock.advance(CACHE_MS)
        table.settings.current()
    assert table.settings.current() == Settings()


def test_one_bad_value_does_not_take_the_good_ones_with_it() -> None:
    table = Table()
    table.values = {"clock_ms": 20_000, "extension_ms": "soon", "colour": "red"}
    settings = table.settings.current()
    assert (settings.clock_ms, settings.extension_ms) == (20_000, Settings().extension_ms)
    assert sorted(table.complaints) == ["colour", "extension_ms"]


def test_while_the_table_is_away_the_settings_stay_and_somebody_is_told() -> None:
    table = Table()
    table.values = {"clock_ms": 20_000}
    table.settings.current()
    table.is_away = True
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 20_000
    assert table.outages == ["ConnectTimeoutError"]


def test_a_table_that_is_away_is_not_asked_at_every_turn_but_soon_again() -> None:
    table = Table()
    table.is_away = True
    table.settings.current()
    table.settings.current()
    assert table.reads == 1
    table.is_away, table.values = False, {"clock_ms": 20_000}
    table.clock.advance(RETRY_MS)
    assert table.settings.current().clock_ms == 20_000
