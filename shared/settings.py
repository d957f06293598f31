"""Per-stage settings: typed, with defaults and ranges, read from the stage's settings table.

The table belongs to `services/config`; its name reaches a Lambda as `SETTINGS_TABLE`. A value is
read at most every `CACHE_MS`, so a change is in force within 30 seconds without a deploy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import Meta

from shared.fields import AmountCents, ClockMs, ExtensionMs
from shared.limits import MAX_CHAT_CHARS, MAX_COMMAND_BYTES

CACHE_MS = 30_000


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting, its type, range and default.

    Attributes:
        clock_ms: how long a lot has when it comes up, unless its league says otherwise.
        extension_ms: how long a lot has at least after each bid, likewise.
        budget_cents: the most a member may spend, likewise.
        chat_max_chars: the longest chat message.
        message_max_bytes: the longest frame a client may send.
        connections_per_member: open WebSockets one member may have in one auction.
        connections_per_auction: open WebSockets in one auction.
        fan_out_above: from this many connections on, events are posted by fan-out workers.
    """

    clock_ms: ClockMs = 15_000
    extension_ms: ExtensionMs = 10_000
    budget_cents: AmountCents = 1_000_000_00
    chat_max_chars: Annotated[int, Meta(ge=1, le=MAX_CHAT_CHARS)] = 500
    message_max_bytes: Annotated[int, Meta(ge=256, le=MAX_COMMAND_BYTES)] = 4_096
    connections_per_member: Annotated[int, Meta(ge=1, le=20)] = 5
    connections_per_auction: Annotated[int, Meta(ge=1, le=100_000)] = 2_000
    fan_out_above: Annotated[int, Meta(ge=10, le=5_000)] = 200


class SettingsSource(Protocol):
    """Where stored values come from: setting name → value, only those that were set."""

    def __call__(self) -> Mapping[str, Any]: ...


def settings_from(stored: Mapping[str, Any]) -> Settings:
    """The settings with `stored` values in place of defaults.

    Raises:
        ValueError: an unknown name, a wrong type or a value out of range, named in the message.
    """
    try:
        return msgspec.convert(dict(stored), Settings)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


class CachedSettings:
    """The stage's settings, at most `CACHE_MS` old.

    Args:
        source: reads the stored values.
        clock: milliseconds.
        on_bad_value: told why for each value in the table that is not valid; the last good
            value of that setting stays in force.
    """

    def __init__(
        self,
        source: SettingsSource,
        clock: Callable[[], int],
        on_bad_value: Callable[[str], None],
    ) -> None:
        self._source = source
        self._clock = clock
        self._on_bad_value = on_bad_value
        self._settings = Settings()
        self._read_at_ms: int | None = None

    def current(self) -> Settings:
        now = self._clock()
        if self._read_at_ms is None or now - self._read_at_ms >= CACHE_MS:
            self._settings = settings_from(self._good(self._source()))
            self._read_at_ms = now
        return self._settings

    def _good(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        good = {}
        for name, value in stored.items():
            try:
                settings_from({name: value})
            except ValueError as error:
                self._on_bad_value(f"{name}: {error}")
                if name in Settings.__struct_fields__:
                    good[name] = getattr(self._settings, name)
            else:
                good[name] = value
        return good
