from __future__ import annotations

import pytest

from tests.integration.websocket.room.house import House, make_seats_table


@pytest.fixture
def house(aws: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """An open auction; its room has two seats once it is public."""
    make_seats_table()
    return House(monkeypatch)
