"""The X-Ray trace of a change, as the auction's item keeps it beside the change's event.

The item has 16 bytes left below 1 KB when it is fullest. So of the trace's id, a time in seconds
and 96 random bits (35 bytes as text), only what the event does not say is kept: how far its time
is from the event's, and the random bits. 13 bytes, and no parent.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"Root=1-([0-9a-f]{8})-([0-9a-f]{24});Sampled=1")
_SAME_SECOND = 128
LENGTH = 13


def pack_trace(header: str | None, at_ms: int) -> bytes | None:
    """A header of `shared.tracing` in 13 bytes, beside an event of `at_ms`; None if there is none
    to keep, or its time has nothing to do with the event's."""
    match = _HEADER.fullmatch(header or "")
    if match is None:
        return None
    away = int(match[1], 16) - at_ms // 1_000 + _SAME_SECOND
    return bytes([away]) + bytes.fromhex(match[2]) if 0 <= away <= 255 else None


def unpack_trace(packed: bytes, at_ms: int) -> str | None:
    """The header again; None if these are not its bytes."""
    if len(packed) != LENGTH:
        return None
    seconds = at_ms // 1_000 + packed[0] - _SAME_SECOND
    return f"Root=1-{seconds:08x}-{packed[1:].hex()};Sampled=1"
