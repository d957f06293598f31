"""The quarantine's rows.

A payload is kept as an ASCII JSON string: what nobody could read has to fit into every database,
also with a NUL or half a character in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import reading, writing
from rds_bridge_service.adapters.inserting import insert_rows
from shared.errors import NotFound
from shared.limits import MAX_ID_CHARS, MAX_QUARANTINE_PAGE
from shared.quarantine import (
    ListQuarantine,
    Quarantined,
    QuarantinePage,
    SetAside,
    ShowQuarantine,
)

_CHARS = 500
_WAITING = select(func.count()).where(t.quarantine.c.redriven_ms.is_(None))
_OTHER_COLUMNS = [it for it in t.quarantine.columns if it.name != "payload"]


class SqlQuarantine:
    """The quarantine in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(self, request: ListQuarantine) -> QuarantinePage:
        """The oldest rows, without their payloads."""
        rows = select(*_OTHER_COLUMNS).order_by(
            t.quarantine.c.set_aside_ms, t.quarantine.c.seq, t.quarantine.c.quarantine_id
        )
        waiting = _WAITING
        if request.auction_id is not None:
            rows = rows.where(t.quarantine.c.auction_id == request.auction_id)
            waiting = waiting.where(t.quarantine.c.auction_id == request.auction_id)
        if not request.redriven:
            rows = rows.where(t.quarantine.c.redriven_ms.is_(None))
        found, count = reading(
            self._engine,
            lambda connection: (
                connection.execute(rows.limit(MAX_QUARANTINE_PAGE)).all(),
                connection.execute(waiting).scalar_one(),
            ),
        )
        return QuarantinePage(rows=tuple(Quarantined(**it._mapping) for it in found), waiting=count)

    def waiting(self) -> int:
        """How many records nobody has redriven yet, of all auctions."""
        return reading(self._engine, lambda connection: connection.execute(_WAITING).scalar_one())

    def show(self, request: ShowQuarantine) -> Quarantined:
        """The row whole.

        Raises:
            NotFound: there is none.
        """
        wanted = t.quarantine.c.quarantine_id == request.quarantine_id
        row = reading(
            self._engine,
            lambda connection: connection.execute(select(t.quarantine).where(wanted)).one_or_none(),
        )
        if row is None:
            raise NotFound("there is no such record in quarantine")
        return _whole(row)

    def release(self, quarantine_id: str, at_ms: int) -> None:
        """Say that a record was redriven; the first time counts."""
        released = (
            update(t.quarantine)
            .where(t.quarantine.c.quarantine_id == quarantine_id)
            .where(t.quarantine.c.redriven_ms.is_(None))
            .values(redriven_ms=at_ms)
        )
        writing(self._engine, lambda connection: connection.execute(released))


def add_to_quarantine(connection: Connection, records: Sequence[SetAside], now_ms: int) -> None:
    """Keep the records that are not there yet."""
    by_id = {it.quarantine_id: it for it in records}
    key = t.quarantine.c.quarantine_id
    known = set(connection.scalars(select(key).where(key.in_(sorted(by_id)))))
    new = [_row(by_id[it], now_ms) for it in sorted(by_id) if it not in known]
    insert_rows(connection, t.quarantine, new)


def _row(record: SetAside, now_ms: int) -> dict[str, Any]:
    auction_id = record.auction_id
    return {
        "quarantine_id": record.quarantine_id,
        "source": record.source,
        "origin": _plain(record.origin, _CHARS),
        "reason": _plain(record.reason, _CHARS),
        "auction_id": None if auction_id is None else _plain(auction_id, MAX_ID_CHARS),
        "seq": record.seq if record.seq is None or 0 <= record.seq < 2**63 else None,
        "payload": json.dumps(record.payload),
        "set_aside_ms": now_ms,
        "redriven_ms": None,
    }


def _plain(text: str, chars: int) -> str:
    return text.encode("ascii", "backslashreplace").decode().replace("\0", " ")[:chars]


def _whole(row: Row[*tuple[Any, ...]]) -> Quarantined:
    return Quarantined(**(dict(row._mapping) | {"payload": json.loads(row.payload)}))
