from __future__ import annotations

import pytest

from shared.events import LedgerEntry, LotPassed
from websocket_service.adapters.tables import LedgerRow
from websocket_service.adapters.writes import SYNTHETIC_KEPT_S, DynamoLedgerWriter

AT_MS = 1_700_000_000_000

pytestmark = pytest.mark.usefixtures("aws")


def written(auction_id: str) -> LedgerRow:
    DynamoLedgerWriter().append([LedgerEntry(auction_id, 1, LotPassed(at_ms=AT_MS, lot_id="L01"))])
    return LedgerRow.get(auction_id, 1)


def test_what_happens_in_an_auction_of_people_stays() -> None:
    assert written("auction-1").expires_at is None


def test_what_happens_in_a_synthetic_auction_goes_after_a_day() -> None:
    assert written("synthetic-1").expires_at == AT_MS // 1000 + SYNTHETIC_KEPT_S


def test_an_event_that_is_written_again_is_the_same_row() -> None:
    assert written("synthetic-1").expires_at == written("synthetic-1").expires_at
