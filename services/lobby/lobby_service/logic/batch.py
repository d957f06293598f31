"""A batch of the stream of waiters: each line by itself, so that one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from lobby_service.logic.line_up import arrivals_of
from lobby_service.logic.ports import Arrival, UnreadableLine
from shared.logs import logger

PATIENCE_MS = 4 * 60 * 1000
"""What fails for so long is set aside with its reason: after five minutes the stream would give it
up, and tell only its place."""


class Unreadable(msgspec.Struct, frozen=True):
    """A record that cannot be read: why, and the whole of it."""

    why: str
    payload: str


class StreamRecord(msgspec.Struct, frozen=True):
    """A record of the stream, and who waits for a number by it; None if nobody does.

    Attributes:
        at_ms: when it was written; None: it does not say.
    """

    origin: str
    sequence_number: str
    at_ms: int | None
    found: Arrival | Unreadable | None


class Aside(msgspec.Struct, frozen=True):
    """Something to set aside."""

    origin: str
    reason: str
    payload: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of a batch.

    Attributes:
        aside: what cannot be numbered, of the records that do not come again.
        again: the first record that has to come again, with all behind it; None: none has to.
    """

    aside: tuple[Aside, ...]
    again: StreamRecord | None


def line_up_batch(
    records: Sequence[StreamRecord],
    line_up: Callable[[str, Sequence[Arrival]], object],
    now_ms: int,
) -> Outcome:
    """Line up the arrivals of each auction. Those of a line that cannot be read are to be set
    aside; those of one that fails otherwise come again, and are set aside if that lasts.

    Args:
        line_up: lines up the arrivals of one auction; who has a number keeps it.
    """
    hopeless: dict[str, str] = {}
    failing: set[str] = set()
    arrivals = [it.found for it in records if isinstance(it.found, Arrival)]
    for auction_id, those in arrivals_of(arrivals).items():
        try:
            line_up(auction_id, those)
        except UnreadableLine as error:
            logger().error("line not read", extra={"auction_id": auction_id, "why": str(error)})
            hopeless[auction_id] = str(error)
        except Exception as error:  # noqa: BLE001 - logged whole; it must not stop other lines
            logger().exception("not numbered", extra={"auction_id": auction_id})
            if now_ms - _oldest_ms(auction_id, records, now_ms) < PATIENCE_MS:
                failing.add(auction_id)
            else:
                minutes = PATIENCE_MS // 60_000
                why = f"{type(error).__name__}: {error}"
                hopeless[auction_id] = f"not numbered for {minutes} minutes: {why}"
    first = next((n for n, it in enumerate(records) if _auction(it) in failing), len(records))
    return Outcome(
        aside=(*_unreadable(records[:first]), *_not_numbered(records[:first], hopeless)),
        again=records[first] if first < len(records) else None,
    )


def _auction(record: StreamRecord) -> str | None:
    return record.found.auction_id if isinstance(record.found, Arrival) else None


def _oldest_ms(auction_id: str, records: Sequence[StreamRecord], now_ms: int) -> int:
    known = [it.at_ms for it in records if _auction(it) == auction_id and it.at_ms is not None]
    return min(known, default=now_ms)


def _unreadable(records: Sequence[StreamRecord]) -> list[Aside]:
    return [
        Aside(it.origin, it.found.why, it.found.payload)
        for it in records
        if isinstance(it.found, Unreadable)
    ]


def _not_numbered(records: Sequence[StreamRecord], hopeless: dict[str, str]) -> list[Aside]:
    """The arrivals of a line together: a crowd is one message a batch, not one a person."""
    found = []
    for auction_id, why in hopeless.items():
        those = [it for it in records if _auction(it) == auction_id]
        if those:
            payload = msgspec.json.encode([it.found for it in those]).decode()
            found.append(Aside(f"{those[0].origin} and after it", why, payload))
    return found
