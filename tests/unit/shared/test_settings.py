from typing import Any

import pytest

from shared.limits import MAX_AMOUNT_CENTS, MAX_CHAT_CHARS, MAX_COMMAND_BYTES
from shared.settings import CACHE_MS, CachedSettings, Settings, settings_from
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
    )


def test_a_stored_value_goes_before_the_default() -> None:
    assert settings_from({"clock_ms": 20_000}).clock_ms == 20_000


RANGES = [
    ("clock_ms", 1_000, 600_000),
    ("extension_ms", 200, 300_000),
    ("budget_cents", 1, MAX_AMOUNT_CENTS),
    ("chat_max_chars", 1, MAX_CHAT_CHARS),
    ("message_max_bytes", 256, MAX_COMMAND_BYTES),
    ("connections_per_member", 1, 20),
    ("connections_per_auction", 1, 100_000),
    ("fan_out_above", 10, 5_000),
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


class Table:
    """A settings table; counts how often it was read."""

    def __init__(self) -> None:
        self.stored: dict[str, Any] = {}
        self.reads = 0
        self.complaints: list[str] = []
        self.clock = Clock()
        self.settings = CachedSettings(self._read, self.clock, self.complaints.append)

    def _read(self) -> dict[str, Any]:
        self.reads += 1
        return self.stored


def test_the_table_is_read_at_most_every_thirty_seconds() -> None:
    table = Table()
    table.settings.current()
    table.clock.advance(CACHE_MS - 1)
    table.settings.current()
    assert table.reads == 1


def test_a_change_is_in_force_within_thirty_seconds() -> None:
    table = Table()
    table.settings.current()
    table.stored = {"clock_ms": 20_000}
    table.clock.advance(30_000)
    assert table.settings.current().clock_ms == 20_000


def test_nothing_is_read_before_somebody_asks() -> None:
    assert Table().reads == 0


def test_after_a_bad_value_the_last_good_settings_stay_and_somebody_is_told() -> None:
    table = Table()
    table.stored = {"clock_ms": 20_000}
    table.settings.current()
    table.stored = {"clock_ms": -1}
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 20_000
    assert ["clock_ms" in why for why in table.complaints] == [True]


def test_a_bad_value_from_the_start_leaves_the_defaults() -> None:
    table = Table()
    table.stored = {"clock_ms": "soon"}
    assert table.settings.current() == Settings()


def test_a_bad_value_is_complained_about_once_per_reading() -> None:
    table = Table()
    table.stored = {"clock_ms": -1}
    table.settings.current()
    table.settings.current()
    assert len(table.complaints) == 1


def test_a_value_that_was_mended_is_in_force_again() -> None:
    table = Table()
    table.stored = {"clock_ms": -1}
    table.settings.current()
    table.stored = {"clock_ms": 30_000}
    table.clock.advance(CACHE_MS)
    assert table.settings.current().clock_ms == 30_000


def test_one_bad_value_does_not_take_the_good_ones_with_it() -> None:
    told: list[str] = []
    stored = {"clock_ms": 20_000, "extension_ms": "soon", "colour": "red"}
    settings = CachedSettings(lambda: stored, lambda: 0, told.append).current()
    assert (settings.clock_ms, settings.extension_ms) == (20_000, Settings().extension_ms)
    assert len(told) == 2
