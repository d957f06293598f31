"""Money and time for people."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from shared.limits import MAX_AMOUNT_CENTS

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m)")
_UNIT_MS = {"ms": 1, "s": 1_000, "m": 60_000}


def dollars(cents: int) -> str:
    """`123456` cents as `$1,234.56`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def cents(text: str) -> int:
    """The positive amount in `120`, `$120` or `1,234.56`, in cents.

    Raises:
        ValueError: it is none.
    """
    try:
        amount = Decimal(text.strip().removeprefix("$").replace(",", "")) * 100
        whole = int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise ValueError(f"{text!r} is not an amount in dollars, such as 120 or 7.50") from None
    if whole != amount or not 1 <= whole <= MAX_AMOUNT_CENTS:
        raise ValueError(f"{text!r} is not an amount in dollars, such as 120 or 7.50")
    return whole


def duration_ms(text: str) -> int:
    """`15s`, `1.5m` or `500ms` in milliseconds.

    Raises:
        ValueError: it is none.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a duration, such as 15s, 500ms or 1m")
    return round(float(match[1]) * _UNIT_MS[match[2]])


def countdown(remaining_ms: int) -> str:
    """`61_200` ms as `1:02`; the last second shows as `0:01` until it is over."""
    seconds = -(-remaining_ms // 1_000)
    return f"{seconds // 60}:{seconds % 60:02d}"
