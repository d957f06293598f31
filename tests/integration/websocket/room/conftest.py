from __future__ import annotations

import pytest

from chaos.aws import make_seats_table
from tests.integration.websocket.room.house import SEATS_TABLE, House


@pytest.fixture
def house(aws: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """An open auction; its room has two seats once it is public."""
    make_seats_table(SEATS_TABLE)
    return House(monkeypatch)
