"""Per-stage settings: typed, with defaults and ranges, read from the stage's settings table.

The tables belong to `services/config`; their names reach a Lambda as `SETTINGS_TABLE` and
`SETTINGS_HISTORY_TABLE`. A value is read at most every `CACHE_MS`, so a change is in force within
30 seconds without a deploy.

A setting is a number. Whatever opens a door is none: secrets belong in Secrets Manager.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import Meta

from shared.fields import AmountCents, ClockMs, ExtensionMs
from shared.limits import MAX_CHAT_CHARS, MAX_COMMAND_BYTES

SeatClaimMs = Annotated[int, Meta(ge=10_000, le=600_000)]
"""At least what a page that nobody looks at needs to hear of its turn, and to open the room."""

SeatGraceMs = Annotated[int, Meta(ge=1_000, le=600_000)]

CACHE_MS = 30_000
RETRY_MS = 5_000
"""When the table is asked again that did not answer."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting, its type, range and default.

    Attributes:
        clock_ms: how long a lot has when it comes up, unless its league says otherwise.
        extension_ms: how long a lot has at least after each bid, likewise.
        budget_cents: the most a member may spend, likewise.
        chat_max_chars: the longest chat message.
        message_max_bytes: the longest frame a client may send, bids aside: see `edge`.
        connections_per_member: open WebSockets one member may have in one auction.
        connections_per_auction: open WebSockets in one auction.
        fan_out_above: from this many connections on, events are posted by fan-out workers.
        seats: how many may be in the room of a public auction besides those who run it or bid.
        seat_claim_ms: how long a seat that was offered waits for whoever may take it.
        seat_grace_ms: how long a seat waits for the one whose connection is gone.
    """

    clock_ms: ClockMs = 15_000
    extension_ms: ExtensionMs = 10_000
    budget_cents: AmountCents = 1_000_000_00
    chat_max_chars: Annotated[int, Meta(ge=1, le=MAX_CHAT_CHARS)] = 500
    message_max_bytes: Annotated[int, Meta(ge=256, le=MAX_COMMAND_BYTES)] = 4_096
    connections_per_member: Annotated[int, Meta(ge=1, le=20)] = 5
    connections_per_auction: Annotated[int, Meta(ge=1, le=100_000)] = 2_000
    fan_out_above: Annotated[int, Meta(ge=10, le=5_000)] = 200
    seats: Annotated[int, Meta(ge=1, le=100_000)] = 1_000
    seat_claim_ms: SeatClaimMs = 60_000
    seat_grace_ms: SeatGraceMs = 60_000


class Unreadable(msgspec.Struct, frozen=True):
    """What stands in place of a stored value that cannot be read."""

    why: str


class SettingsUnavailable(Exception):
    """The tables cannot be read at the moment."""


class SettingsSource(Protocol):
    """Where the values are kept. Both methods raise SettingsUnavailable."""

    def stored(self) -> Mapping[str, Any]:
        """Setting name → value, only those that were set."""
        ...

    def earlier(self, name: str) -> Sequence[Any]:
        """What a setting was set to, newest first, since it was last unset."""
        ...


def settings_from(stored: Mapping[str, Any]) -> Settings:
    """The settings with `stored` values in place of defaults.

    Raises:
        ValueError: an unknown name, a wrong type or a value out of range, named in the message.
    """
    for name, value in stored.items():
        if isinstance(value, Unreadable):
            raise ValueError(f"{value.why} - at `$.{name}`")  # noqa: TRY004 - one error for all
    try:
        return msgspec.convert(dict(stored), Settings)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


class CachedSettings:
    """The stage's settings, at most `CACHE_MS` old.

    Args:
        source: where they are stored.
        clock: milliseconds.
        on_bad_value: told name and reason of each value in the table that is not valid; the last
            good value of that setting stays in force, also in a container that has never seen it.
        on_unavailable: told why the table could not be read; what was in force stays so.
    """

    def __init__(
        self,
        source: SettingsSource,
        clock: Callable[[], int],
        on_bad_value: Callable[[str, str], None],
        on_unavailable: Callable[[str], None],
    ) -> None:
        self._source = source
        self._clock = clock
        self._on_bad_value = on_bad_value
        self._on_unavailable = on_unavailable
        self._settings = Settings()
        self._fresh_until_ms: int | None = None

    def current(self) -> Settings:
        now = self._clock()
        if self._fresh_until_ms is None or now >= self._fresh_until_ms:
            self._fresh_until_ms = now + (CACHE_MS if self._refresh() else RETRY_MS)
        return self._settings

    def _refresh(self) -> bool:
        try:
            stored = self._source.stored()
        except SettingsUnavailable as error:
            self._on_unavailable(str(error))
            return False
        bad = {name for name, value in stored.items() if not self._is_good(name, value)}
        values = {name: value for name, value in stored.items() if name not in bad}
        for name in bad & set(Settings.__struct_fields__):
            values |= self._last_good(name)
        self._settings = settings_from(values)
        return True

    def _is_good(self, name: str, value: Any) -> bool:
        try:
            settings_from({name: value})
        except ValueError as error:
            self._on_bad_value(name, str(error))
            return False
        return True

    def _last_good(self, name: str) -> dict[str, Any]:
        """As the history says, so that all containers agree; else what is in force here."""
        try:
            earlier = self._source.earlier(name)
        except SettingsUnavailable as error:
            self._on_unavailable(str(error))
            earlier = []
        for value in earlier:
            try:
                settings_from({name: value})
            except ValueError:
                continue  # good once, by the ranges of another version
            return {name: value}
        return {name: getattr(self._settings, name)}
