"""A setting as a person types and reads it."""

from __future__ import annotations

import difflib
import re
from typing import Any

import msgspec
from msgspec.inspect import IntType, Metadata, Type

from calcutta.config.secrets import looks_secret
from calcutta.problems import Problem
from calcutta.text import cents, dollars, duration_ms
from shared.settings import Settings, Unreadable, settings_from
from shared.text import plain

SECRETS_MANAGER = "secrets belong in Secrets Manager (aws secretsmanager create-secret)"
NOTHING_WRITTEN = "nothing was written"
LONGEST_ECHO = 40

_INTEGER = re.compile(r"-?[0-9]{1,20}")
_MONEY = re.compile(r"\$.*|[0-9,]+\.[0-9]{2}")


class Range(msgspec.Struct, frozen=True):
    """The values that a setting may have, both ends included."""

    low: int
    high: int


def _ranges() -> dict[str, Range]:
    settings = msgspec.inspect.type_info(Settings)
    return {it.name: _range(it.type) for it in getattr(settings, "fields", ())}


def _range(kind: Type) -> Range:
    """Of a setting without bounds this would raise, and every command with it."""
    match kind:
        case Metadata(type=inner):
            return _range(inner)
        case IntType(ge=int(low), le=int(high)):
            return Range(low, high)
        case _:
            raise TypeError(f"a setting is an integer with two bounds, not {kind}")


RANGES = _ranges()
DEFAULTS: dict[str, int] = msgspec.structs.asdict(Settings())


def check_name(name: str) -> str:
    """The name of a setting.

    Raises:
        Problem: there is none of that name.
    """
    if name in RANGES:
        return name
    if looks_secret(name):
        raise Problem(f"that looks like the name of a secret: {SECRETS_MANAGER}; {NOTHING_WRITTEN}")
    close = difflib.get_close_matches(name, RANGES, n=1)
    hint = f"did you mean {close[0]}?" if close else "calcutta config list shows them"
    raise Problem(f"there is no setting {plain(name)[:LONGEST_ECHO]!r}; {hint}")


def value_from(name: str, text: str) -> int:
    """The value that a person typed: an integer, or `30s` and `$100.00` where that is the unit.

    Raises:
        Problem: it is none that this setting may have, or a secret, which is not repeated.
    """
    if looks_secret(text):
        raise Problem(f"that value looks like a secret: {SECRETS_MANAGER}; {NOTHING_WRITTEN}")
    try:
        value = _parse(name, text.strip())
        settings_from({name: value})
    except ValueError:
        echo = plain(text)[:LONGEST_ECHO]
        raise Problem(f"{name} is {valid(name)}, not {echo!r}; {NOTHING_WRITTEN}") from None
    return value


def _parse(name: str, text: str) -> int:
    if _INTEGER.fullmatch(text):
        return int(text)
    if name.endswith("_ms"):
        return duration_ms(text)
    if name.endswith("_cents") and _MONEY.fullmatch(text):
        return cents(text)
    raise ValueError(text)


def valid(name: str) -> str:
    """The range of a setting, for people."""
    low, high = RANGES[name].low, RANGES[name].high
    said = f"an integer from {low} to {high}"
    shown_low, shown_high = shown(name, low), shown(name, high)
    if (shown_low, shown_high) == (str(low), str(high)):
        return said
    return f"{said} ({shown_low} to {shown_high})"


def shown(name: str, value: Any) -> str:
    """A value with its unit: `15_000` of `clock_ms` is `15s`."""
    if isinstance(value, Unreadable):
        return value.why
    if not isinstance(value, int):
        return plain(str(value))[:LONGEST_ECHO]
    if name.endswith("_cents"):
        return dollars(value)
    if name.endswith("_ms"):
        return f"{value}ms" if value % 1_000 else f"{value // 1_000}s"
    return str(value)


def in_force(name: str, stored: dict[str, Any]) -> int | None:
    """What holds in a new Lambda: the stored value or the default; None if it is bad."""
    if name not in stored:
        return DEFAULTS[name]
    try:
        return int(getattr(settings_from({name: stored[name]}), name))
    except ValueError:
        return None
